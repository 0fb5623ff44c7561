import Linkage
import TestSupport
import Testing
import Vocabulary

@Suite("Search: against its definition")
struct SearchAgainstReferenceTests {
    static let questionsPerWorld = 40

    @Test("10,000 random questions are answered as the definition says", arguments: 0..<10)
    func equalsBruteForce(part: UInt64) {
        var random = SeededGenerator(seed: 4_000 + part)
        print("seed", random.seed)
        var scratch = SearchScratch()
        var byHops = [0, 0, 0, 0, 0]
        for _ in 0..<25 {
            let world = SearchWorld.random(&random)
            let (graph, reference) = (world.graph(), SearchReference(world))
            for _ in 0..<Self.questionsPerWorld {
                let question = world.question(&random)
                let result = graph.search(question, scratch: &scratch, standing: world.standing)
                let expected = Expected(question, reference)
                #expect(Expected(told: result) == expected, "\(question)")
                #expect(expected.ringCandidates(in: graph).contains(result.ringSubject), "\(question)")
                #expect(!result.isTruncated)
                for asked in question.identifiers {
                    let sharing = graph.sharing(of: asked, besides: question.subject)
                    #expect(sharing == reference.sharing(asked, besides: question.subject))
                }
                if let hops = result.nearest?.hops { byHops[hops] += 1 }
            }
        }
        // The questions are worth asking: reports are found at some distance.
        #expect(byHops[1] > 20 && byHops[2...].reduce(0, +) > 10, "\(byHops)")
    }

    @Test("A ring in figures is what counting gives, for every subject", arguments: 0..<10)
    func ringViewEqualsBruteForce(part: UInt64) {
        var random = SeededGenerator(seed: 4_100 + part)
        print("seed", random.seed)
        for _ in 0..<20 {
            let world = SearchWorld.random(&random)
            let (graph, reference) = (world.graph(), SearchReference(world))
            for subject in (0..<UInt32(world.subjects)).map(SubjectNumber.init) {
                for asker in [nil, 1, 2, 3] as [UInt16?] {
                    let view = graph.ringView(of: subject, besides: asker, standing: world.standing)
                    #expect(view == reference.ringView(of: subject, besides: asker))
                }
            }
        }
    }

    @Test("The order of arrival and the numbers given do not change what is told", arguments: 0..<5)
    func arrivalOrder(part: UInt64) {
        var random = SeededGenerator(seed: 4_200 + part)
        print("seed", random.seed)
        for _ in 0..<30 {
            let world = SearchWorld.random(&random)
            let (retold, ask) = world.retold(&random)
            let (graph, other) = (world.graph(), retold.graph())
            for _ in 0..<20 {
                let question = world.question(&random)
                let one = Told(graph.search(question, standing: world.standing))
                let two = Told(other.search(ask(question), standing: retold.standing))
                #expect(one == two, "\(question)")
            }
        }
    }
}

/// What the definition says a search finds.
private struct Expected: Equatable {
    var nearest: NearestReport?
    var reports: [ReachedReport] = []
    var sharing: [SharingDegree] = []
    var subjectsReached: [Int] = []
    private var reached: [SubjectNumber: SearchReference.Found] = [:]
    private var applicant: SubjectNumber?
    private var reference: SearchReference?

    init(told: SearchResult) {
        (nearest, reports, sharing) = (told.nearest, told.reports, told.sharing)
        subjectsReached = told.subjectsReached
    }

    init(_ question: Question, _ reference: SearchReference) {
        self.reference = reference
        applicant = question.subject
        reached = reference.reached(question)
        let hops = reached.values.map(\.hops)
        subjectsReached = [1]
        for hop in 0..<question.budget.hops { subjectsReached.append(hops.count { $0 == hop + 1 }) }
        sharing = Set(question.identifiers).map { reference.sharing($0, besides: question.subject).degree }
        sharing.sort { ($0.kind, $0.identifier) < ($1.kind, $1.identifier) }
        let world = reference.world
        let all = world.marks.compactMap { each -> ReachedReport? in
            let standing = world.standing(each.mark)
            guard let found = reached[each.subject], standing != .gone, standing != .protective else { return nil }
            return ReachedReport(
                mark: each.mark, subject: each.subject, hops: found.hops, standing: standing,
                isProtected: reference.isProtected(each.subject))
        }
        reports = Set(all.map(\.mark.caseNumber)).compactMap { named in
            all.filter { $0.mark.caseNumber == named }.min { Self.precedes(Self.nearness($0), Self.nearness($1)) }
        }
        reports.sort { Self.precedes(Self.rank($0) + [Self.named($0)], Self.rank($1) + [Self.named($1)]) }
        let confirming = all.filter { Self.weight($0.standing) > 0 && ($0.hops == 0 || !$0.isProtected) }
        let found = confirming.min { one, other in
            let (left, right) = (Self.rank(one), Self.rank(other))
            if left != right { return Self.precedes(left, right) }
            let (path, another) = (path(to: one), path(to: other))
            if path != another { return path.lexicographicallyPrecedes(another) }
            return Self.precedes(
                [Self.named(one), Int(one.mark.position)], [Self.named(other), Int(other.mark.position)])
        }
        nearest = found.map {
            NearestReport(
                hops: $0.hops, path: EvidencePath(steps: path(to: $0), mark: $0.mark), standing: $0.standing)
        }
    }

    private func path(to report: ReachedReport) -> [EvidenceStep] { reached[report.subject]?.path ?? [] }

    private static func precedes(_ left: [Int], _ right: [Int]) -> Bool { left.lexicographicallyPrecedes(right) }

    private static func named(_ report: ReachedReport) -> Int { Int(report.mark.caseNumber) }

    /// Nearer, heavier, then by family.
    private static func rank(_ report: ReachedReport) -> [Int] {
        [report.hops, -weight(report.standing), family(report.standing)]
    }

    private static func nearness(_ report: ReachedReport) -> [Int] {
        let isProtected = report.isProtected ? 1 : 0
        return [report.hops, isProtected, Int(report.mark.position), Int(report.subject.rawValue)]
    }

    static func == (left: Expected, right: Expected) -> Bool {
        left.nearest == right.nearest && left.reports == right.reports && left.sharing == right.sharing
            && left.subjectsReached == right.subjectsReached
    }

    private static func weight(_ standing: MarkStanding) -> Int {
        if case .confirmed(_, let weight) = standing { Int(weight) } else { 0 }
    }

    private static func family(_ standing: MarkStanding) -> Int {
        if case .confirmed(let family, _) = standing { Int(family) } else { 0 }
    }

    /// The subjects, or none, that may stand for the answer's ring: more than one only where numbers alone decide.
    func ringCandidates(in graph: Graph) -> Set<SubjectNumber?> {
        guard let reference else { return [] }
        let minimum = reference.world.rules.minimumRingSubjects
        let inRings = reached.filter { subject, found in
            found.hops <= 1 && !reference.isProtected(subject) && reference.group(of: subject).count >= minimum
        }
        if let applicant, inRings[applicant] != nil { return [applicant] }
        let least = inRings.values.map(\.path).min { $0.lexicographicallyPrecedes($1) }
        let first = inRings.keys.filter { inRings[$0]?.path == least }
        let largest = first.map { reference.group(of: $0).count }.max()
        let best = first.filter { reference.group(of: $0).count == largest }
        return best.isEmpty ? [nil] : Set(best)
    }
}

/// What of a result is told to anybody: nothing that is a number of ours.
private struct Told: Equatable {
    var steps: [EvidenceStep]?
    var standing: MarkStanding?
    var cases: [[UInt32]]
    var subjectsReached: [Int]
    var sharing: [[Int]]
    var demoted: [IdentifierKind]
    var hasRing: Bool

    init(_ result: SearchResult) {
        (steps, standing) = (result.nearest?.path.steps, result.nearest?.standing)
        cases = result.reports.map { [$0.mark.caseNumber, UInt32($0.hops), $0.isProtected ? 1 : 0] }
        subjectsReached = result.subjectsReached
        sharing = result.sharing.map { each in
            [Int(each.kind.rawValue), each.subjects, each.isDemoted ? 1 : 0]
        }.sorted { $0.lexicographicallyPrecedes($1) }
        demoted = result.demotedKinds
        hasRing = result.ringSubject != nil
    }
}
