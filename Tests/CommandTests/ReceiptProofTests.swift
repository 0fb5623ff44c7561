import Records
import Registry
import Sodium
import Testing
import TransparencyLog
import Vocabulary

@testable import counterfoil

@Suite("A receipt verified offline, with the registry alone")
struct ReceiptProofTests {
    let sample: SampleConsortium
    let envelope: Envelope
    let receipt: Receipt

    init() throws {
        sample = try Fixture.sample()
        let member = sample.members[1]
        let submission = Submission(
            consortium: "demo", member: member.id, submission: RecordID(high: 1, low: 2), madeAt: Fixture.now,
            records: [
                Record(
                    recordID: RecordID(high: 3, low: 4), eventTime: Fixture.now, subjects: [],
                    body: .retraction(Retraction(retracts: RecordID(high: 5, low: 6), reason: .error)))
            ])
        envelope = Envelope.sign(payloadType: .submission, payload: submission.json.bytes, key: member.key)
        receipt = try Self.receipt(for: envelope, of: sample, signedBy: sample.logKey)
    }

    /// A log of two entries with the envelope's as the second.
    static func receipt(
        for envelope: Envelope, of sample: SampleConsortium, signedBy logKey: SigningKey
    ) throws -> Receipt {
        let signed = try #require(envelope.signatures.first)
        let opening = LeafOpening(
            random: SHA256.hash([1]).value, envelopeHash: envelope.hash, keyID: signed.keyID,
            signature: signed.signature)
        let other = MerkleHash.leaf(SHA256.hash([2]))
        var tree = MerkleTree()
        _ = tree.append([other, opening.leafHash])
        let origin = try NoteKeyName(sample.chain.current.log.origin)
        let checkpoint = Checkpoint(origin: origin, size: 2, root: tree.root)
        return Receipt(
            opening: opening, index: 1, path: [other],
            checkpoint: checkpoint.signed(by: NoteSigner(name: origin, key: logKey)))
    }

    func proof(of receipt: Receipt, envelope: Envelope?) throws(Problem) -> ReceiptProof {
        try ReceiptProof(receipt: Array(receipt.text.utf8), envelope: envelope, chain: sample.chain)
    }

    @Test("it names the log, the entry, the member and the records")
    func proved() throws {
        let proof = try proof(of: receipt, envelope: envelope)
        #expect(proof.member == sample.members[1].id && proof.receipt.index == 1 && proof.checkpoint.size == 2)
        #expect(proof.document?.records == [RecordID(high: 3, low: 4)])
        #expect(proof.json["verified"] == true)
        #expect(proof.text.contains("east-finance's key \(sample.members[1].key.keyID)"))
    }

    @Test("without its envelope it says what was not checked")
    func withoutEnvelope() throws {
        let proof = try proof(of: receipt, envelope: nil)
        #expect(proof.document == nil && proof.text.contains("Not checked"))
    }

    @Test("another log's checkpoint, a moved entry, a changed file and another envelope prove nothing")
    func refused() throws {
        let otherLog = try Self.receipt(for: envelope, of: sample, signedBy: .generate())
        let moved = Receipt(opening: receipt.opening, index: 0, path: receipt.path, checkpoint: receipt.checkpoint)
        for wrong in [otherLog, moved] {
            let problem = try #require(throws: Problem.self) { try proof(of: wrong, envelope: nil) }
            #expect(problem.code == .verificationFailed)
            #expect(ExitStatus(problem.code) == .notVerified)
        }
        let other = Envelope.sign(payloadType: .submission, payload: [123, 125], key: sample.members[1].key)
        #expect(throws: Problem.self) { try proof(of: receipt, envelope: other) }
        let text = Array(receipt.text.utf8.dropLast(8))
        #expect(throws: Problem.self) { try ReceiptProof(receipt: text, envelope: nil, chain: sample.chain) }
        #expect(throws: Problem.self) { try ReceiptProof(receipt: [], envelope: nil, chain: sample.chain) }
    }

    @Test("an envelope of a key that no version lists is not taken as a member's")
    func unknownKey() throws {
        let stranger = Envelope.sign(payloadType: .submission, payload: [123, 125], key: .generate())
        let receipt = try Self.receipt(for: stranger, of: sample, signedBy: sample.logKey)
        #expect(throws: Problem.self) { try proof(of: receipt, envelope: stranger) }
        #expect(try proof(of: receipt, envelope: nil).member == nil)
    }

    @Test("a member that is gone has still signed what it signed")
    func revokedMember() throws {
        let later = try sample.changed(at: Fixture.now.adding(seconds: 60)) { version throws(Problem) in
            try version.revoke(sample.members[1].id)
        }
        let proof = try ReceiptProof(receipt: Array(receipt.text.utf8), envelope: envelope, chain: later.chain)
        #expect(proof.member == sample.members[1].id)
    }
}
