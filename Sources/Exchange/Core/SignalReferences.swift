internal import Sodium
internal import Vocabulary

/// The opaque names under which an asker is told of signals: each asker's own, and readable by the node alone.
///
/// A name is tag ‖ masked case number, as in a synthetic-IV construction: the tag is a keyed hash of asker and case,
/// the mask a keyed hash of the tag. The same signal has the same name for the same asker in every answer.
struct SignalReferences: Sendable {
    private static let tagByteCount = 16
    private let secret: KeyedHash

    init(secret: KeyedHash) { self.secret = secret }

    func reference(to caseNumber: UInt32, for asker: MemberID) -> String {
        let tag = tag(of: caseNumber, asker)
        return Hex.encode(tag + bytes(caseNumber ^ mask(tag)))
    }

    /// `nil` for a name that was not made for this asker.
    func caseNumber(of reference: String, for asker: MemberID) -> UInt32? {
        guard let bytes = try? Hex.decode(reference), bytes.count == Self.tagByteCount + 4 else { return nil }
        let tag = Array(bytes.prefix(Self.tagByteCount))
        let masked = bytes.suffix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let caseNumber = masked ^ mask(tag)
        return equalInConstantTime(tag, self.tag(of: caseNumber, asker)) ? caseNumber : nil
    }

    private func tag(of caseNumber: UInt32, _ asker: MemberID) -> [UInt8] {
        Array(secret.hash([1] + bytes(caseNumber) + Array(asker.name.utf8)).bytes.prefix(Self.tagByteCount))
    }

    private func mask(_ tag: [UInt8]) -> UInt32 {
        secret.hash([2] + tag).bytes.prefix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    }

    private func bytes(_ number: UInt32) -> [UInt8] { withUnsafeBytes(of: number.littleEndian) { Array($0) } }
}
