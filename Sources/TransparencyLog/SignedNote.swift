internal import Sodium
internal import Vocabulary

/// One signature line of a note, of a key that we may or may not know.
package struct NoteSignature: Hashable, Sendable {
    package let keyName: NoteKeyName
    package let keyHash: UInt32
    /// What follows the key hash: for Ed25519 the 64 bytes, for a witness's cosignature its time and signature.
    package let signature: [UInt8]

    package init(keyName: NoteKeyName, keyHash: UInt32, signature: [UInt8]) {
        (self.keyName, self.keyHash, self.signature) = (keyName, keyHash, signature)
    }

    var line: String {
        let hash = (0..<4).map { UInt8(truncatingIfNeeded: keyHash >> (24 - 8 * $0)) }
        return "\u{2014} \(keyName) \(Base64.encode(hash + signature))\n"
    }

    init?(line: ArraySlice<UInt8>) {
        guard line.starts(with: Self.prefix) else { return nil }
        let parts = line.dropFirst(Self.prefix.count)
            .split(separator: UInt8(ascii: " "), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let name = String(validating: parts[0], as: UTF8.self),
            let keyName = try? NoteKeyName(name),
            let bytes = try? Base64.decode(String(decoding: parts[1], as: UTF8.self)), bytes.count > 4
        else { return nil }
        let keyHash = bytes[..<4].reduce(0) { $0 << 8 | UInt32($1) }
        self.init(keyName: keyName, keyHash: keyHash, signature: Array(bytes[4...]))
    }

    private static let prefix = Array("\u{2014} ".utf8)
}

/// Why a text is no note, or no note to be believed.
package enum NoteFailure: Error, Equatable, Sendable {
    case tooLong(limit: Int)
    case tooManySignatures(limit: Int)
    /// No UTF-8, a control character, no blank line before the signatures, or a text that does not end its line.
    case malformedText
    case malformedSignature(line: Int)
    /// No signature is by a key that we know.
    case unknownSigners
    /// A signature names a key that we know and is not by it.
    case badSignature
}

/// A text signed by one or more keys (C2SP signed-note).
///
/// Signatures of unknown keys are ignored when verifying and kept when writing: that is where witnesses put their
/// cosignatures on a checkpoint (C2SP tlog-cosignature).
package struct SignedNote: Hashable, Sendable {
    package static let maximumByteCount = 256 * 1024
    package static let maximumSignatures = 64

    /// What is signed, with its last newline. To be ignored until `verify` has returned.
    package let text: String
    package private(set) var signatures: [NoteSignature]

    /// Signs a text. - Throws: `malformedText` unless it ends with a newline and has no other control characters.
    package init(signing text: String, by signer: NoteSigner) throws(NoteFailure) {
        guard Self.isText(text.utf8), text.utf8.last == UInt8(ascii: "\n") else { throw .malformedText }
        self.text = text
        signatures = [signer.sign(text)]
    }

    package init(parsing bytes: [UInt8]) throws(NoteFailure) {
        guard bytes.count <= Self.maximumByteCount else { throw .tooLong(limit: Self.maximumByteCount) }
        guard Self.isText(bytes), let start = Self.signaturesStart(bytes),
            let text = String(validating: bytes[..<(start - 1)], as: UTF8.self)
        else { throw .malformedText }
        self.text = text
        signatures = []
        var lines = LineReader(bytes[start...])
        repeat {
            guard signatures.count < Self.maximumSignatures else {
                throw .tooManySignatures(limit: Self.maximumSignatures)
            }
            guard let line = lines.line(), let signature = NoteSignature(line: line) else {
                throw .malformedSignature(line: signatures.count + 1)
            }
            signatures.append(signature)
        } while !lines.rest.isEmpty
    }

    /// The note as it is stored and sent.
    package var bytes: [UInt8] {
        var bytes = Array(text.utf8) + [UInt8(ascii: "\n")]
        for signature in signatures { bytes += signature.line.utf8 }
        return bytes
    }

    /// The same note with one more line, a witness's or a second key's.
    package func adding(_ signature: NoteSignature) -> SignedNote {
        var note = self
        if !note.signatures.contains(signature) { note.signatures.append(signature) }
        return note
    }

    /// Checks every signature that names one of the keys.
    ///
    /// - Returns: the keys that signed, at least one, in the order of the lines.
    /// - Throws: `unknownSigners` where none is among the keys, `badSignature` where one of theirs is wrong, whatever
    ///   the others are.
    @discardableResult
    package func verify(by keys: [NoteVerifierKey]) throws(NoteFailure) -> [NoteVerifierKey] {
        let message = Array(text.utf8)
        var signers: [NoteVerifierKey] = []
        for line in signatures {
            let named = keys.first { $0.keyHash == line.keyHash && $0.name == line.keyName }
            guard let key = named else { continue }
            guard let signature = try? Signature(line.signature), key.publicKey.isValid(signature, over: message) else {
                throw .badSignature
            }
            if !signers.contains(key) { signers.append(key) }
        }
        guard !signers.isEmpty else { throw .unknownSigners }
        return signers
    }

    private static func isText(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.allSatisfy { $0 >= 32 || $0 == UInt8(ascii: "\n") }
    }

    /// Where the signatures begin: after the last blank line.
    private static func signaturesStart(_ bytes: [UInt8]) -> Int? {
        let newline = UInt8(ascii: "\n")
        guard bytes.count > 2 else { return nil }
        return (2..<bytes.count).last { bytes[$0 - 1] == newline && bytes[$0 - 2] == newline }
    }
}
