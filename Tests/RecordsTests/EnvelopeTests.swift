import Records
import Sodium
import TestSupport
import Testing
import Vocabulary

@Suite("Envelopes")
struct EnvelopeTests {
    // A seed of 32 bytes is always a key.
    let key = try! SigningKey(seed: SecretBytes(count: 32) { $0.copyBytes(from: [UInt8](1...32)) })

    @Test(
        "the pre-authentication encoding is DSSE's own example",
        .enabled(if: Vectors.isPresent, Comment(rawValue: Vectors.note)))
    func officialPAE() throws {
        let vector = try Vectors.json("vectors/dsse-pae.json")
        let envelope = Envelope(
            payloadType: PayloadType(try vector["payloadType"].text()),
            payload: Array(try vector["payload"].text().utf8), signatures: [])
        #expect(String(decoding: envelope.pae, as: UTF8.self) == (try vector["pae"].text()))
    }

    @Test("a signed envelope survives its JSON and verifies")
    func roundTrip() throws {
        let envelope = Envelope.sign(payloadType: .submission, payload: Array("{}".utf8), key: key)
        let read = try Envelope(parsing: envelope.json.bytes)
        #expect(read == envelope)
        let verified = try read.verify(by: key.publicKey, expecting: .submission)
        #expect(verified.bytes == Array("{}".utf8))
        #expect(verified.hash == SHA256.hash(envelope.pae))
        #expect(verified.keyID == key.keyID)
        #expect(read.isSigned(by: key.publicKey))
    }

    @Test("a changed payload, type or signature does not verify")
    func tampering() throws {
        let envelope = Envelope.sign(payloadType: .submission, payload: Array("{}".utf8), key: key)
        let otherPayload = Envelope(
            payloadType: .submission, payload: Array("{ }".utf8), signatures: envelope.signatures)
        let otherType = Envelope(payloadType: .check, payload: envelope.payload, signatures: envelope.signatures)
        #expect(throws: EnvelopeFailure.badSignature) {
            try otherPayload.verify(by: key.publicKey, expecting: .submission)
        }
        #expect(throws: EnvelopeFailure.badSignature) { try otherType.verify(by: key.publicKey, expecting: .check) }
        #expect(throws: EnvelopeFailure.wrongType) { try otherType.verify(by: key.publicKey, expecting: .submission) }
        #expect(throws: EnvelopeFailure.notSignedByKey) {
            try envelope.verify(by: SigningKey.generate().publicKey, expecting: .submission)
        }
        #expect(!otherPayload.isSigned(by: key.publicKey))
    }

    @Test("several keys sign one document")
    func severalSignatures() throws {
        let second = SigningKey.generate()
        let envelope = Envelope.sign(payloadType: .registry, payload: [1, 2], key: key)
        let both = envelope.adding(second.sign(envelope.pae), by: second.keyID)
        #expect(both.isSigned(by: key.publicKey))
        #expect(both.isSigned(by: second.publicKey))
        #expect(both.hash == envelope.hash)
    }

    @Test(
        "an envelope that is not exactly the format is refused, by field",
        arguments: [
            (["payload"], nil, "payload"), (["payload"], "!", "payload"), (["payload"], "YQ", "payload"),
            (["payloadType"], nil, "payloadType"), (["payloadType"], .integer(1), "payloadType"),
            (["payloadType"], .string(String(repeating: "a", count: 129)), "payloadType"),
            (["signatures"], nil, "signatures"), (["signatures"], [], "signatures"),
            (["signatures", "0", "keyid"], "00", "signatures[0].keyid"),
            (["signatures", "0", "sig"], "AAAA", "signatures[0].sig"),
            (["signatures", "0", "cert"], "x", "signatures[0].cert"), (["extra"], true, "extra"),
        ] as [([String], JSON?, String)])
    func malformed(path: [String], value: JSON?, field: String) throws {
        let json = Envelope.sign(payloadType: .check, payload: [1], key: key).json.replacing(path, with: value)
        let failure = #expect(throws: FieldFailure.self) { try Envelope(json) }
        #expect(failure?.path == field)
    }

    @Test("too many signatures, or two by one key, are refused")
    func signatureLimits() throws {
        let envelope = Envelope.sign(payloadType: .check, payload: [1], key: key)
        let twice = envelope.adding(envelope.signatures[0].signature, by: key.keyID)
        #expect(throws: FieldFailure.self) { try Envelope(twice.json) }
        let nine = (0..<9).reduce(Envelope(payloadType: .check, payload: [1], signatures: [])) { envelope, _ in
            let key = SigningKey.generate()
            return envelope.adding(key.sign(envelope.pae), by: key.keyID)
        }
        let failure = #expect(throws: FieldFailure.self) { try Envelope(nine.json) }
        #expect(failure?.rule == .tooMany(limit: 8))
    }

    @Test("what is not JSON says so")
    func notJSON() throws {
        #expect(throws: PayloadFailure.notJSON(JSONFailure(parsing: "{"))) { try Envelope(parsing: Array("{".utf8)) }
    }
}

extension JSONFailure {
    /// The failure that the parser gives for a text.
    init(parsing text: String) {
        do throws(JSONFailure) {
            _ = try JSON(parsing: text)
            preconditionFailure("The text is JSON.")
        } catch { self = error }
    }
}
