import Exchange
import Records
import Registry
import Sodium
import Testing
import Vocabulary

/// What is refused of batches, reservations, acknowledgements and watches before anything is looked up.
@Suite("Batches and standing requests at the gate")
struct BatchIntakeTests {
    typealias Kind = RequestBench.Kind

    struct Refusal: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let code: ErrorCode
        var path: String?
        var kinds = Kind.allCases
        let bend: @Sendable (inout RequestBench.Bend, RequestBench) throws -> Void
    }

    private static let tokens: [Kind] = [.batch, .reservation]
    private static let tokenless: [Kind] = [.confirmation, .acknowledgement, .watch]

    static let refusals: [Refusal] = [
        Refusal(testDescription: "under another member's key", code: .badSignature) { bend, bench in
            bend.key = bench.sample.members[1].key
        },
        Refusal(testDescription: "under a key that nobody has", code: .unknownKey) { bend, _ in
            bend.key = .generate()
        },
        Refusal(testDescription: "for another consortium", code: .wrongConsortium, path: "consortium") { bend, _ in
            bend.consortium = "elsewhere"
        },
        Refusal(testDescription: "in another member's name", code: .badSignature, path: "member") { bend, bench in
            bend.member = bench.sample.members[1].id
        },
        Refusal(
            testDescription: "as another kind of document", code: .unsupportedMediaType, path: "envelope.payloadType"
        ) { bend, _ in bend.payloadType = .check },
        Refusal(testDescription: "made in the future", code: .eventTimeInFuture, path: "madeAt") { bend, bench in
            bend.madeAt = bench.now.adding(seconds: 301)
        },
        Refusal(testDescription: "of another epoch", code: .wrongEpoch, path: "epoch", kinds: tokens) { bend, _ in
            bend.epoch = KeyEpoch(2)
        },
        Refusal(testDescription: "with an opening too few", code: .wrongCommitment, path: "openings", kinds: tokens) {
            bend, _ in bend.openings = { _ = $0.removeLast() }
        },
        Refusal(testDescription: "with openings swapped", code: .wrongCommitment, path: "openings", kinds: tokens) {
            bend, _ in bend.openings = { $0.swapAt(0, 1) }
        },
        Refusal(testDescription: "with an opening too many", code: .wrongCommitment, path: "openings") { bend, _ in
            bend.openings = { $0.append(Opening(salt: Bytes32(), token: Bytes32())) }
        },
        Refusal(testDescription: "with the identity for a token", code: .invalidElement, kinds: tokens) { bend, _ in
            bend.token = Bytes32()
        },
        Refusal(testDescription: "with a token that is no element", code: .invalidElement, kinds: tokens) { bend, _ in
            bend.token = Bytes32 { $0[0] = 1 }
        },
        Refusal(
            testDescription: "about a perpetrator", code: .notAdmissible, path: "checks[0].subject.role",
            kinds: [.batch]
        ) { bend, _ in bend.role = .perpetrator },
        Refusal(
            testDescription: "for a product that nobody listed", code: .notAdmissible, path: "checks[1].product",
            kinds: [.batch]
        ) { bend, _ in bend.product = try ListedName("no-such-product") },
        Refusal(
            testDescription: "hard, for a pre-screening", code: .notAdmissible, path: "mode", kinds: [.batch]
        ) { bend, _ in bend.purpose = .preScreen },
        Refusal(
            testDescription: "about a perpetrator", code: .notAdmissible, path: "subject.role", kinds: [.reservation]
        ) { bend, _ in bend.role = .perpetrator },
        Refusal(
            testDescription: "for a product that nobody listed", code: .notAdmissible, path: "product",
            kinds: [.reservation]
        ) { bend, _ in bend.product = try ListedName("no-such-product") },
        Refusal(
            testDescription: "for longer than the policy allows", code: .notAdmissible, path: "seconds",
            kinds: [.reservation]
        ) { bend, bench in bend.seconds = Int64(bench.sample.chain.current.policy.reservation.maximumSeconds) + 1 },
    ]

    @Test("an honest request of every kind is taken", arguments: Kind.allCases)
    func honest(kind: Kind) throws {
        try RequestBench().take(kind)
    }

    @Test("a request is refused, whichever kind it is", arguments: refusals)
    func refused(_ refusal: Refusal) throws {
        let bench = try RequestBench()
        var bend = RequestBench.Bend()
        try refusal.bend(&bend, bench)
        for kind in refusal.kinds {
            let problem = #expect(throws: Problem.self, "\(kind)") { try bench.take(kind, bend) }
            #expect(problem?.code == refusal.code && problem?.path == refusal.path, "\(kind): \(problem as Any)")
        }
    }

    @Test("what names no token outlives the epoch", arguments: tokenless)
    func otherEpoch(kind: Kind) throws {
        try RequestBench().take(kind, RequestBench.Bend { $0.epoch = KeyEpoch(9) })
    }

    @Test("a batch changed after it was signed is refused")
    func changedBatch() throws {
        let bench = try RequestBench()
        let request = try bench.request(.batch)
        var payload = request.envelope.payload
        payload[payload.count / 2] ^= 1
        let envelope = Envelope(
            payloadType: request.envelope.payloadType, payload: payload, signatures: request.envelope.signatures)
        let problem = #expect(throws: Problem.self) {
            try bench.batch(SealedRequest(envelope: envelope, epoch: request.epoch, openings: request.openings))
        }
        #expect(problem?.code == .badSignature)
    }

    @Test("a batch's checks each carry what is theirs, and the batch's envelope")
    func batchElements() throws {
        let bench = try RequestBench()
        let request = try bench.request(.batch)
        let batch = try bench.batch(request)
        #expect(batch.checks.count == 3 && batch.key == .batch(RequestBench.id(9), of: bench.member))
        #expect(batch.batchHash == request.envelope.hash && batch.profile == "standard" && batch.mode == .hard)
        #expect(batch.checks.flatMap(\.openings) == request.openings && batch.openings == request.openings)
        for (position, check) in batch.checks.enumerated() {
            #expect(check.path == "checks[\(position)]" && check.checkHash == nil)
            #expect(check.key == .record(RequestBench.id(UInt64(position) + 1), of: bench.member))
            #expect(check.payload.hash == request.envelope.hash && check.member == bench.member)
            for (identifier, opening) in zip(check.check.subject.identifiers, check.openings) {
                #expect(identifier.token == opening.token)
            }
            for (commitment, index) in zip(check.commitments, check.openings.indices) {
                let kind = check.check.subject.identifiers[index].kind
                #expect(commitment == .of(kind, check.openings[index]))
            }
        }
    }

    @Test("an element of a batch is indexed as the same check alone is")
    func sameIndexes() throws {
        let bench = try RequestBench()
        let element = try bench.batch(bench.request(.batch)).checks[1]
        let committed = try CheckBatch<CommittedIdentifier>(parsing: element.payload.bytes).checks[1]
        let envelope = Envelope.sign(
            payloadType: .check, payload: committed.json.bytes, key: bench.sample.members[0].key)
        let single = try bench.intake.check(
            SealedRequest(envelope: envelope, epoch: bench.sample.chain.current.tokenEpoch, openings: element.openings),
            from: bench.requester, under: bench.sample.chain, now: bench.now)
        #expect(single.check == element.check && single.key == element.key)
        #expect(single.checkHash == envelope.hash && single.path == "")
    }

    @Test("a watch names its loans by the keys that the member's loan events have")
    func watchKeys() throws {
        let bench = try RequestBench()
        let watch = try bench.intake.watch(
            bench.request(.watch), from: bench.requester, under: bench.sample.chain, now: bench.now)
        #expect(watch.begun.map(\.loan) == [.loan(try OpaqueReference("A-1"), of: bench.member)])
        #expect(watch.begun.map(\.key) == [.watch(RequestBench.id(6), of: bench.member)])
        #expect(watch.ended == [.watch(RequestBench.id(7), of: bench.member)])
    }

    @Test("the same id never names two things: keys of every kind differ")
    func keysDiffer() throws {
        let (id, member) = (RequestBench.id(1), try RequestBench().member)
        let keys: [LookupKey] = [
            .record(id, of: member), .submission(id, of: member), .batch(id, of: member), .reservation(id, of: member),
            .acknowledgement(id, of: member), .watchRequest(id, of: member), .watch(id, of: member),
        ]
        #expect(Set(keys).count == keys.count)
    }
}
