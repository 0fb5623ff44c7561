import Decisions
import TestSupport
import Testing
import Vocabulary

/// What holds of every policy and every answer.
@Suite("Properties of decisions")
struct PropertyTests {
    private static let seed: UInt64 = 0xDEC1_5105

    private static let tests = [
        "exposure.others.openLenders >= 3", "exposure.others.openLenders >= 4", "exposure.own.openLoans < 2",
        "exposure.others.signedNotFunded told", "score >= 700", "confidence >= medium", "truncated", "status is found",
        "status in (unavailable, notEntitled)", "any signal with (severity >= 4 and not disputed)", "finding STK-GAP",
        "any signal with (effect protective)", "at least 2 signals with (reporters >= 2)", "any linkage with (demoted)",
    ]

    private func condition(_ generator: inout SeededGenerator, depth: Int = 0) -> String {
        switch depth < 3 ? Int.random(in: 0..<5, using: &generator) : 0 {
        case 1: return "not (\(condition(&generator, depth: depth + 1)))"
        case 2, 3:
            let joint = Bool.random(using: &generator) ? " and " : " or "
            let parts = (0..<Int.random(in: 2...3, using: &generator)).map { _ in
                "(\(condition(&generator, depth: depth + 1)))"
            }
            return parts.joined(separator: joint)
        default: return Self.tests[Int.random(in: 0..<Self.tests.count, using: &generator)]
        }
    }

    private func rule(_ number: Int, _ generator: inout SeededGenerator, action: String? = nil) -> String {
        let actions = ["accept", "review", "hold", "refuse", "refuse"]
        let action = action ?? actions[Int.random(in: 0..<actions.count, using: &generator)]
        let tail = Bool.random(using: &generator) ? " unknown review" : ""
        return "rule R\(number) \(action) when \(condition(&generator)) \(Samples.because("r\(number)"))\(tail)"
    }

    private func rules(_ generator: inout SeededGenerator) -> [String] {
        (0..<Int.random(in: 1...6, using: &generator)).map { rule($0, &generator) }
    }

    private func otherwise(_ generator: inout SeededGenerator) -> String {
        let outcomes = ["accept", "review", "refuse"]
        return "otherwise \(outcomes[Int.random(in: 0..<3, using: &generator)]) \(Samples.because("otherwise"))"
    }

    private func answer(_ generator: inout SeededGenerator) -> JSON {
        func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: 0..<values.count, using: &generator)] }
        let signals = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
            pick([true, false])
                ? Samples.marker
                : Samples.signal(
                    pick(["FRD-DOC", "CRD-OD-1"]),
                    [
                        "severity": .integer(pick([1, 4])), "dispute": pick(["none", "disputed"]),
                        "reporters": pick([.null, "1", "2"]),
                    ])
        }
        return Samples.answer(
            status: pick(["found", "found", "found", "noRecord", "unavailable", "notEntitled", "wrongPurpose", "odd"]),
            signals: signals,
            cells: [
                "exposure.others.openLenders": pick([.null, "0", "2", "3-4", "5-9", "10+"]),
                "exposure.own.openLoans": pick([nil, 0, 1, 2]),
                "exposure.others.signedNotFunded": pick([nil, .null, "0", "1"]),
            ],
            score: pick([.null, Samples.score(100, "high"), Samples.score(900, "low")]),
            findings: pick([[], [.object(["code": "STK-GAP"])]]),
            linkage: pick([[], [.object(["kind": "phone", "demoted": true])]]), isTruncated: pick([true, false]))
    }

    private func outcome(_ rules: [String], _ otherwise: String, on answer: JSON) throws -> Outcome {
        try Samples.policy(rules: rules.joined(separator: "\n"), otherwise: otherwise).decide(on: answer).outcome
    }

    @Test("adding a refusing rule never makes an outcome milder")
    func monotonic() throws {
        var generator = SeededGenerator(seed: Self.seed)
        var raised = 0
        for _ in 0..<300 {
            let (rules, otherwise, answer) = (rules(&generator), otherwise(&generator), answer(&generator))
            let more = rules + [rule(99, &generator, action: "refuse")]
            let before = try outcome(rules, otherwise, on: answer)
            let after = try outcome(more, otherwise, on: answer)
            #expect(after >= before, "seed \(generator.seed): \(more) \(otherwise) \(answer)")
            if after > before { raised += 1 }
        }
        #expect(raised > 15)
    }

    @Test("a hold never lets a refusal through, and adding one never refuses")
    func held() throws {
        var generator = SeededGenerator(seed: Self.seed + 1)
        for _ in 0..<300 {
            let rules = rules(&generator) + ["rule H hold when status is found \(Samples.because("hh"))"]
            let (otherwise, answer) = (otherwise(&generator), answer(&generator))
            guard answer["status"] == "found" else { continue }
            #expect(try outcome(rules, otherwise, on: answer) == .review, "seed \(generator.seed)")
        }
    }

    @Test("the order of the rules changes no outcome, and only the order of what is told")
    func order() throws {
        var generator = SeededGenerator(seed: Self.seed + 2)
        for _ in 0..<200 {
            let (rules, otherwise, answer) = (rules(&generator), otherwise(&generator), answer(&generator))
            let mixed = rules.shuffled(using: &generator)
            let one = try Samples.policy(rules: rules.joined(separator: "\n"), otherwise: otherwise).decide(on: answer)
            let two = try Samples.policy(rules: mixed.joined(separator: "\n"), otherwise: otherwise).decide(on: answer)
            #expect(one.outcome == two.outcome, "seed \(generator.seed): \(rules) \(answer)")
            #expect(Set(one.fired) == Set(two.fired) && Set(one.undecided) == Set(two.undecided))
        }
    }

    @Test("an answer without information is accepted by a rule about the status alone")
    func silence() throws {
        var generator = SeededGenerator(seed: Self.seed + 3)
        var accepted = 0
        for _ in 0..<300 {
            let (rules, otherwise, answer) = (rules(&generator), otherwise(&generator), answer(&generator))
            let policy = try Samples.policy(rules: rules.joined(separator: "\n"), otherwise: otherwise)
            let decision = policy.decide(on: answer)
            guard !["found", "noRecord"].contains(decision.status), decision.outcome == .accept else { continue }
            accepted += 1
            let terms = decision.fired.flatMap(\.facts).map(\.term)
            #expect(Set(terms) == ["status"], "seed \(generator.seed): \(rules) \(answer)")
        }
        #expect(accepted > 0)
    }

    @Test("telling a banded value exactly settles a rule or leaves it, and never turns it round")
    func precision() throws {
        let bands: [(String, ClosedRange<Int64>)] = [
            ("0", 0...0), ("2", 2...2), ("3-4", 3...4), ("5-9", 5...9), ("10+", 10...40),
        ]
        for comparison in [">=", ">", "<=", "<", "=="] {
            for threshold in 0...12 {
                let policy = try Samples.policy(when: "exposure.others.openLenders \(comparison) \(threshold)")
                for (text, range) in bands {
                    let told = policy.decide(on: Samples.answer(cells: ["exposure.others.openLenders": .string(text)]))
                    guard told.undecided.isEmpty else { continue }
                    for exact in range {
                        let cells: KeyValuePairs<String, JSON?> = ["exposure.others.openLenders": "\(exact)".json]
                        #expect(policy.decide(on: Samples.answer(cells: cells)).outcome == told.outcome)
                    }
                }
            }
        }
    }

    @Test("broken texts are refused or taken, and never stop the reader")
    func mutations() throws {
        var generator = SeededGenerator(seed: Self.seed + 4)
        let original = DecisionPolicy.shippedText
        let terms = PolicyTerms(cells: Lexicon(contains: { _ in true }, nearest: { _ in nil }))
        var refused = 0
        for _ in 0..<100 {
            var bytes = original
            for _ in 0...Int.random(in: 0..<3, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes.remove(at: place)
                case 1: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                default: bytes.removeSubrange(place..<min(bytes.count, place + 40))
                }
            }
            do throws(PolicyFailure) {
                _ = try DecisionPolicy(parsing: bytes, terms: terms, hash: Samples.hash)
            } catch {
                refused += 1
                #expect((1...20).contains(error.problems.count), "seed \(generator.seed)")
                #expect(error.problems.map(\.place) == error.problems.map(\.place).sorted())
            }
        }
        #expect(refused > 60)
    }
}
