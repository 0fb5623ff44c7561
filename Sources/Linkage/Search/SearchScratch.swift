import Vocabulary

/// The working memory of searches: kept between questions, so that an answer allocates next to nothing.
///
/// It holds nothing of one question that the next could see. One search uses it at a time.
package struct SearchScratch: Sendable {
    /// The subjects reached, the applicant first, then hop by hop; within a hop in canonical order once it is complete.
    var reached: [ReachedSubject] = []
    /// From the subject's number to its place in `reached`.
    var places = NumberTable()
    /// Identifiers all of whose subjects have been reached, with the first hop from which they lead nowhere new.
    var closed = NumberTable()
    /// What was asked, sorted, each once.
    var asked: [IdentifierNumber] = []
    /// Reports met, with the place of their subject.
    var reports: [(report: ReachedReport, place: Int)] = []
    var marked: [Int] = []
    var edgesLeft = 0
    var readsLeft = 0
    var isTruncated = false

    /// The subject being opened, its ways out, and what it may share with another: from identifier to kind.
    var opened = OpenedSubject(place: 0, subject: nil)
    var ways: [WayOut] = []
    var shared = NumberTable(slots: 7)
    var sharedList: [IdentifierNumber] = []
    /// The subjects at one identifier, where not all can be looked at.
    var crowd: [AdjacentSubject] = []

    package init() {}

    mutating func removeAll() {
        reached.removeAll(keepingCapacity: true)
        places.removeAll()
        closed.removeAll()
        asked.removeAll(keepingCapacity: true)
        reports.removeAll(keepingCapacity: true)
    }
}

/// A subject that a search has reached.
struct ReachedSubject {
    /// `nil` for an applicant that the graph does not know.
    var subject: SubjectNumber?
    var hops: Int
    /// In `reached`; its own place for the applicant.
    var parent: Int
    /// The order of its path among those of its hop: the rank of its parent, then the last step.
    var key: UInt64
    /// Dense, equal for equal paths; set when the hop is complete.
    var rank: UInt64 = 0
    var step: EvidenceStep
    /// Whether a marker protects it: it is not opened.
    var isProtected = false
    /// Whether its marks were too many to be read: it is not opened, as it may be protected.
    var isUnread = false

    var number: UInt32 { subject?.rawValue ?? .max }
}

/// The subject whose ways out are followed.
struct OpenedSubject {
    var place: Int
    var subject: SubjectNumber?
    /// Where its stored edges may be followed.
    var component: ComponentLabel?
    /// Whether `shared` has been filled.
    var isListed = false
}

/// A way out of a subject: one of its edges that may carry the search on.
struct WayOut: Comparable {
    var identifier: IdentifierNumber
    var step: EvidenceStep
    /// `nil` where the asker's own word is the edge.
    var edge: EdgeNumber?
    /// By the weight of the kind, descending, then by degree and number.
    var order: UInt64
    /// Whether two members vouch for the edge; asked when it first matters.
    var isBacked: Bool?

    static func < (left: WayOut, right: WayOut) -> Bool {
        left.order != right.order ? left.order < right.order : left.step.role.rawValue < right.step.role.rawValue
    }
}
