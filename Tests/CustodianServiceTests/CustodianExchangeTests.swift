import CustodianService
import Exchange
import HTTPEdge
import OPRF
import Registry
import Testing
import Vocabulary

@Suite("A custodian")
struct CustodianExchangeTests {
    let fixture: Fixture
    let store = MemoryBudgetStore()

    init() throws { fixture = try Fixture(budget: 100) }

    func evaluate(_ request: EvaluationRequest, nonce: String = "a-nonce-0123456789", by exchange: CustodianExchange)
        async throws -> Evaluation
    {
        try await exchange.serving(fixture.requester(nonce)).evaluate(request)
    }

    @Test("what it evaluates is proven by its public share in the registry")
    func evaluates() async throws {
        let metrics = MetricsRegistry()
        let exchange = try fixture.exchange(store, metrics: metrics)
        let batch = try BlindedBatch(inputs: [[1], [2], [3]])
        let request = EvaluationRequest(
            epoch: KeyEpoch(1), keyClass: .phone, purpose: .application, elements: batch.elements.elements)
        let evaluation = try await evaluate(request, by: exchange)
        let registered = try #require(fixture.sample.chain.current.custodian(exchange.custodian))
        let publicShare = try #require(registered.publicShares[.phone])
        let proof = try Proof(bytes: evaluation.proof)
        let elements = try ElementBatch(evaluation.elements)
        #expect(proof.isValid(publicShare: publicShare, blinded: batch.elements, evaluated: elements))
        let otherClass = try #require(registered.publicShares[.card])
        #expect(!proof.isValid(publicShare: otherClass, blinded: batch.elements, evaluated: elements))
        #expect(store.total == 3)
        #expect(metrics.text.contains(#"counterfoil_tokens_evaluated_total{class="phone"} 3"#))
    }

    @Test("another epoch than the registry's is refused, and costs nothing")
    func wrongEpoch() async throws {
        let exchange = try fixture.exchange(store)
        for epoch in [0, 2, UInt32.max] {
            let request = try Fixture.request(1, epoch: KeyEpoch(epoch))
            #expect(await Fixture.code { try await evaluate(request, by: exchange) } == .wrongEpoch)
        }
        #expect(store.total == 0)
    }

    @Test("a replayed request is refused and evaluates nothing")
    func replayed() async throws {
        let exchange = try fixture.exchange(store)
        _ = try await evaluate(Fixture.request(1), nonce: "the-same-nonce-12", by: exchange)
        let request = try Fixture.request(2)
        #expect(
            await Fixture.code { try await evaluate(request, nonce: "the-same-nonce-12", by: exchange) }
                == .replayedNonce)
        #expect(store.total == 1)
    }

    @Test("what cannot be counted durably is not evaluated, and the budget is whole again afterwards")
    func failsClosed() async throws {
        let exchange = try fixture.exchange(store)
        let request = try Fixture.request(60)
        for code in [ErrorCode.storageFull, .storageBusy, .storageFailed] {
            store.failure = Problem(code, "The disk does not want to.")
            let refused = await Fixture.code {
                try await evaluate(request, nonce: "failing-nonce-123", by: exchange)
            }
            #expect(refused == code)
        }
        store.failure = nil
        _ = try await evaluate(request, nonce: "failing-nonce-123", by: exchange)
        #expect(store.total == 60)
    }

    @Test("requests that come at once share the budget to its last token")
    func concurrent() async throws {
        let exchange = try fixture.exchange(store)
        let request = try Fixture.request(3)
        let granted = await withTaskGroup(of: ErrorCode?.self) { group in
            for number in 0..<60 {
                group.addTask {
                    await Fixture.code {
                        try await evaluate(request, nonce: "nonce-number-\(1000 + number)", by: exchange)
                    }
                }
            }
            var granted = 0
            for await code in group {
                #expect(code == nil || code == .budgetExhausted)
                if code == nil { granted += 1 }
            }
            return granted
        }
        #expect(granted == 33)
        #expect(store.total == 99)
    }

    @Test("a new day brings a new budget")
    func nextDay() async throws {
        let exchange = try fixture.exchange(store)
        let request = try Fixture.request(100)
        _ = try await evaluate(request, nonce: "today-nonce-12345", by: exchange)
        #expect(
            await Fixture.code { try await evaluate(request, nonce: "today-nonce-67890", by: exchange) }
                == .budgetExhausted)
        fixture.clock.advance(seconds: 86_400)
        _ = try await evaluate(request, nonce: "tomorrow-nonce-12", by: exchange)
    }

    @Test("shares that are not the registry's are refused at the start")
    func otherShares() async throws {
        let other = try Fixture()
        let registry = RegistryFollower(other.sample.chain)
        #expect(await Fixture.code { try fixture.exchange(registry: registry) } == .verificationFailed)
    }

    @Test("once it served by a newer registry it does not start with the older file again")
    func olderRegistryAtStart() async throws {
        let folder = try TemporaryFolder()
        func start(_ registry: RegistryFollower) throws -> CustodianExchange {
            try fixture.exchange(
                try SQLiteBudgetStore(
                    path: folder.path + "/custodian.sqlite", consortium: "demo",
                    custodian: fixture.sample.shares[0].custodian), registry: registry)
        }
        let later = Fixture.start.adding(seconds: 60)
        let changed = try fixture.sample.changed(at: later) { (version: inout RegistryVersion) throws(Problem) in
            try version.suspend(fixture.sample.members[1].id, reason: "An audit.", until: nil)
        }
        do {
            let exchange = try start(RegistryFollower(fixture.sample.chain))
            try exchange.registry.adopt(changed.chain.envelopes, now: later)
            try await exchange.rememberRegistry()
        }
        #expect(await Fixture.code { try start(RegistryFollower(fixture.sample.chain)) } == .registryStale)
        _ = try start(RegistryFollower(changed.chain))
    }

    @Test("the registry it serves verifies from its first version on")
    func registry() async throws {
        let registry = RegistryFollower(fixture.sample.chain)
        let exchange = try fixture.exchange(registry: registry)
        let document = try await exchange.serving(fixture.requester()).registry()
        let fingerprint = fixture.sample.chain.fingerprint
        let chain = try RegistryChain(parsing: document, now: Fixture.start, fingerprint: fingerprint)
        #expect(chain.entries.count == 1)
        let changed = try fixture.sample.changed(at: Fixture.start.adding(seconds: 60)) {
            (version: inout RegistryVersion) throws(Problem) in
            try version.suspend(fixture.sample.members[1].id, reason: "An audit.", until: nil)
        }
        try registry.adopt(changed.chain.envelopes, now: Fixture.start.adding(seconds: 60))
        let newer = try RegistryChain(
            parsing: exchange.registryDocument(), now: Fixture.start.adding(seconds: 60))
        #expect(newer.entries.count == 2)
    }
}
