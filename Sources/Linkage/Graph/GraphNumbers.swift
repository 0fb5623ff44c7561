package import Vocabulary

/// A subject of the graph: a national-ID token, or provisionally one member's reference. Dense, from 0.
package struct SubjectNumber: Hashable, Sendable, Comparable {
    package let rawValue: UInt32

    package init(_ rawValue: UInt32) { self.rawValue = rawValue }

    package static func < (left: SubjectNumber, right: SubjectNumber) -> Bool { left.rawValue < right.rawValue }
}

/// An identifier of the graph, by the number that the ledger gave it. Dense, from 0.
package struct IdentifierNumber: Hashable, Sendable, Comparable {
    package let rawValue: UInt32

    package init(_ rawValue: UInt32) { self.rawValue = rawValue }

    package static func < (left: IdentifierNumber, right: IdentifierNumber) -> Bool { left.rawValue < right.rawValue }
}

/// A ring's own number: given once, never again, whatever becomes of the ring.
package struct RingNumber: Hashable, Sendable, Comparable {
    package let rawValue: UInt32

    package init(_ rawValue: UInt32) { self.rawValue = rawValue }

    package static func < (left: RingNumber, right: RingNumber) -> Bool { left.rawValue < right.rawValue }
}

/// A day since 1970-01-01 UTC: as fine as linkage tells time.
package struct GraphDay: Hashable, Sendable, Comparable {
    package let rawValue: UInt16

    private static let milliseconds: Int64 = 86_400_000

    package init(_ rawValue: UInt16) { self.rawValue = rawValue }

    /// Instants out of range are the nearest day in range.
    package init(_ instant: Instant) {
        rawValue = UInt16(clamping: instant.milliseconds / Self.milliseconds)
    }

    package static func < (left: GraphDay, right: GraphDay) -> Bool { left.rawValue < right.rawValue }
}

/// That a subject has an identifier, in a role.
package struct Edge: Hashable, Sendable {
    package var subject: SubjectNumber
    package var identifier: IdentifierNumber
    package var role: IdentifierRole

    package init(_ subject: SubjectNumber, _ identifier: IdentifierNumber, _ role: IdentifierRole = .own) {
        (self.subject, self.identifier, self.role) = (subject, identifier, role)
    }
}

/// One case's word for an edge: which case, which member's, and when last.
package struct Evidence: Hashable, Sendable {
    package var caseNumber: UInt32
    package var member: UInt16
    package var day: GraphDay

    package init(caseNumber: UInt32, member: UInt16, day: GraphDay) {
        (self.caseNumber, self.member, self.day) = (caseNumber, member, day)
    }
}

/// A statement about a subject: a report, or a marker that protects it. Whether it stands is asked when it is met.
package struct Mark: Hashable, Sendable {
    package var caseNumber: UInt32
    /// Which of the case's subjects.
    package var position: UInt8
    package var isProtective: Bool

    package init(caseNumber: UInt32, position: UInt8, isProtective: Bool) {
        (self.caseNumber, self.position, self.isProtective) = (caseNumber, position, isProtective)
    }
}

extension GraphDay {
    /// The day's beginning.
    package var instant: Instant { Instant(milliseconds: Int64(rawValue) * Self.milliseconds) }
}
