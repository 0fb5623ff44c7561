package import Sodium
package import Vocabulary

/// Why a receipt is refused.
package enum ReceiptFailure: Error, Equatable, Sendable {
    /// Which part of the file is not as C2SP tlog-proof has it.
    case malformed(Part)
    case checkpoint(CheckpointFailure)
    case proof(ProofFailure)
    /// The receipt is for another envelope, or for another signature of it.
    case otherEnvelope

    package enum Part: String, Hashable, Sendable {
        case length, header, extra, index, proof, checkpoint
    }
}

/// A C2SP tlog-proof file for one leaf, whose extra data is the leaf's opening: all that is needed to show, with the
/// log's public key alone, that an envelope was logged.
package struct Receipt: Hashable, Sendable {
    package static let maximumByteCount = SignedNote.maximumByteCount + 8 * 1024
    /// The longest path there is: the tree of 2^64 leaves has that height.
    package static let maximumPath = 64

    package let opening: LeafOpening
    /// The leaf's place in the log. It never stands in an answer (DOMAIN §5), only in the submitter's own receipt.
    package let index: UInt64
    /// From the leaf's sibling up to the root's child.
    package let path: [Hash]
    /// Verbatim, with whatever cosignatures it came with.
    package let checkpoint: SignedNote

    package init(opening: LeafOpening, index: UInt64, path: [Hash], checkpoint: SignedNote) {
        (self.opening, self.index, self.path, self.checkpoint) = (opening, index, path, checkpoint)
    }

    /// Checks the checkpoint's signature and origin, and the leaf's place below its root.
    ///
    /// - Parameter logKeys: from the registry, never from the receipt.
    /// - Returns: the checkpoint, which is now the log's word.
    @discardableResult
    package func verify(by logKeys: [NoteVerifierKey]) throws(ReceiptFailure) -> Checkpoint {
        let head: Checkpoint
        do throws(CheckpointFailure) {
            head = try Checkpoint(verifying: checkpoint, by: logKeys)
        } catch { throw .checkpoint(error) }
        do throws(ProofFailure) {
            try ProofVerification.verifyInclusion(
                of: opening.leafHash, at: index, inTreeOf: head.size, root: head.root, proof: path)
        } catch { throw .proof(error) }
        return head
    }

    /// As `verify(by:)`, and that the leaf is for this envelope with this signature.
    @discardableResult
    package func verify(
        by logKeys: [NoteVerifierKey], against envelopeHash: Hash, keyID: KeyID, signature: Signature
    ) throws(ReceiptFailure) -> Checkpoint {
        guard opening.envelopeHash == envelopeHash, opening.keyID == keyID, opening.signature == signature else {
            throw .otherEnvelope
        }
        return try verify(by: logKeys)
    }
}

// The text form, C2SP tlog-proof.
extension Receipt {
    private static let header = "c2sp.org/tlog-proof@v1"
    private static let extra = "extra "
    private static let indexWord = "index "

    package var text: String {
        var text = "\(Self.header)\n\(Self.extra)\(Base64.encode(opening.bytes))\n\(Self.indexWord)\(index)\n"
        for hash in path { text += hash.value.base64 + "\n" }
        return text + "\n" + String(decoding: checkpoint.bytes, as: UTF8.self)
    }

    /// Reads a receipt in its one form. Nothing in it is to be believed before `verify`.
    package init(parsing bytes: [UInt8]) throws(ReceiptFailure) {
        guard bytes.count <= Self.maximumByteCount else { throw .malformed(.length) }
        var lines = LineReader(bytes)
        guard lines.line()?.elementsEqual(Self.header.utf8) == true else { throw .malformed(.header) }
        guard let extra = Self.value(of: lines.line(), after: Self.extra),
            let opening = try? LeafOpening(Base64.decode(String(decoding: extra, as: UTF8.self)))
        else { throw .malformed(.extra) }
        guard let index = Self.value(of: lines.line(), after: Self.indexWord).flatMap(LineReader.number) else {
            throw .malformed(.index)
        }
        let path = try Self.path(&lines)
        guard let checkpoint = try? SignedNote(parsing: Array(lines.rest)) else { throw .malformed(.checkpoint) }
        self.init(opening: opening, index: index, path: path, checkpoint: checkpoint)
    }

    package init(parsing text: String) throws(ReceiptFailure) {
        try self.init(parsing: Array(text.utf8))
    }

    /// The lines of hashes up to the blank one.
    private static func path(_ lines: inout LineReader) throws(ReceiptFailure) -> [Hash] {
        var path: [Hash] = []
        while true {
            guard let line = lines.line() else { throw .malformed(.proof) }
            if line.isEmpty { return path }
            guard path.count < maximumPath, let hash = LineReader.hash(line) else { throw .malformed(.proof) }
            path.append(hash)
        }
    }

    private static func value(of line: ArraySlice<UInt8>?, after word: String) -> ArraySlice<UInt8>? {
        guard let line, line.starts(with: word.utf8) else { return nil }
        return line.dropFirst(word.utf8.count)
    }
}
