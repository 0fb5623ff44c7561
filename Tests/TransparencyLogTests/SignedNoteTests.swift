import Sodium
import TestSupport
import Testing
import TransparencyLog
import Vocabulary

@Suite("Signed notes")
struct SignedNoteTests {
    static let text = "A first line\n\nand, after a blank one, a last.\n"
    static let signer = noteSigner(1)

    @Test(
        "the specification's example verifies and is written as it was read",
        .enabled(if: Vectors.isPresent, "needs ../shared"))
    func example() throws {
        let folder = "vectors/c2sp-signed-note/signed-note-example"
        let bytes = try Vectors.bytes(folder + ".txt")
        let vkey = String(decoding: try Vectors.bytes(folder + ".vkey"), as: UTF8.self)
            .split(separator: "\n").first.map(String.init)
        let key = try NoteVerifierKey(vkey: try #require(vkey))
        let note = try SignedNote(parsing: bytes)
        #expect(try note.verify(by: [key]) == [key])
        #expect(note.text == "This is an example message.\n")
        #expect(note.bytes == bytes)
        #expect(key.vkey == vkey)
        #expect(key.keyHash == 0x530d_903a)
        #expect(throws: NoteFailure.unknownSigners) { try note.verify(by: [Self.signer.verifierKey]) }
    }

    @Test("a note signed by two keys verifies by either and returns both")
    func twoSigners() throws {
        let second = noteSigner(2, name: try NoteKeyName("second.example"))
        let signed = try SignedNote(signing: Self.text, by: Self.signer)
        let note = try SignedNote(parsing: signed.adding(second.sign(Self.text)).bytes)
        #expect(note.text == Self.text)
        #expect(try note.verify(by: [Self.signer.verifierKey]) == [Self.signer.verifierKey])
        #expect(try note.verify(by: [second.verifierKey, Self.signer.verifierKey]).count == 2)
    }

    @Test("lines of unknown keys, a witness's cosignature among them, are ignored and kept")
    func unknownLines() throws {
        let cosignature = NoteSignature(
            keyName: try NoteKeyName("witness.example.com/w1"), keyHash: 7, signature: [UInt8](repeating: 9, count: 72))
        let sameNameOtherHash = NoteSignature(
            keyName: SampleLog.origin, keyHash: Self.signer.verifierKey.keyHash ^ 1, signature: [1])
        let otherNameSameHash = NoteSignature(
            keyName: try NoteKeyName("x"), keyHash: Self.signer.verifierKey.keyHash, signature: [1])
        let note = try SignedNote(signing: Self.text, by: Self.signer)
            .adding(cosignature).adding(sameNameOtherHash).adding(otherNameSameHash)
        let read = try SignedNote(parsing: note.bytes)
        #expect(read == note)
        #expect(read.signatures.count == 4)
        #expect(try read.verify(by: [Self.signer.verifierKey]) == [Self.signer.verifierKey])
    }

    @Test("a wrong signature of a known key refuses the note, whatever the others are")
    func wrongSignature() throws {
        let second = noteSigner(2, name: try NoteKeyName("second.example"))
        let note = try SignedNote(signing: Self.text, by: Self.signer).adding(second.sign("Another text\n"))
        #expect(throws: NoteFailure.badSignature) {
            try note.verify(by: [Self.signer.verifierKey, second.verifierKey])
        }
        let short = NoteSignature(
            keyName: SampleLog.origin, keyHash: Self.signer.verifierKey.keyHash,
            signature: [UInt8](repeating: 0, count: 63))
        let shortened = try SignedNote(signing: Self.text, by: second).adding(short)
        #expect(throws: NoteFailure.badSignature) { try shortened.verify(by: [Self.signer.verifierKey]) }
        #expect(throws: NoteFailure.unknownSigners) { try note.verify(by: []) }
    }

    @Test(
        "what is no note is refused",
        arguments: [
            "", "\n", "\n\n", "text", "text\n", "text\n\n", "text\n\n\n", "text\n\n— a AAAAAAA=",
            "text\n— a AAAAAAA=\n",
            "text\n\n- a AAAAAAA=\n", "text\n\n—a AAAAAAA=\n", "text\n\n—  AAAAAAA=\n", "text\n\n— a\n",
            "text\n\n— a \n",
            "text\n\n— a AAAA\n", "text\n\n— a AAAAAA==\n", "text\n\n— a+b AAAAAAA=\n",
            "text\n\n— a AAAAAAA= \n",
            "text\n\n— a AAAAAAA\n", "text\n\n— a AAAAAAA=\nmore\n", "te\txt\n\n— a AAAAAAA=\n",
            "text\r\n\r\n— a AAAAAAA=\r\n",
            "text\n\n— a AAAAAAA=\n\n", "te\u{0}xt\n\n— a AAAAAAA=\n", "text\n\n— a\u{A0}b AAAAAAA=\n",
            "text\n\n— a AAAAAAB=\n",
        ])
    func malformed(text: String) {
        #expect(throws: NoteFailure.self) { try SignedNote(parsing: Array(text.utf8)) }
    }

    @Test("text that is not UTF-8, too long, or with too many signatures is refused")
    func limits() throws {
        let note = try SignedNote(signing: Self.text, by: Self.signer)
        #expect(throws: NoteFailure.malformedText) { try SignedNote(parsing: [0xFF, 10] + Array(note.bytes)) }
        let long = [UInt8](repeating: 97, count: SignedNote.maximumByteCount)
        #expect(throws: NoteFailure.tooLong(limit: 262_144)) { try SignedNote(parsing: long + Array(note.bytes)) }
        var many = note
        for number in 1..<UInt32(64) {
            many = many.adding(NoteSignature(keyName: SampleLog.origin, keyHash: number, signature: [1]))
        }
        #expect(try SignedNote(parsing: many.bytes).signatures.count == 64)
        many = many.adding(NoteSignature(keyName: SampleLog.origin, keyHash: 0, signature: [1]))
        #expect(throws: NoteFailure.tooManySignatures(limit: 64)) { try SignedNote(parsing: many.bytes) }
        #expect(throws: NoteFailure.malformedText) { try SignedNote(signing: "no newline", by: Self.signer) }
        #expect(throws: NoteFailure.malformedText) { try SignedNote(signing: "a\tb\n", by: Self.signer) }
        #expect(throws: NoteFailure.malformedText) { try SignedNote(signing: "", by: Self.signer) }
    }

    @Test("a note with any bit flipped is refused or says what it said", arguments: [31, 32])
    func flipped(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let bytes = try SignedNote(signing: Self.text, by: Self.signer).bytes
        for _ in 0..<2000 {
            var changed = bytes
            changed[Int.random(in: changed.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            #expect(throws: NoteFailure.self) {
                try SignedNote(parsing: changed).verify(by: [Self.signer.verifierKey])
            }
        }
    }
}

@Suite("Verifier keys")
struct NoteVerifierKeyTests {
    @Test("a verifier key survives its text")
    func text() throws {
        let key = noteSigner(1).verifierKey
        #expect(try NoteVerifierKey(vkey: key.vkey) == key)
    }

    @Test(
        "a verifier key in another form, with another hash or with a weak key is refused",
        arguments: [
            "", "+", "++", "example.com/foo", "example.com/foo+530d903a",
            "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            "example.com/bar+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            "example.com/foo+530d903a+BOkyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U0=",
            "example.com/foo+530d903a+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "example .com+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        ])
    func refused(vkey: String) {
        #expect(throws: DecodingFailure.self) { try NoteVerifierKey(vkey: vkey) }
    }

    @Test("names with spaces, plus signs or control characters, empty or long ones are refused")
    func names() {
        for name in ["", "a b", "a+b", "a\n", "a\u{7F}", "a\u{2003}b", String(repeating: "a", count: 256)] {
            #expect(throws: DecodingFailure.self) { try NoteKeyName(name) }
        }
    }

    @Test("two spellings that Unicode holds equivalent are two names")
    func spellings() throws {
        #expect(try NoteKeyName("caf\u{E9}") != NoteKeyName("cafe\u{301}"))
    }
}
