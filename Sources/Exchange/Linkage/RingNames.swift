internal import Linkage
internal import Sodium
internal import Vocabulary

/// The names under which an asker is told of rings: each member's own, from a secret of their own, so that two members
/// cannot find out by their answers that they met the same ring.
struct RingNames: Sendable {
    private let secret: KeyedHash

    init(secret: KeyedHash) { self.secret = secret }

    func name(of ring: RingNumber, for member: MemberID) -> String {
        let number = withUnsafeBytes(of: ring.rawValue.littleEndian) { Array($0) }
        return "ring-" + Hex.encode(Array(secret.hash([1] + number + Array(member.name.utf8)).bytes.prefix(10)))
    }

    /// A hub's name for admins: the node's own, the same in every list.
    func name(ofHub identifier: IdentifierNumber) -> String {
        let number = withUnsafeBytes(of: identifier.rawValue.littleEndian) { Array($0) }
        return "hub-" + Hex.encode(Array(secret.hash([2] + number).bytes.prefix(8)))
    }
}
