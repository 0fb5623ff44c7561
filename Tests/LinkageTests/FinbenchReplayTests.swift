import Linkage
import TestSupport
import Testing
import Vocabulary

/// A stream of inserts and deletes that others made, against a graph built of nothing but what is left.
@Suite("FinBench stream", .enabled(if: Vectors.isPresent, Comment(rawValue: Vectors.note)))
struct FinbenchReplayTests {
    /// Caps so low that media are demoted and promoted, and days so few that facts expire on the way.
    private static func rules(needsCorroboration: Bool) -> LinkageRules {
        func kind(cap: Int, days: Int? = nil) -> KindRule {
            KindRule(weight: 1, cap: cap, union: true, forward: true, corroborates: true, days: days)
        }
        return LinkageRules(
            kinds: [.nationalID: kind(cap: 50), .card: kind(cap: 3), .device: kind(cap: 6, days: 14)],
            roles: [
                .own: RoleRule(weight: 1, union: true, forward: true), .guarantor: RoleRule(weight: 0.5, forward: true),
            ], needsCorroboration: needsCorroboration)
    }

    /// Every hundredth step; in a debug build, which is fifty times slower, from some point on every three thousandth.
    private static func isCompared(_ step: Int, of count: Int) -> Bool {
        #if DEBUG
            step.isMultiple(of: step <= 2000 ? 100 : 3000) || step == count
        #else
            step.isMultiple(of: 100) || step == count
        #endif
    }

    @Test("at every hundredth step the replayed graph equals one built of what is left", arguments: [false, true])
    func replay(needsCorroboration: Bool) throws {
        let stream = try FinbenchStream()
        var random = SeededGenerator(seed: 4)
        var replay = FinbenchReplay(stream, Self.rules(needsCorroboration: needsCorroboration))
        for step in 1...stream.lines.count {
            replay.play(stream.lines[step - 1])
            guard Self.isCompared(step, of: stream.lines.count) else { continue }
            try #require(
                replay.graph.digest() == replay.rebuilt(&random).digest(),
                "after step \(step), seed \(random.seed)")
        }
        #expect(stream.lines.count == 28_089)
        #expect(replay.deletedFacts > 300)
        #expect(replay.eventsOfHubs > 20)
    }

    @Test("a fact more or less makes another digest")
    func digestTells() throws {
        let stream = try FinbenchStream()
        var replay = FinbenchReplay(stream, Self.rules(needsCorroboration: false))
        for line in stream.lines.prefix(1000) { replay.play(line) }
        let whole = replay.graph.digest()
        let fact = try #require(replay.liveFacts.last)
        replay.graph.remove(fact.edge, caseNumber: fact.evidence.caseNumber)
        #expect(replay.graph.digest() != whole)
        replay.graph.add(fact.edge, fact.evidence)
        #expect(replay.graph.digest() == whole)
    }
}

/// The graph as the stream goes on, and beside it the facts that nothing has deleted.
private struct FinbenchReplay {
    private let stream: FinbenchStream
    private let rules: LinkageRules
    var graph: Graph
    private(set) var deletedFacts = 0
    private(set) var eventsOfHubs = 0
    /// By subject, so that an account's are found.
    private var facts: [[FinbenchStream.Fact]] = []

    init(_ stream: FinbenchStream, _ rules: LinkageRules) {
        (self.stream, self.rules) = (stream, rules)
        graph = Graph(rules: rules)
    }

    var liveFacts: [FinbenchStream.Fact] { facts.flatMap { $0 } }

    mutating func play(_ line: FinbenchStream.Line) {
        Self.grow(&graph, subjects: line.subjectCount, identifiers: stream.kinds.prefix(line.identifierCount))
        while facts.count < line.subjectCount { facts.append([]) }
        if graph.today < line.day { graph.advance(to: line.day) }
        switch line.step {
        case .insert(let inserted):
            for fact in inserted {
                graph.add(fact.edge, fact.evidence)
                facts[Int(fact.edge.subject.rawValue)].append(fact)
            }
        case .delete(let account):
            let gone = facts[Int(account.rawValue)]
            facts[Int(account.rawValue)] = []
            for fact in gone { graph.remove(fact.edge, caseNumber: fact.evidence.caseNumber) }
            deletedFacts += gone.count
        }
        for event in graph.takeEvents() {
            if case .demoted = event { eventsOfHubs += 1 }
            if case .promoted = event { eventsOfHubs += 1 }
        }
    }

    /// From the facts left, in any order.
    func rebuilt(_ random: inout SeededGenerator) -> Graph {
        var graph = Graph(rules: rules)
        let identifiers = stream.kinds.prefix(self.graph.identifierCount)
        Self.grow(&graph, subjects: self.graph.subjectCount, identifiers: identifiers)
        graph.advance(to: self.graph.today)
        for fact in liveFacts.shuffled(using: &random) { graph.add(fact.edge, fact.evidence) }
        return graph
    }

    private static func grow(_ graph: inout Graph, subjects: Int, identifiers: ArraySlice<IdentifierKind>) {
        while graph.subjectCount < subjects { graph.addSubject() }
        for kind in identifiers.dropFirst(graph.identifierCount) { graph.addIdentifier(kind) }
    }
}
