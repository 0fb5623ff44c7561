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

    /// One reservation that the node said is held.
    struct Reserved: Sendable {
        let planned: ReservationTraffic.Planned
        /// The size of the log that its answer was made from: the order of two answers.
        let knownSize: Int64
        /// `nil` where the policy tells nobody.
        let isToldOfOthers: Bool?
    }

    fileprivate struct State {
        var furnished: [Int: Furnished] = [:]
        var reserved: [Int: Reserved] = [:]
        var roots: [UInt64: Hash] = [:]
        var violations: [String] = []
        var answers = 0
        var receipts = 0
    }

    fileprivate let state = Mutex(State())

    var furnished: [Furnished] { state.withLock { $0.furnished.values.sorted { $0.number < $1.number } } }
    var roots: [UInt64: Hash] { state.withLock { $0.roots } }
    var reservations: [Reserved] { state.withLock { Array($0.reserved.values) } }
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

    /// Of the two that reserved a person, whoever came later was told of the other.
    func reserved(_ reserved: Reserved) {
        state.withLock { state in
            state.reserved[reserved.planned.number] = reserved
            guard let other = state.reserved[reserved.planned.number ^ 1] else { return }
            let later = other.knownSize > reserved.knownSize ? other : reserved
            if other.knownSize == reserved.knownSize || later.isToldOfOthers == false {
                state.violations.append("Two members reserved a person and neither was told of the other.")
            }
        }
    }

    func answered() { state.withLock { $0.answers += 1 } }
}

extension Testimony {
    func furnished(_ number: Int) -> Furnished? { state.withLock { $0.furnished[number] } }
}
