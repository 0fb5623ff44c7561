package import Vocabulary

/// How widely an identifier that was asked is shared (DOMAIN §6): what costs nothing to tell.
package struct SharingDegree: Hashable, Sendable {
    package var identifier: IdentifierNumber
    package var kind: IdentifierKind
    /// Distinct subjects who have it as their own, other than the applicant.
    package var subjects: Int
    /// Too widely shared: listed, not followed.
    package var isDemoted: Bool

    package init(identifier: IdentifierNumber, kind: IdentifierKind, subjects: Int, isDemoted: Bool) {
        (self.identifier, self.kind, self.subjects, self.isDemoted) = (identifier, kind, subjects, isDemoted)
    }
}

/// How widely an identifier is shared, with what only its words tell: nothing that a search looks at.
package struct SharingHistory: Hashable, Sendable {
    package var degree: SharingDegree
    /// Distinct members that furnished it as somebody's own.
    package var members: Int
    /// The earliest day it was furnished as somebody's own; `nil` where it never was, and where more than
    /// ``datedSubjects`` have it: to look at every word about a switchboard would take too long.
    package var firstDay: GraphDay?

    /// Beyond so many subjects the first day is not looked for.
    package static let datedSubjects = 1024

    package init(degree: SharingDegree, members: Int, firstDay: GraphDay?) {
        (self.degree, self.members, self.firstDay) = (degree, members, firstDay)
    }
}

extension Graph {
    /// How widely an identifier is shared, and by whose words since when. Reads its words: for who asks about one
    /// identifier, not for every answer.
    ///
    /// - Parameter applicant: who is not counted among the subjects; its words are.
    package func sharing(of identifier: IdentifierNumber, besides applicant: SubjectNumber?) -> SharingHistory {
        SharingHistory(
            degree: sharingDegree(of: identifier, besides: applicant), members: memberCount(of: identifier),
            firstDay: degree(of: identifier) > SharingHistory.datedSubjects ? nil : firstDay(of: identifier))
    }

    /// How widely an identifier is shared, by others than `applicant`. Reads no words.
    func sharingDegree(of identifier: IdentifierNumber, besides applicant: SubjectNumber?) -> SharingDegree {
        let owns = applicant.map { edge(Edge($0, identifier)) != nil } ?? false
        return SharingDegree(
            identifier: identifier, kind: kind(of: identifier), subjects: degree(of: identifier) - (owns ? 1 : 0),
            isDemoted: isDemoted(identifier))
    }
}
