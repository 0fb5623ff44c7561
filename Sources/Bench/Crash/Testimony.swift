internal import Exchange
internal import ExchangeClient
internal import Records
internal import Synchronization
internal import TransparencyLog
internal import Vocabulary

/// Everything that a node, over all its lives, was sent and has said: what it is held to after every restart.
final class Testimony: Sendable {
    /// One submission. Until it is acknowledged it may be stored or not, but never in part.
    struct Furnished: Sendable {
        let number: Int
        let id: RecordID
        let records: [Record<PlannedIdentifier>]
        let request: SealedRequest
        /// Where the receipt says that it stands.
        var logIndex: UInt64?
        var opening: LeafOpening?
    }

    fileprivate struct State {
        var furnished: [Int: Furnished] = [:]
        var roots: [UInt64: Hash] = [:]
        var violations: [String] = []
        var answers = 0
        var receipts = 0
    }

    fileprivate let state = Mutex(State())

    var furnished: [Furnished] { state.withLock { $0.furnished.values.sorted { $0.number < $1.number } } }
    var roots: [UInt64: Hash] { state.withLock { $0.roots } }
    var violations: [String] { state.withLock { $0.violations } }
    var answers: Int { state.withLock { $0.answers } }
    var receipts: Int { state.withLock { $0.receipts } }

    func sent(_ submission: Furnished) { state.withLock { $0.furnished[submission.number] = submission } }

    func violated(_ sentence: String) { state.withLock { $0.violations.append(sentence) } }

    /// The node says that a submission stands at an index. It may not say another index later.
    func acknowledged(_ number: Int, at logIndex: UInt64, _ opening: LeafOpening) {
        state.withLock { state in
            state.receipts += 1
            if let known = state.furnished[number]?.logIndex, known != logIndex {
                state.violations.append("Submission \(number) was at index \(known) and is now at \(logIndex).")
            }
            state.furnished[number]?.logIndex = logIndex
            state.furnished[number]?.opening = opening
        }
    }

    /// A signed checkpoint, or the one that a signed answer names. There is one root a size, for ever.
    func saw(size: UInt64, root: Hash) {
        state.withLock { state in
            if let known = state.roots[size], known != root {
                state.violations.append("Two signed checkpoints of size \(size) have different roots.")
            }
            state.roots[size] = root
        }
    }

    func answered() { state.withLock { $0.answers += 1 } }
}

extension Testimony {
    func furnished(_ number: Int) -> Furnished? { state.withLock { $0.furnished[number] } }
}
