import Sodium
import TestSupport
import Testing
import TransparencyLog
import Vocabulary

@Suite("Receipts")
struct ReceiptTests {
    static let signer = noteSigner(1)
    static let keys = [signer.verifierKey]
    static let member = signingKey(3)
    static let envelopeHash = SHA256.hash(Array("an envelope".utf8))

    static let opening = LeafOpening(
        random: SHA256.hash([1]).value, envelopeHash: envelopeHash, keyID: member.keyID,
        signature: member.sign(envelopeHash.bytes))

    /// A log of 1,000 leaves with the opening's at the index 700.
    static let log: SampleLog = {
        var log = SampleLog(leafCount: 700)
        log.append([opening.leafHash])
        log.grow(to: 1000)
        return log
    }()

    static let receipt: Receipt = {
        var prover = TreeProver(size: 1000, reading: log.read)
        let checkpoint = Checkpoint(origin: SampleLog.origin, size: 1000, root: log.tree.root)
        return Receipt(
            opening: opening, index: 700, path: try! prover.inclusionProof(of: 700),
            checkpoint: checkpoint.signed(by: signer))
    }()

    @Test("a receipt survives its text and shows that the envelope was logged")
    func verified() throws {
        let read = try Receipt(parsing: Self.receipt.text)
        #expect(read == Self.receipt)
        #expect(read.text.hasPrefix("c2sp.org/tlog-proof@v1\nextra "))
        let checkpoint = try read.verify(
            by: Self.keys, against: Self.envelopeHash, keyID: Self.member.keyID, signature: Self.opening.signature)
        #expect(checkpoint.size == 1000)
        #expect(checkpoint.root == Self.log.tree.root)
    }

    @Test("the receipt of the first leaf of a log, with an empty path, is one too")
    func alone() throws {
        var tree = MerkleTree()
        _ = tree.append([Self.opening.leafHash])
        let checkpoint = Checkpoint(origin: SampleLog.origin, size: 1, root: tree.root)
        let receipt = Receipt(opening: Self.opening, index: 0, path: [], checkpoint: checkpoint.signed(by: Self.signer))
        #expect(try Receipt(parsing: receipt.text).verify(by: Self.keys) == checkpoint)
    }

    @Test("a receipt is not for another envelope, signer or signature")
    func otherEnvelope() {
        let signature = Self.opening.signature
        let other = signingKey(4)
        #expect(throws: ReceiptFailure.otherEnvelope) {
            try Self.receipt.verify(
                by: Self.keys, against: SHA256.hash([9]), keyID: Self.member.keyID, signature: signature)
        }
        #expect(throws: ReceiptFailure.otherEnvelope) {
            try Self.receipt.verify(
                by: Self.keys, against: Self.envelopeHash, keyID: other.keyID, signature: signature)
        }
        #expect(throws: ReceiptFailure.otherEnvelope) {
            try Self.receipt.verify(
                by: Self.keys, against: Self.envelopeHash, keyID: Self.member.keyID, signature: other.sign([1]))
        }
    }

    @Test("a receipt with another opening, index, path or checkpoint proves nothing")
    func tampered() throws {
        let (opening, receipt) = (Self.opening, Self.receipt)
        let blinded = LeafOpening(
            random: SHA256.hash([2]).value, envelopeHash: opening.envelopeHash, keyID: opening.keyID,
            signature: opening.signature)
        refuses(.proof(.rootMismatch), opening: blinded)
        refuses(.proof(.rootMismatch), index: 701)
        refuses(.proof(.indexBeyondTree), index: 1000)
        refuses(.proof(.wrongLength(expected: 10, actual: 9)), path: Array(receipt.path.dropLast()))
        refuses(.proof(.rootMismatch), path: receipt.path.reversed())
        let head = Checkpoint(origin: SampleLog.origin, size: 1000, root: SHA256.hash([3]))
        refuses(.proof(.rootMismatch), checkpoint: head.signed(by: Self.signer))
        refuses(.checkpoint(.note(.badSignature)), checkpoint: try forged())
        refuses(.checkpoint(.note(.unknownSigners)), checkpoint: head.signed(by: noteSigner(9)))
        let note = try SignedNote(signing: "Not a checkpoint.\n", by: Self.signer)
        refuses(.checkpoint(.malformed), checkpoint: note)
    }

    /// A checkpoint under the log key's name and hash, with another key's signature.
    private func forged() throws -> SignedNote {
        let body = Checkpoint(origin: SampleLog.origin, size: 1000, root: Self.log.tree.root).body
        let signature = NoteSignature(
            keyName: SampleLog.origin, keyHash: Self.signer.verifierKey.keyHash,
            signature: signingKey(9).sign(Array(body.utf8)).bytes)
        let note = try SignedNote(signing: body, by: noteSigner(9))
        return note.adding(signature)
    }

    private func refuses(
        _ failure: ReceiptFailure, opening: LeafOpening = Self.opening, index: UInt64 = 700, path: [Hash]? = nil,
        checkpoint: SignedNote? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let receipt = Receipt(
            opening: opening, index: index, path: path ?? Self.receipt.path,
            checkpoint: checkpoint ?? Self.receipt.checkpoint)
        #expect(throws: failure, sourceLocation: sourceLocation) {
            try Receipt(parsing: receipt.text).verify(by: Self.keys)
        }
    }
}

@Suite("Receipt files")
struct ReceiptFileTests {
    @Test("each part of the file has one form")
    func malformed() {
        refuses(.header) { $0[0] = "c2sp.org/tlog-proof@v2" }
        refuses(.header) { $0[0] += "\r" }
        refuses(.extra) { $0.remove(at: 1) }
        refuses(.extra) { $0[1] = "extra AAAA" }
        refuses(.extra) { $0[1] = $0[1].replacing("extra ", with: "extra  ") }
        refuses(.extra) { $0[1] = $0[1].replacing("extra ", with: "Extra ") }
        refuses(.index) { $0.insert($0[1], at: 1) }
        refuses(.index) { $0[2] = "index 0700" }
        refuses(.index) { $0[2] = "index -1" }
        refuses(.index) { $0[2] = "index" }
        refuses(.index) { $0[2] = "index 18446744073709551616" }
        refuses(.proof) { $0[3] = "AAAA" }
        refuses(.proof) { $0[3] += " " }
        refuses(.proof) { lines in lines.insert(contentsOf: repeatElement(lines[3], count: 64), at: 3) }
        refuses(.proof) { $0 = Array($0.prefix(8)) }
        refuses(.checkpoint) { $0 = Array($0.prefix(14)) + [""] }
        refuses(.checkpoint) { $0.append("") }
        refuses(.checkpoint) { $0.append("more") }
        refuses(.length) { $0[0] = String(repeating: " ", count: Receipt.maximumByteCount) }
    }

    @Test("a receipt with any bit flipped is refused", arguments: [41, 42])
    func flipped(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let bytes = Array(ReceiptTests.receipt.text.utf8)
        for _ in 0..<2000 {
            var changed = bytes
            changed[Int.random(in: changed.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            #expect(throws: ReceiptFailure.self) { try Receipt(parsing: changed).verify(by: ReceiptTests.keys) }
        }
    }

    @Test("files cut, doubled and spliced at random never trap and never verify", arguments: [51, 52])
    func spliced(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let bytes = Array(ReceiptTests.receipt.text.utf8)
        for _ in 0..<1000 {
            let cut = Int.random(in: 0..<bytes.count, using: &random)
            let from = Int.random(in: 0..<bytes.count, using: &random)
            guard cut != from else { continue }
            #expect(throws: ReceiptFailure.self) {
                try Receipt(parsing: Array(bytes[..<cut] + bytes[from...])).verify(by: ReceiptTests.keys)
            }
            #expect(throws: ReceiptFailure.self) { try Receipt(parsing: random.bytes(Int(cut))) }
        }
    }

    /// Changes the lines of a good receipt. 0 header, 1 extra, 2 index, 3…12 path, 13 blank, then the checkpoint.
    private func refuses(
        _ part: ReceiptFailure.Part, sourceLocation: SourceLocation = #_sourceLocation,
        _ change: (inout [String]) -> Void
    ) {
        var lines = ReceiptTests.receipt.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        change(&lines)
        #expect(throws: ReceiptFailure.malformed(part), sourceLocation: sourceLocation) {
            try Receipt(parsing: lines.joined(separator: "\n"))
        }
    }
}

@Suite("Leaf openings")
struct LeafOpeningTests {
    @Test("an opening survives its 144 bytes, and any other length is refused")
    func bytes() throws {
        let bytes = ReceiptTests.opening.bytes
        #expect(bytes.count == LeafOpening.byteCount)
        #expect(try LeafOpening(bytes) == ReceiptTests.opening)
        for count in [0, 143, 145] {
            #expect(throws: DecodingFailure.wrongLength(expected: 144, actual: count)) {
                try LeafOpening(Array((bytes + [0]).prefix(count)))
            }
        }
    }

    @Test("the entry is SHA-256 over the label, a zero byte and the opening")
    func entry() {
        let preimage = Array("counterfoil/leaf/v1".utf8) + [0] + ReceiptTests.opening.bytes
        #expect(ReceiptTests.opening.entry == SHA256.hash(preimage))
        #expect(ReceiptTests.opening.leafHash == SHA256.hash([0] + SHA256.hash(preimage).bytes))
        #expect(ReceiptTests.opening.leafHash == MerkleHash.leaf(SHA256.hash(preimage).bytes))
    }

    @Test("every byte of an opening is bound by its entry")
    func bound() throws {
        let bytes = ReceiptTests.opening.bytes
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 1
            #expect(try LeafOpening(changed).entry != ReceiptTests.opening.entry)
        }
    }
}
