internal import Linkage
internal import Records
internal import Registry
package import Vocabulary

/// Rings and candidates as those see them who may look: the admins of the registry.
///
/// Made for one look at the ledger and its graph, at one instant, and dropped before either changes.
package struct RingDesk {
    let ledger: Ledger
    let linkage: LinkageProjection
    let finder: SignalFinder
    let names: RingNames
    let now: Instant
    /// Whether the consortium is large enough for a count of reporters to name none of them.
    let tellsReporters: Bool

    /// Who asks is no member, and no mark's standing depends on it.
    private static let asker = try! MemberID("ring-desk")  // Small letters and a hyphen.

    package init(_ exchange: Exchange, by rules: AnswerRules, now: Instant) {
        (ledger, names, self.now) = (exchange.ledger, exchange.ringNames, now)
        linkage = exchange.linkage ?? LinkageProjection(exchange.ledger, rules: rules.linkage)
        finder = SignalFinder(
            standing: CaseStanding(view: LedgerView(exchange.ledger), policy: rules.policy, now: now),
            chain: rules.chain, references: exchange.references, asker: Self.asker, offersOthers: true,
            publishedSize: .max)
        tellsReporters = rules.version.activeMembers(at: now).count >= rules.policy.disclosure.minimumSegmentMembers
    }

    var graph: Graph { linkage.graph }

    // MARK: Who is reported

    /// Whether a report of the subject stands, confirmed; and whether one of fraud does.
    func reports(on subject: SubjectNumber) -> (isReported: Bool, isFraud: Bool) {
        guard graph.hasMarks(subject) else { return (false, false) }
        var (isReported, isFraud) = (false, false)
        for mark in graph.marks(of: subject) {
            let standing = finder.markStanding(mark)
            // What is reported of a victim is told in its picture, and makes no ring a reported one.
            if standing == .protective { return (false, false) }
            guard case .confirmed(let family, _) = standing else { continue }
            isReported = true
            isFraud = isFraud || family == CodeFamily.fraud.rawValue
        }
        return (isReported, isFraud)
    }

    // MARK: What a name stands for

    /// The candidate's subjects that the graph has: none is ever taken out of it.
    func subjects(of candidate: RingCandidateState) -> [SubjectNumber] {
        candidate.facts.subjects.lazy.filter { $0 < graph.subjectCount }.map(SubjectNumber.init)
    }

    /// The ring that most of the subjects are in today.
    func ring(holding subjects: [SubjectNumber]) -> RingNumber? {
        var counts: [RingNumber: Int] = [:]
        for subject in subjects {
            if let ring = graph.ring(of: subject) { counts[ring, default: 0] += 1 }
        }
        return counts.min { ($1.value, $0.key) < ($0.value, $1.key) }.flatMap { ring, count in
            count * 2 > subjects.count ? ring : nil
        }
    }

    /// The candidate that most of a ring's subjects were found in, of those looked at.
    func candidate(of subjects: some Sequence<SubjectNumber>) -> RingCandidateState? {
        var (counts, looked): ([UInt32: Int], Int) = ([:], 0)
        for subject in subjects.prefix(RingDeskLimits.subjectsLookedAt) {
            looked += 1
            if let number = ledger.candidatesOfSubject[subject.rawValue] { counts[number, default: 0] += 1 }
        }
        let most = counts.min { ($1.value, $0.key) < ($0.value, $1.key) }
        return most.flatMap { number, count in count * 2 > looked ? ledger.candidates[number] : nil }
    }
}

/// How far a look goes: everything here is read between two of the node's transactions.
enum RingDeskLimits {
    /// Persons and identifiers of a picture.
    static let drawnNodes = 400
    /// What is read of one ring for its line in a list.
    static let figuresBudget = 4000
    /// Of a ring, to find the candidate that it is.
    static let subjectsLookedAt = 10_000
    /// Of one subject.
    static let neighbours = 1024
    /// Of one edge, the latest first.
    static let words = 256
    /// Facts that are passed over in search of ones to tell.
    static let eventsScanned = 10_000
    /// A person that joined within so many days is new.
    static let newDays = 30
}

extension CalendarDate {
    init(_ day: GraphDay) { self.init(daysSince1970: Int(day.rawValue)) }
}
