import Sodium
import TestSupport
import Testing
import TransparencyLog
import Vocabulary

@Suite("Checkpoints")
struct CheckpointTests {
    static let log = SampleLog(leafCount: 300)
    static let signer = noteSigner(1)
    static let checkpoint = Checkpoint(origin: SampleLog.origin, size: 300, root: log.tree.root)

    @Test("the specification's example has three lines")
    func body() throws {
        let body = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
        let checkpoint = try Checkpoint(body: body)
        #expect(checkpoint.origin.text == "example.com/behind-the-sofa")
        #expect(checkpoint.size == 20_852_163)
        #expect(checkpoint.body == body)
    }

    @Test("a signed checkpoint is read back by the log's key, and through a witness's line")
    func signed() throws {
        let note = Self.checkpoint.signed(by: Self.signer)
        #expect(try Checkpoint(verifying: note.bytes, by: [Self.signer.verifierKey]) == Self.checkpoint)
        let cosignature = [UInt8](repeating: 1, count: 72)
        let witness = NoteSignature(keyName: try NoteKeyName("w"), keyHash: 1, signature: cosignature)
        #expect(try Checkpoint(verifying: note.adding(witness).bytes, by: [Self.signer.verifierKey]) == Self.checkpoint)
        let empty = Checkpoint(origin: SampleLog.origin, size: 0, root: MerkleHash.emptyRoot)
        #expect(try Checkpoint(body: empty.body) == empty)
    }

    @Test("a checkpoint outlives its key by the keys the log had")
    func rotatedKey() throws {
        let next = noteSigner(2)
        let note = Self.checkpoint.signed(by: Self.signer)
        #expect(throws: CheckpointFailure.note(.unknownSigners)) {
            try Checkpoint(verifying: note, by: [next.verifierKey])
        }
        #expect(try Checkpoint(verifying: note, by: [next.verifierKey, Self.signer.verifierKey]) == Self.checkpoint)
    }

    @Test("a key of another log is not good for this origin")
    func wrongOrigin() throws {
        let other = noteSigner(1, name: try NoteKeyName("other.example/log"))
        let note = try SignedNote(signing: Self.checkpoint.body, by: other)
        #expect(throws: CheckpointFailure.wrongOrigin) {
            try Checkpoint(verifying: note, by: [other.verifierKey, Self.signer.verifierKey])
        }
    }

    @Test(
        "any other body is refused",
        arguments: [
            "", "o\n", "o\n1\n", "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
            "\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
            "o\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
            "o\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
            "o\n+1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
            "o\n\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
            "o\n1 \nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
            "o\n18446744073709551616\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
            "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
            "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxqw==\n",
            "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nextension\n",
            "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n",
            "o\n0\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
            "a b\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        ])
    func refused(body: String) throws {
        #expect(throws: DecodingFailure.self) { try Checkpoint(body: body) }
        guard body.hasSuffix("\n") else { return }
        let note = try SignedNote(signing: body, by: Self.signer)
        #expect(throws: CheckpointFailure.malformed) { try Checkpoint(verifying: note, by: [Self.signer.verifierKey]) }
    }
}
