internal import Sodium
package import Vocabulary

/// The head of a log at one size (C2SP tlog-checkpoint).
///
/// Narrower than the specification, for what our own logs sign: the origin is the name of the log's key, the empty
/// tree has the empty root, and there are no extension lines, which no monitor could audit.
package struct Checkpoint: Hashable, Sendable {
    package static let maximumByteCount = 512

    package let origin: NoteKeyName
    package let size: UInt64
    package let root: Hash

    package init(origin: NoteKeyName, size: UInt64, root: Hash) {
        (self.origin, self.size, self.root) = (origin, size, root)
    }

    /// The text that is signed: three lines.
    package var body: String { "\(origin)\n\(size)\n\(root.value.base64)\n" }

    /// - Throws: `malformed` for anything but the three lines in their one form.
    package init(body: String) throws(DecodingFailure) {
        let wrong = DecodingFailure.malformed("a checkpoint is three lines: origin, size and root")
        guard body.utf8.count <= Self.maximumByteCount else { throw wrong }
        var lines = LineReader(body.utf8)
        guard let origin = lines.line(), let size = lines.line().flatMap(LineReader.number),
            let root = lines.line().flatMap(LineReader.hash), lines.rest.isEmpty
        else { throw wrong }
        guard size > 0 || root == MerkleHash.emptyRoot else { throw wrong }
        self.init(origin: try NoteKeyName(String(decoding: origin, as: UTF8.self)), size: size, root: root)
    }

    /// The checkpoint as a signed note. The signer must be the key of this origin.
    ///
    /// A log never signs two heads that disagree: the caller signs only what it has stored.
    package func signed(by signer: NoteSigner) -> SignedNote {
        precondition(signer.verifierKey.name == origin, "A checkpoint is signed by the key that bears its origin.")
        // The body has three lines of printable characters, the only thing that signing can refuse.
        return try! SignedNote(signing: body, by: signer)
    }
}

/// Why a note is no checkpoint of the log that was expected.
package enum CheckpointFailure: Error, Equatable, Sendable {
    case note(NoteFailure)
    case malformed
    /// Signed by a key that is ours, of another log.
    case wrongOrigin
}

extension Checkpoint {
    /// The checkpoint of a note that one of the log's keys signed.
    ///
    /// - Parameter logKeys: the keys that the log has or had; each is good for the origin of its own name only.
    package init(verifying note: SignedNote, by logKeys: [NoteVerifierKey]) throws(CheckpointFailure) {
        let signers: [NoteVerifierKey]
        do throws(NoteFailure) { signers = try note.verify(by: logKeys) } catch { throw .note(error) }
        do throws(DecodingFailure) { try self.init(body: note.text) } catch { throw .malformed }
        let origin = origin
        guard signers.contains(where: { $0.name == origin }) else { throw .wrongOrigin }
    }

    package init(verifying bytes: [UInt8], by logKeys: [NoteVerifierKey]) throws(CheckpointFailure) {
        let note: SignedNote
        do throws(NoteFailure) { note = try SignedNote(parsing: bytes) } catch { throw .note(error) }
        try self.init(verifying: note, by: logKeys)
    }
}
