package import Vocabulary

/// How widely an identifier that was asked is shared (DOMAIN §6).
package struct SharingDegree: Hashable, Sendable {
    package var identifier: IdentifierNumber
    package var kind: IdentifierKind
    /// Distinct subjects who have it as their own, other than the applicant.
    package var subjects: Int
    /// Distinct members that furnished it as somebody's own.
    package var members: Int
    /// The earliest day it was furnished as somebody's own; `nil` where it never was, and where more than
    /// ``datedSubjects`` have it: to look at every word about a switchboard would take longer than the search.
    package var firstDay: GraphDay?
    /// Too widely shared: listed, not followed.
    package var isDemoted: Bool

    /// Beyond so many subjects the first day is not looked for.
    package static let datedSubjects = 1024

    package init(
        identifier: IdentifierNumber, kind: IdentifierKind, subjects: Int, members: Int, firstDay: GraphDay?,
        isDemoted: Bool
    ) {
        (self.identifier, self.kind, self.subjects) = (identifier, kind, subjects)
        (self.members, self.firstDay, self.isDemoted) = (members, firstDay, isDemoted)
    }
}

extension Graph {
    /// How widely an identifier is shared, by others than `applicant`.
    func sharing(of identifier: IdentifierNumber, besides applicant: SubjectNumber?) -> SharingDegree {
        let degree = degree(of: identifier)
        let owns = applicant.map { edge(Edge($0, identifier)) != nil } ?? false
        return SharingDegree(
            identifier: identifier, kind: kind(of: identifier), subjects: degree - (owns ? 1 : 0),
            members: memberCount(of: identifier),
            firstDay: degree > SharingDegree.datedSubjects ? nil : firstDay(of: identifier),
            isDemoted: isDemoted(identifier))
    }
}
