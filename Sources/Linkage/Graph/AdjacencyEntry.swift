package import Vocabulary

/// One end of an edge as the other end lists it, in eight bytes: the neighbour, and the edge's number with its role.
package struct AdjacencyEntry: Hashable, Sendable {
    var neighbour: UInt32
    /// The edge's number in the upper 29 bits, the role's raw value less one in the lower 3.
    var packed: UInt32

    @inline(__always)
    init(neighbour: UInt32, edge: UInt32, role: IdentifierRole) {
        self.neighbour = neighbour
        packed = edge << 3 | UInt32(role.rawValue &- 1)
    }

    @inline(__always)
    init(neighbour: UInt32, packed: UInt32) { (self.neighbour, self.packed) = (neighbour, packed) }

    @inline(__always)
    var edge: UInt32 { packed >> 3 }
    @inline(__always)
    var isOwn: Bool { packed & 7 == 0 }
    @inline(__always)
    var roleBits: UInt8 { UInt8(truncatingIfNeeded: packed & 7) }
    @inline(__always)
    var role: IdentifierRole { Self.roles[Int(packed & 7)] }

    private static let roles = IdentifierRole.allCases.sorted { $0.rawValue < $1.rawValue }
}

/// An identifier as one of its subjects sees it.
package struct AdjacentIdentifier: Hashable, Sendable {
    package let identifier: IdentifierNumber
    package let role: IdentifierRole
    package let edge: EdgeNumber
}

/// A subject as one of its identifiers sees it.
package struct AdjacentSubject: Hashable, Sendable {
    package let subject: SubjectNumber
    package let role: IdentifierRole
    package let edge: EdgeNumber
}
