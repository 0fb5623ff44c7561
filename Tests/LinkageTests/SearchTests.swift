import Linkage
import Testing
import Vocabulary

@Suite("Search")
struct SearchTests {
    private static let fraud = MarkStanding.confirmed(family: 1, weight: 5)

    private func ask(
        _ world: SearchWorld, _ subject: SubjectNumber?, _ identifiers: [IdentifierNumber] = [],
        budget: SearchBudget = SearchBudget()
    ) -> SearchResult {
        world.graph().search(
            Question(subject: subject, identifiers: identifiers, budget: budget), standing: world.standing)
    }

    @Test("the path to a report two hops away is told by kinds, from the applicant")
    func path() {
        var world = SearchWorld()
        let applicant = world.subject()
        let between = world.neighbour(of: applicant, over: .device)
        let reported = world.neighbour(of: between, over: .phone)
        world.mark(reported, Self.fraud)
        let nearest = ask(world, applicant).nearest
        #expect(nearest?.hops == 2)
        #expect(nearest?.path.steps == [EvidenceStep(.device), EvidenceStep(.phone)])
        #expect(nearest?.standing == Self.fraud)
        #expect(ask(world, applicant).subjectsReached == [1, 1, 1])
        #expect(ask(world, applicant, budget: SearchBudget(hops: 1)).nearest == nil)
        #expect(ask(world, reported).nearest?.hops == 0)
    }

    @Test("of two paths of the same length the lesser kinds are told, whichever came first", arguments: [true, false])
    func leastPath(phoneFirst: Bool) {
        var world = SearchWorld()
        let (applicant, reported) = (world.subject(), world.subject())
        for kind in phoneFirst ? [IdentifierKind.phone, .email] : [.email, .phone] {
            let between = world.neighbour(of: applicant, over: kind)
            let shared = world.identifier(kind)
            world.tie(between, shared, by: 1, 2)
            world.tie(reported, shared, by: 1, 2)
        }
        world.mark(reported, Self.fraud)
        #expect(ask(world, applicant).nearest?.path.steps == [EvidenceStep(.phone), EvidenceStep(.phone)])
    }

    @Test("of two reports as near the heavier is the nearest")
    func heavier() {
        var world = SearchWorld()
        let applicant = world.subject()
        let (light, heavy) = (
            world.neighbour(of: applicant, over: .phone), world.neighbour(of: applicant, over: .device)
        )
        world.mark(light, .confirmed(family: 1, weight: 2))
        let named = world.mark(heavy, .confirmed(family: 2, weight: 5))
        #expect(ask(world, applicant).nearest?.path.mark.caseNumber == named)
        #expect(ask(world, applicant).reports.map(\.hops) == [1, 1])
    }

    @Test("a marker stops what lies beyond it, and what is reported of a victim is nobody else's risk")
    func victim() {
        var world = SearchWorld()
        let applicant = world.subject()
        let victim = world.neighbour(of: applicant, over: .phone)
        let beyond = world.neighbour(of: victim, over: .card)
        world.mark(beyond, Self.fraud)
        #expect(ask(world, applicant).nearest?.hops == 2)
        world.mark(victim, .protective)
        #expect(ask(world, applicant).nearest == nil)
        #expect(ask(world, applicant).reports.isEmpty)
        #expect(ask(world, applicant).subjectsReached == [1, 1, 0])
        world.mark(victim, Self.fraud)
        #expect(ask(world, applicant).nearest == nil)
        #expect(ask(world, applicant).reports.map(\.isProtected) == [true])
        #expect(ask(world, victim).nearest?.hops == 0)
    }

    @Test("a marker that is gone stops nothing")
    func expiredMarker() {
        var world = SearchWorld()
        let applicant = world.subject()
        let between = world.neighbour(of: applicant, over: .phone)
        world.mark(world.neighbour(of: between, over: .card), Self.fraud)
        world.mark(between, .gone)
        #expect(ask(world, applicant).nearest?.hops == 2)
    }

    @Test("of a protected applicant only what is asked is followed, and its stored ring is not told")
    func protectedApplicant() {
        var world = SearchWorld()
        let applicant = world.subject()
        let stored = world.neighbour(of: applicant, over: .phone, .device)
        world.mark(stored, Self.fraud)
        _ = world.neighbour(of: stored, over: .card)
        #expect(ask(world, applicant).nearest?.hops == 1)
        #expect(ask(world, applicant).ringSubject == applicant)
        world.mark(applicant, .protective)
        #expect(ask(world, applicant).nearest == nil)
        #expect(ask(world, applicant).ringSubject == nil)
        #expect(ask(world, applicant).subjectsReached == [1, 0, 0])
        // The phone that it shares is asked: the first identifier.
        #expect(ask(world, applicant, [IdentifierNumber(0)]).nearest?.hops == 1)
    }

    @Test("a disputed report is listed and never confirms; a retracted one is not there")
    func disputed() {
        var world = SearchWorld()
        let applicant = world.subject()
        let disputed = world.neighbour(of: applicant, over: .phone)
        world.mark(disputed, .suspended)
        world.mark(disputed, .gone)
        let confirmed = world.neighbour(of: disputed, over: .phone)
        world.mark(confirmed, Self.fraud)
        let result = ask(world, applicant)
        #expect(result.nearest?.hops == 2)
        #expect(result.reports.map(\.standing) == [.suspended, Self.fraud])
    }

    @Test("a case that names two subjects is one report, at the nearer of them")
    func oneCase() {
        var world = SearchWorld()
        let applicant = world.subject()
        let near = world.neighbour(of: applicant, over: .phone)
        let far = world.neighbour(of: near, over: .phone)
        let named = world.mark(far, Self.fraud)
        world.marks.append((near, Mark(caseNumber: named, position: 1, isProtective: false)))
        #expect(ask(world, applicant).reports.map(\.hops) == [1])
        #expect(ask(world, applicant).reports.map(\.subject) == [near])
    }

    @Test("a composite never carries a search, whatever the rules say of it, nor is it a second kind")
    func composite() {
        var world = SearchWorld()
        world.rules[.namePhone] = KindRule(weight: 1, cap: 100, union: false, forward: true, corroborates: true)
        let (applicant, reported) = (world.subject(), world.subject())
        let (composite, phone) = (world.identifier(.namePhone), world.identifier(.phone))
        for subject in [applicant, reported] { world.tie(subject, composite, by: 1, 2, 3) }
        world.mark(reported, Self.fraud)
        #expect(ask(world, applicant, [composite]).nearest == nil)
        world.tie(reported, phone, by: 1)
        #expect(ask(world, nil, [composite, phone]).nearest == nil)
        #expect(ask(world, nil, [composite, phone]).edgesFollowed == 1)
    }
}
