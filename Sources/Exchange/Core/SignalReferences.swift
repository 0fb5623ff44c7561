internal import Sodium
internal import Vocabulary

/// The opaque names under which an asker is told of signals: each asker's own, and readable by the node alone.
///
/// A name is tag ‖ masked (case number ‖ subject), as in a synthetic-IV construction: the tag is a keyed hash of
/// asker, case and subject, the mask a keyed hash of the tag. The same signal has the same name for the same asker in
/// every answer.
struct SignalReferences: Sendable {
    private static let tagByteCount = 16
    private let secret: KeyedHash

    init(secret: KeyedHash) { self.secret = secret }

    func reference(to caseNumber: UInt32, subject: UInt8, for asker: MemberID) -> String {
        let place = bytes(caseNumber) + [subject]
        let tag = tag(of: place, asker)
        return Hex.encode(tag + masked(place, tag))
    }

    /// `nil` for a name that was not made for this asker.
    func place(of reference: String, for asker: MemberID) -> (caseNumber: UInt32, subject: UInt8)? {
        guard let bytes = try? Hex.decode(reference), bytes.count == Self.tagByteCount + 5 else { return nil }
        let tag = Array(bytes.prefix(Self.tagByteCount))
        let place = masked(Array(bytes.suffix(5)), tag)
        guard equalInConstantTime(tag, self.tag(of: place, asker)) else { return nil }
        return (place.prefix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }, place[4])
    }

    private func tag(of place: [UInt8], _ asker: MemberID) -> [UInt8] {
        Array(secret.hash([1] + place + Array(asker.name.utf8)).bytes.prefix(Self.tagByteCount))
    }

    private func masked(_ place: [UInt8], _ tag: [UInt8]) -> [UInt8] {
        zip(place, secret.hash([2] + tag).bytes).map { $0 ^ $1 }
    }

    private func bytes(_ number: UInt32) -> [UInt8] { withUnsafeBytes(of: number.littleEndian) { Array($0) } }
}
