import Linkage
import TestSupport
import Testing
import Vocabulary

/// The graph against its definition, after every step.
@Suite("The graph is its definition")
struct GraphModelTests {
    @Test("after each step of a random sequence all is as the definition says", arguments: 1...8, [true, false])
    func sequence(seed: Int, needsCorroboration: Bool) {
        var sequence = GraphSequence(seed: UInt64(seed), needsCorroboration: needsCorroboration)
        for number in 1...100 {
            let step = sequence.step()
            expectEqual(
                sequence.graph, sequence.reference,
                "seed \(seed), corroboration \(needsCorroboration), step \(number): \(step)")
            #expect(sequence.told == sequence.graph.rings, "seed \(seed), step \(number): replayed names")
        }
    }

    @Test("a rebuild in any order is the same, and bound to the told names goes on the same", arguments: 1...16)
    func rebuild(seed: Int) {
        var sequence = GraphSequence(seed: 1000 + UInt64(seed), needsCorroboration: seed.isMultiple(of: 2))
        for _ in 0..<120 { _ = sequence.step() }
        var shuffle = SeededGenerator(seed: UInt64(seed))
        var rebuilt = sequence.reference.rebuilt { $0.shuffle(using: &shuffle) }
        #expect(rebuilt.digest() == sequence.graph.digest(), "seed \(seed)")
        rebuilt.bind(sequence.told)
        #expect(rebuilt.takeEvents() == [], "seed \(seed): nothing to tell after a rebuild")
        var other = sequence
        other.bind(rebuilt)
        for number in 1...80 {
            let (left, right) = (sequence.step(), other.step())
            #expect(left == right)
            #expect(sequence.graph.digest() == other.graph.digest(), "seed \(seed), step \(number): \(left)")
            #expect(sequence.graph.rings == other.graph.rings, "seed \(seed), step \(number): \(left)")
        }
        let withoutBursts = { (events: [LinkageEvent]) in
            events.filter { if case .hubBurst = $0 { false } else { true } }
        }
        #expect(withoutBursts(sequence.events) == withoutBursts(other.events), "seed \(seed)")
    }

    @Test("another policy gives the same state as building under it", arguments: 1...10)
    func change(seed: Int) {
        var sequence = GraphSequence(seed: 2000 + UInt64(seed), needsCorroboration: true)
        for _ in 0..<120 { _ = sequence.step() }
        var rules = sequence.reference.rules
        rules.needsCorroboration = seed.isMultiple(of: 2)
        rules[.phone].cap = 2
        rules[.address].union = true
        rules[.device].days = 8
        sequence.change(rules: rules)
        expectEqual(sequence.graph, sequence.reference, "seed \(seed)")
        #expect(sequence.told == sequence.graph.rings, "seed \(seed)")
        for number in 1...40 {
            let step = sequence.step()
            expectEqual(sequence.graph, sequence.reference, "seed \(seed), step \(number): \(step)")
        }
    }

    @Test("what was inserted and retracted leaves no trace", arguments: [true, false])
    func retract(needsCorroboration: Bool) {
        var sequence = GraphSequence(seed: 7, needsCorroboration: needsCorroboration)
        for _ in 0..<200 { _ = sequence.step() }
        var graph = sequence.graph
        var random = SeededGenerator(seed: 8)
        var added: [(Edge, UInt32)] = []
        for index in 0..<300 {
            let edge = Edge(
                SubjectNumber(.random(in: 0..<11, using: &random)),
                IdentifierNumber(.random(in: 0..<12, using: &random)))
            let word = Evidence(caseNumber: 5_000_000 + UInt32(index), member: UInt16(index % 4), day: graph.today)
            graph.add(edge, word)
            added.append((edge, word.caseNumber))
        }
        #expect(graph.digest() != sequence.graph.digest())
        for (edge, caseNumber) in added.shuffled(using: &random) { graph.remove(edge, caseNumber: caseNumber) }
        #expect(graph.digest() == sequence.graph.digest())
    }
}
