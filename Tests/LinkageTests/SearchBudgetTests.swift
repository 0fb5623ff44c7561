import Linkage
import TestSupport
import Testing
import Vocabulary

@Suite("Search: budgets and hubs")
struct SearchBudgetTests {
    private static let fraud = MarkStanding.confirmed(family: 1, weight: 5)

    @Test("a demoted identifier in the question is listed with its sharing and not followed")
    func demoted() {
        var world = SearchWorld()
        let device = world.identifier(.device)
        let applicant = world.subject()
        world.tie(applicant, device, by: 1, 2)
        for _ in 0..<20 {
            let other = world.subject()
            world.tie(other, device, by: 2, 3)
            world.mark(other, Self.fraud)
        }
        let question = Question(subject: applicant, identifiers: [device])
        let result = world.graph().search(question, standing: world.standing)
        #expect(result.demotedKinds == [.device])
        #expect(
            result.sharing == [
                SharingDegree(identifier: device, kind: .device, subjects: 20, isDemoted: true)
            ])
        #expect(result.nearest == nil && result.edgesFollowed == 0 && !result.isTruncated)
        // One subject fewer, and it is under the cap again.
        var graph = world.graph()
        for word in world.words where word.edge.subject == SubjectNumber(5) {
            graph.remove(word.edge, caseNumber: word.evidence.caseNumber)
        }
        #expect(graph.search(question, standing: world.standing).nearest?.hops == 1)
    }

    @Test("truncated exactly where an edge was left unseen; what is told is then part of the whole", arguments: 0..<4)
    func edges(part: UInt64) {
        var random = SeededGenerator(seed: 4_300 + part)
        print("seed", random.seed)
        for _ in 0..<40 {
            let world = SearchWorld.random(&random)
            var question = world.question(&random)
            let graph = world.graph()
            let whole = graph.search(question, standing: world.standing)
            question.budget.edges = whole.edgesFollowed
            #expect(graph.search(question, standing: world.standing) == whole)
            for edges in 0..<min(30, whole.edgesFollowed) {
                question.budget.edges = edges
                let part = graph.search(question, standing: world.standing)
                #expect(part.isTruncated && part.edgesFollowed <= edges)
                expectPart(part, of: whole)
            }
        }
    }

    @Test("so with the rows read; none at all still follows what is asked", arguments: 0..<4)
    func reads(part: UInt64) {
        var random = SeededGenerator(seed: 4_400 + part)
        print("seed", random.seed)
        for _ in 0..<40 {
            let world = SearchWorld.random(&random)
            var question = world.question(&random)
            let graph = world.graph()
            let whole = graph.search(question, standing: world.standing)
            for reads in 0..<20 {
                question.budget.reads = reads
                let part = graph.search(question, standing: world.standing)
                if part.isTruncated { expectPart(part, of: whole) } else { #expect(part == whole) }
            }
        }
    }

    @Test("what a budget leaves out does not depend on the order of arrival", arguments: 0..<4)
    func canonical(part: UInt64) {
        var random = SeededGenerator(seed: 4_500 + part)
        print("seed", random.seed)
        for _ in 0..<40 {
            let world = SearchWorld.random(&random)
            var other = world
            other.words.shuffle(using: &random)
            other.marks.shuffle(using: &random)
            let (graph, shuffled) = (world.graph(), other.graph())
            for _ in 0..<10 {
                var question = world.question(&random)
                question.budget.edges = .random(in: 0...12, using: &random)
                question.budget.reads = .random(in: 0...30, using: &random)
                var one = graph.search(question, standing: world.standing)
                var two = shuffled.search(question, standing: world.standing)
                // Which subject stands for a ring may turn on the ring's number: a fact of its own.
                (one.ringSubject, two.ringSubject) = (nil, nil)
                #expect(one == two)
            }
        }
    }

    @Test("identifiers that one subject alone has cost no edge, however many a member made up for it")
    func madeUp() {
        var world = SearchWorld()
        let applicant = world.subject()
        for _ in 0..<5_000 { world.tie(applicant, world.identifier(.card), by: 1) }
        world.mark(world.neighbour(of: applicant, over: .phone), Self.fraud)
        let question = Question(subject: applicant, identifiers: [])
        let result = world.graph().search(question, standing: world.standing)
        #expect(result.nearest?.hops == 1 && result.edgesFollowed == 1 && !result.isTruncated)
    }

    private func expectPart(_ part: SearchResult, of whole: SearchResult) {
        #expect(part.subjectsReached.reduce(0, +) <= whole.subjectsReached.reduce(0, +))
        for report in part.reports {
            let same = whole.reports.first { $0.mark.caseNumber == report.mark.caseNumber }
            #expect(same.map { $0.hops <= report.hops } == true)
        }
        #expect(part.sharing == whole.sharing)
        if let nearest = part.nearest { #expect((whole.nearest?.hops ?? .max) <= nearest.hops) }
    }
}
