import Linkage
import TestSupport
import Testing
import Vocabulary

@Suite("Search: rings in figures and in pictures")
struct SearchRingTests {
    @Test("a new applicant's ring is that of its nearest counted neighbour, the larger of two")
    func newApplicant() {
        var world = SearchWorld()
        let (phone, other) = (world.identifier(.phone), world.identifier(.phone))
        let (small, large) = (world.subject(), world.subject())
        world.tie(small, phone, by: 1, 2)
        world.tie(large, other, by: 1, 2)
        for _ in 0..<2 { _ = world.neighbour(of: small, over: .device) }
        func ringSubject(_ identifiers: IdentifierNumber...) -> SubjectNumber? {
            let question = Question(subject: nil, identifiers: identifiers)
            return world.graph().search(question, standing: world.standing).ringSubject
        }
        #expect(ringSubject(phone, other) == small)
        #expect(ringSubject(other) == nil)
        for _ in 0..<3 { _ = world.neighbour(of: large, over: .device) }
        #expect(ringSubject(phone, other) == large)
        #expect(ringSubject() == nil)
        world.mark(large, .protective)
        #expect(ringSubject(phone, other) == small)
    }

    @Test("two subjects are no ring")
    func pair() {
        var world = SearchWorld()
        let one = world.subject()
        let other = world.neighbour(of: one, over: .card)
        #expect(world.graph().ringView(of: one, standing: world.standing) == nil)
        _ = world.neighbour(of: other, over: .card)
        #expect(world.graph().ringView(of: one, standing: world.standing)?.size == 3)
    }

    @Test("a view that a budget cuts short says so, counts no more than there is, and knows the size", arguments: 0..<4)
    func cutView(part: UInt64) {
        var random = SeededGenerator(seed: 4_600 + part)
        print("seed", random.seed)
        for _ in 0..<20 {
            let world = SearchWorld.random(&random)
            var other = world
            other.words.shuffle(using: &random)
            let (graph, shuffled) = (world.graph(), other.graph())
            let subject = SubjectNumber(.random(in: 0..<UInt32(world.subjects), using: &random))
            guard let whole = graph.ringView(of: subject, standing: world.standing) else { continue }
            for budget in 0..<40 {
                guard let view = graph.ringView(of: subject, budget: budget, standing: world.standing) else {
                    Issue.record("A ring is a ring, whatever the budget.")
                    continue
                }
                #expect(view == shuffled.ringView(of: subject, budget: budget, standing: world.standing))
                #expect(view.size == whole.size && view.members <= whole.members)
                if !view.isTruncated { #expect(view == whole) }
            }
            #expect(graph.ringView(of: subject, budget: 1, standing: world.standing)?.isTruncated == true)
        }
    }

    @Test("a picture has the component, what its subjects share in any role, and every edge between", arguments: 0..<4)
    func picture(part: UInt64) {
        var random = SeededGenerator(seed: 4_700 + part)
        print("seed", random.seed)
        for _ in 0..<20 {
            let world = SearchWorld.random(&random)
            let (graph, reference) = (world.graph(), SearchReference(world))
            let subject = SubjectNumber(.random(in: 0..<UInt32(world.subjects), using: &random))
            let drawing = graph.drawing(of: subject, limit: 10_000)
            let group = reference.group(of: subject)
            #expect(drawing.subjects.first?.subject == subject)
            #expect(Set(drawing.subjects.map(\.subject)) == group && drawing.subjects.count == group.count)
            #expect(drawing.size == group.count && !drawing.isTruncated)
            let inside = world.words.filter { group.contains($0.edge.subject) }
            let holders = Dictionary(grouping: Set(inside.map(\.edge)), by: \.identifier)
            let expected = holders.filter { identifier, edges in
                Set(edges.map(\.subject)).count > 1 || edges.contains(Edge(subject, identifier))
            }
            #expect(Set(drawing.identifiers.map(\.identifier)) == Set(expected.keys))
            let shown = drawing.edges.map { drawn in
                Edge(
                    drawing.subjects[drawn.subject].subject, drawing.identifiers[drawn.identifier].identifier,
                    drawn.role)
            }
            #expect(Set(shown) == Set(expected.values.joined()) && shown.count == Set(shown).count)
            for (edge, drawn) in zip(shown, drawing.edges) {
                let words = inside.filter { $0.edge == edge }.map(\.evidence)
                #expect(drawn.members == Set(words.map(\.member)).count)
                #expect(drawn.firstDay == words.map(\.day).min() && drawn.lastDay == words.map(\.day).max())
            }
            for drawn in drawing.identifiers {
                #expect(drawn.isDemoted == reference.isDemoted(drawn.identifier))
                #expect(drawn.kind == reference.kind(drawn.identifier))
            }
            let marked = drawing.subjects.flatMap(\.marks)
            #expect(marked.count == Set(world.marks.filter { group.contains($0.subject) }.map(\.mark)).count)
        }
    }

    @Test("a picture keeps its limit, is the same in any order of arrival, and says what it leaves out")
    func bounded() {
        var random = SeededGenerator(seed: 4_800)
        print("seed", random.seed)
        for _ in 0..<40 {
            let world = SearchWorld.random(&random)
            var other = world
            other.words.shuffle(using: &random)
            let (graph, shuffled) = (world.graph(), other.graph())
            for subject in (0..<UInt32(world.subjects)).map(SubjectNumber.init) {
                let limit = Int.random(in: 1...25, using: &random)
                let drawing = graph.drawing(of: subject, limit: limit)
                #expect(drawing.subjects.count + drawing.identifiers.count <= limit)
                #expect(drawing == shuffled.drawing(of: subject, limit: limit))
                #expect(drawing.isTruncated || drawing.subjects.count == drawing.size)
            }
        }
    }
}
