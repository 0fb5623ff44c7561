import Records
import Sodium
import Testing
import TransparencyLog
import Vocabulary

@Suite("Published openings and receipts")
struct ReceiptVectorTests {
    private static let openings = VectorFile(name: "leaf-openings.json") { try ReceiptVectors().openingFile }
    private static let receipts = VectorFile(name: "receipts.json") { try ReceiptVectors().receiptFile() }

    @Test("the files are what their seed makes")
    func reproducible() throws {
        for file in [Self.openings, Self.receipts] {
            let texts = try file.texts()
            #expect(texts.published == texts.made, "\(file.name), seed \(ReceiptVectors.seed)")
        }
    }

    @Test("every opening reads, and hashes to its entry and leaf")
    func openings() throws {
        let file = try Self.openings.published()
        let envelope = try Envelope(#require(file["envelope"]), path: "envelope")
        let key = try PublicKey(base64: file.text("publicKey"))
        _ = try envelope.verify(by: key, expecting: .submission)
        for vector in try file.list("cases") {
            let opening = try LeafOpening(Base64.decode(vector.text("opening")))
            #expect(opening.random.hex == (try vector.text("random")))
            #expect(opening.envelopeHash == envelope.hash)
            #expect(opening.keyID == key.keyID)
            #expect(opening.signature == envelope.signatures[0].signature)
            #expect(opening.entry.description == (try vector.text("entry")))
            #expect(opening.leafHash.description == (try vector.text("leafHash")))
        }
    }

    private func verify(_ text: String, in file: JSON) throws {
        let envelope = try Envelope(#require(file["envelope"]), path: "envelope")
        let signed = envelope.signatures[0]
        let logKey = try NoteVerifierKey(vkey: file.text("vkey"))
        try Receipt(parsing: text).verify(
            by: [logKey], against: envelope.hash, keyID: signed.keyID, signature: signed.signature)
    }

    @Test("receipts that hold are taken, and come out as they went in")
    func holding() throws {
        let file = try Self.receipts.published()
        let vectors = try file.list("holding")
        #expect(vectors.count > 5)
        for vector in vectors {
            try verify(try vector.text("receipt"), in: file)
            let receipt = try Receipt(parsing: vector.text("receipt"))
            #expect(receipt.text == (try vector.text("receipt")))
            #expect(Int(receipt.index) == (try vector.number("index")))
        }
    }

    @Test("receipts that do not hold are refused for the reason given")
    func refused() throws {
        let file = try Self.receipts.published()
        for vector in try file.list("refused") {
            let failure = #expect(throws: ReceiptFailure.self) { try verify(vector.text("receipt"), in: file) }
            let reason =
                switch failure {
                case .checkpoint: "checkpoint"
                case .proof: "proof"
                case .otherEnvelope: "otherEnvelope"
                case .malformed, nil: "malformed"
                }
            let about = try vector.text("about")
            #expect(reason == (try vector.text("reason")), "\(about)")
        }
    }
}
