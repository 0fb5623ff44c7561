import CustodianService
import Exchange
import Foundation
import HTTPEdge
import OPRF
import Registry
import Sodium
import Vocabulary

/// The sample's first custodian in process, with a database that goes when the value does.
final class SampleCustodian: Sendable {
    let exchange: CustodianExchange
    private let file: URL

    init(of sample: SampleConsortium) throws {
        let shares = sample.shares[0]
        file = FileManager.default.temporaryDirectory.appending(path: "budgets-\(UUID().uuidString).db")
        exchange = try CustodianExchange(
            shares: shares, registry: RegistryFollower(sample.chain),
            store: SQLiteBudgetStore(
                path: file.path, consortium: sample.chain.current.consortium, custodian: shares.custodian),
            metrics: MetricsRegistry(), now: { SampleExchange.now })
    }

    deinit {
        for suffix in ["", "-wal", "-shm", ".lock"] {
            try? FileManager.default.removeItem(atPath: file.path + suffix)
        }
    }

    static func request() throws -> EvaluationRequest {
        let batch = try BlindedBatch(inputs: [Array("one".utf8), Array("two".utf8)])
        return EvaluationRequest(
            epoch: KeyEpoch(1), keyClass: .phone, purpose: .application, elements: batch.elements.elements)
    }

    func evaluate(_ request: EvaluationRequest, for member: (id: MemberID, key: SigningKey)) async throws -> Evaluation
    {
        let requester = Requester(
            member: member.id, keyID: member.key.keyID, nonce: "0123456789abcdef",
            expires: SampleExchange.now.adding(seconds: 60))
        return try await exchange.serving(requester).evaluate(request)
    }
}
