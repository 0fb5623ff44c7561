import ConsortiumSupport
import Exchange
import NodeService
import Records
import Registry
import Sodium
import Store
import Testing
import TransparencyLog
import Vocabulary

@Suite("Receipts of the node")
struct ReceiptTests {
    @Test("verify under the registry's log key, for the very envelope that was sent")
    func receiptsVerify() async throws {
        var stored = try StoredConsortium()
        for number in 0..<5 {
            let now = stored.consortium.now
            let request = stored.consortium.lenders.submission(
                of: [.loan("L\(number)", .applied, of: Person("p\(number)"), at: now)], by: number, at: now)
            let outcome = try await stored.consortium.submit(request, by: number)
            #expect(outcome.lines.map(\.status) == [.recorded] && outcome.receipts.count == 1)
            let receipt = try Receipt(parsing: outcome.receipts[0])
            let signed = request.envelope.signatures[0]
            try receipt.verify(
                by: stored.consortium.logKeys, against: request.envelope.hash, keyID: signed.keyID,
                signature: signed.signature)
            #expect(receipt.index == UInt64(number))
            let forger = NoteVerifierKey(
                name: try stored.consortium.logKeys[0].name, publicKey: SigningKey.generate().publicKey)
            #expect(throws: ReceiptFailure.self) { try receipt.verify(by: [forger]) }
        }
    }

    @Test("of a submission sent again are the stored ones, also after a restart")
    func resendsGetTheStoredReceipt() async throws {
        var stored = try StoredConsortium()
        let now = stored.consortium.now
        let request = stored.consortium.lenders.submission(
            of: [.loan("L1", .applied, of: Person("p"), at: now), .loan("L1", .signed, at: now)], by: 0, at: now)
        let first = try await stored.consortium.submit(request, by: 0)
        for round in 0..<2 {
            if round == 1 { try stored.restart() }
            let again = try await stored.consortium.submit(request, by: 0)
            #expect(try stored.consortium.verify(again) == stored.consortium.verify(first))
            #expect(again.lines.map(\.recordID) == first.lines.map(\.recordID))
        }
        #expect(try SQLiteReading(path: stored.path).leaves().count == 1)
    }

    @Test("are given for a known submission whatever became of key, epoch and rules since")
    func knownSubmissionsOutliveTheRules() async throws {
        var stored = try StoredConsortium()
        let now = stored.consortium.now
        let request = stored.consortium.lenders.submission(
            of: [.loan("L1", .applied, of: Person("p"), at: now)], by: 0, at: now)
        let first = try await stored.consortium.submit(request, by: 0)
        let later = SealedRequest(envelope: request.envelope, epoch: KeyEpoch(7), openings: request.openings)
        #expect(try await stored.consortium.verify(stored.consortium.submit(later, by: 0)) == [0])
        let erased = SealedRequest(envelope: request.envelope, epoch: KeyEpoch(1), openings: [])
        #expect(try await stored.consortium.verify(stored.consortium.submit(erased, by: 0)) == [0])

        let member = stored.consortium.lenders.member(0), fresh = SigningKey.generate()
        let sample = stored.consortium.lenders.sample
        stored.consortium.lenders.sample = try sample.changed(at: now) { version throws(Problem) in
            try version.rotateKey(
                of: member, to: MemberKey(publicKey: fresh.publicKey, validFrom: now), ending: .compromised, since: now)
        }
        try stored.consortium.registry.adopt(stored.consortium.lenders.sample.chain.envelopes, now: now)
        let again = try await stored.consortium.submit(request, by: 0)
        #expect(try stored.consortium.verify(again) == stored.consortium.verify(first))
        // The same key opens nothing new.
        let problem = await #expect(throws: Problem.self) {
            try await stored.consortium.furnish(.loan("L2", .applied, of: Person("q"), at: now), by: 0)
        }
        #expect(problem?.code == .unknownKey)
    }

    @Test("of a record known before are the first one's, beside the new one's")
    func knownRecordsKeepTheirReceipt() async throws {
        var stored = try StoredConsortium()
        let known = Statement.loan("L1", .applied, of: Person("p"), at: stored.consortium.now)
        try await stored.consortium.furnish(known, by: 0)
        try await stored.consortium.furnish(.loan("x", .applied, of: Person("q"), at: stored.consortium.now), by: 1)
        let mixed = try await stored.consortium.furnish(known, .loan("L1", .signed, at: stored.consortium.now), by: 0)
        #expect(mixed.lines.map(\.status) == [.known, .recorded])
        #expect(mixed.lines.map(\.receipt) == [0, 1])
        #expect(try stored.consortium.verify(mixed) == [0, 2])
    }

    @Test("are asked for later by the submission's id, by its member alone")
    func receiptsAreTheMembers() async throws {
        var stored = try StoredConsortium()
        try await stored.consortium.furnish(
            .loan("L1", .applied, of: Person("p"), at: stored.consortium.now), by: 0, name: "first")
        let id = RecordID(named: "first")
        #expect(try await stored.consortium.verify(stored.consortium.session(of: 0).receipt(of: id)) == [0])
        var problems: [Problem?] = []
        for (member, submission) in [(1, id), (0, RecordID(named: "never"))] {
            let session = stored.consortium.session(of: member)
            problems.append(await #expect(throws: Problem.self) { try await session.receipt(of: submission) })
        }
        #expect(problems[0]?.code == .notFound && problems[0] == problems[1])
    }

    @Test("are not given for other content under a used submission id")
    func submissionIdsAreNotReused() async throws {
        var stored = try StoredConsortium()
        let now = stored.consortium.now
        try await stored.consortium.furnish(.loan("L1", .applied, of: Person("p"), at: now), by: 0, name: "one")
        let problem = await #expect(throws: Problem.self) {
            try await stored.consortium.furnish(.loan("L2", .applied, of: Person("p"), at: now), by: 0, name: "one")
        }
        #expect(problem?.code == .recordConflict && problem?.path == "submission")
        // Another member's submission of the same id is its own.
        try await stored.consortium.furnish(.loan("L1", .applied, of: Person("p"), at: now), by: 1, name: "one")
    }

    @Test("hold across full tiles, restarts and checkpoints older than the leaves")
    func receiptsHoldAcrossTiles() async throws {
        var stored = try StoredConsortium()
        let now = stored.consortium.now
        var indexes: [Int: [UInt64]] = [:]
        for number in 0..<530 {
            // A soft check is a leaf that waits for no checkpoint: most leaves are stored under none for a while.
            if [0, 100, 255, 256, 400, 511, 512, 529].contains(number) {
                let outcome = try await stored.consortium.furnish(
                    .loan("L\(number)", .applied, of: Person("p", .phone), at: now), by: 0, name: "s\(number)")
                indexes[number] = try stored.consortium.verify(outcome)
            } else {
                try await stored.consortium.ask(about: Person("q", .phone), by: 1, mode: .soft)
            }
            if [200, 255, 256, 300, 512].contains(number) { try stored.restart() }
        }
        try stored.restart()
        for (number, index) in indexes.sorted(by: { $0.key < $1.key }) {
            #expect(index == [UInt64(number)])
            let session = stored.consortium.session(of: 0)
            let outcome = try await session.receipt(of: RecordID(named: "s\(number)"))
            #expect(try stored.consortium.verify(outcome) == index)
        }
        try await stored.consortium.running.publishCheckpoint()
        #expect(try await stored.consortium.checkpoint().root == stored.root())
    }
}
