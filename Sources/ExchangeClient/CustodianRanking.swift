internal import Synchronization
internal import Vocabulary

/// Which custodians to ask first: those that answer, the fastest before the others.
///
/// A custodian not yet tried counts as fast, so that each gets its turn. One that failed goes behind the others for a
/// while, and is still asked when they do not suffice.
final class CustodianRanking: Sendable {
    private static let penaltySeconds: Int64 = 30

    private struct Standing {
        /// A moving average, new measurements weighing a quarter.
        var milliseconds: Int64 = 0
        var avoidedUntil = Instant(milliseconds: .min)
    }

    private let standings = Mutex<[CustodianID: Standing]>([:])

    func ordered(_ custodians: [CustodianID], now: Instant) -> [CustodianID] {
        let standings = standings.withLock { $0 }
        func rank(_ id: CustodianID) -> (avoided: Int, milliseconds: Int64) {
            guard let standing = standings[id] else { return (0, 0) }
            return (standing.avoidedUntil > now ? 1 : 0, standing.milliseconds)
        }
        // Stable: equals stay in the registry's order.
        return custodians.enumerated()
            .sorted { left, right in
                let (a, b) = (rank(left.element), rank(right.element))
                return (a.avoided, a.milliseconds, left.offset) < (b.avoided, b.milliseconds, right.offset)
            }
            .map(\.element)
    }

    func succeeded(_ id: CustodianID, milliseconds: Int64) {
        standings.withLock { standings in
            var standing = standings[id] ?? Standing(milliseconds: milliseconds)
            standing.milliseconds = (standing.milliseconds * 3 + max(0, milliseconds)) / 4
            standing.avoidedUntil = Instant(milliseconds: .min)
            standings[id] = standing
        }
    }

    func failed(_ id: CustodianID, now: Instant) {
        standings.withLock { $0[id, default: Standing()].avoidedUntil = now.adding(seconds: Self.penaltySeconds) }
    }
}
