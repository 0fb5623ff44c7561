import Exchange
import ExchangeFakes
import Registry
import Vocabulary

@testable import Gateway

/// A custodian that answers for one class of keys only once something else has happened.
struct GatedCustodian: Custodian {
    let custodian: FakeCustodian
    let keyClass: KeyClass
    let hasHappened: @Sendable () async -> Bool

    /// Turns to wait at most, so that a test that fails also ends.
    private static let patience = 2_000_000

    var id: CustodianID { custodian.id }

    func registry() async throws(Problem) -> [UInt8] { try await custodian.registry() }

    func evaluate(_ request: EvaluationRequest) async throws(Problem) -> Evaluation {
        if request.keyClass == keyClass {
            var turns = 0
            while await !hasHappened() {
                turns += 1
                guard turns < Self.patience else { throw Problem(.custodianUnavailable, "It never happened.") }
                await Task.yield()
            }
        }
        return try await custodian.evaluate(request)
    }
}
