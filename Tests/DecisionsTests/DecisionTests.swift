import Decisions
import Testing
import Vocabulary

/// What rules do with an answer.
@Suite("Decisions")
struct DecisionTests {
    private func outcome(when condition: String, on answer: JSON) throws -> Outcome {
        try Samples.policy(when: condition).decide(on: answer).outcome
    }

    /// Whether a condition is true, false or left open by an answer.
    private func truth(_ condition: String, on answer: JSON) throws -> Bool? {
        let decision = try Samples.policy(when: condition).decide(on: answer)
        #expect((decision.outcome == .refuse) == !decision.fired.isEmpty)
        #expect(decision.fired.count + decision.undecided.count <= 1)
        return decision.undecided.isEmpty ? !decision.fired.isEmpty : nil
    }

    @Test(
        "cells told in bands, exactly, or not at all",
        arguments: [
            ("exposure.others.openLenders >= 3", "3-4", true), ("exposure.others.openLenders >= 4", "3-4", nil),
            ("exposure.others.openLenders >= 5", "3-4", false), ("exposure.others.openLenders >= 4", "4", true),
            ("exposure.others.openLenders >= 20", "10+", nil), ("exposure.others.openLenders >= 1", "soon", nil),
            ("not exposure.others.openLenders >= 5", "3-4", true), ("exposure.others.openLenders told", "soon", true),
            ("not exposure.others.openLenders >= 4", "3-4", nil), ("exposure.others.openLenders < 3", "2", true),
        ] as [(String, String, Bool?)])
    func cells(_ condition: String, _ told: String, _ expected: Bool?) throws {
        let answer = Samples.answer(cells: ["exposure.others.openLenders": .string(told)])
        #expect(try truth(condition, on: answer) == expected)
    }

    @Test("a cell that is null, missing, or without statistics is open, and not told")
    func untold() throws {
        let name = "exposure.others.openLenders"
        let null = Samples.answer(cells: ["exposure.others.openLenders": .null])
        let bare = JSON.object(["status": "found", "signals": []])
        for answer in [null, Samples.answer(), bare] {
            #expect(try truth("\(name) >= 1", on: answer) == nil)
            #expect(try truth("not \(name) >= 1", on: answer) == nil)
            #expect(try truth("\(name) told", on: answer) == false)
        }
        #expect(try truth("truncated", on: bare) == nil && truth("any finding", on: bare) == nil)
    }

    @Test(
        "a signal's fields",
        arguments: [
            ("code is FRD-DOC", true), ("code FRD-ABET", false), ("code in (FRD-ABET, FRD-DOC)", true),
            ("family FRD", true), ("family CRD", false), ("family FR", false), ("effect adverse", true),
            ("severity >= 4", true), ("severity > 4", false), ("severity == 4", true), ("evidence >= E3", true),
            ("evidence > E3", false), ("evidence is E3", true), ("age < 90d", true), ("age < 30d", false),
            ("age < 60", nil), ("reporters >= 2", true), ("reporters >= 3", false), ("own", false), ("not own", true),
            ("disputed", false), ("dispute is none", true), ("dispute rejected", false),
            ("reliability >= medium", true),
            ("reliability is high", false), ("match exact", true), ("match possible", false),
            ("role perpetrator", true), ("kind phone", true), ("kind in (card, device)", false),
            ("newerThanCheckpoint", false),
        ] as [(String, Bool?)])
    func fields(_ condition: String, _ expected: Bool?) throws {
        let answer = Samples.answer(signals: [Samples.signal()])
        #expect(try truth("any signal with (\(condition))", on: answer) == expected)
    }

    @Test("a marker has neither severity nor family of its own: comparisons with it are false, not open")
    func markers() throws {
        let answer = Samples.answer(signals: [Samples.marker])
        #expect(try truth("any signal with (severity >= 1)", on: answer) == false)
        #expect(try truth("any signal with (severity < 9)", on: answer) == false)
        #expect(try truth("any signal with (not severity >= 1)", on: answer) == true)
        #expect(try truth("any signal with (effect protective)", on: answer) == true)
    }

    @Test("a family is all that stands before the first hyphen")
    func family() throws {
        let answer = Samples.answer(signals: [Samples.signal("FRDX-A-B"), Samples.signal("PLAIN")])
        #expect(try truth("any signal with (family in (FRDX))", on: answer) == true)
        #expect(try truth("any signal with (family is PLAIN)", on: answer) == true)
        #expect(try truth("any signal with (family in (FRD, FRDX-A, PLAI, A, B))", on: answer) == false)
    }

    @Test(
        "a field that was not told is open", arguments: ["reporters", "age", "dispute", "reliability", "match", "own"])
    func withheld(_ name: String) throws {
        let conditions = [
            "reporters": "reporters >= 1", "age": "age >= 0", "dispute": "not disputed",
            "reliability": "reliability >= low", "match": "match exact", "own": "own",
        ]
        let condition = try #require(conditions[name])
        for value in [JSON.null, nil] as [JSON?] {
            let answer = Samples.answer(signals: [Samples.signal("FRD-DOC", [name: value])])
            #expect(try truth("any signal with (\(condition))", on: answer) == nil)
        }
    }

    @Test("quantifiers count signals that are sure, and stay open while others may be")
    func quantifiers() throws {
        let sure = Samples.signal(), open = Samples.signal("FRD-ABET", ["reporters": .null])
        let few = Samples.signal("CRD-OD-1", ["reporters": "0"])
        let test = { (count: Int) in "at least \(count) signals with (reporters >= 2)" }
        let answer = Samples.answer(signals: [sure, open, few])
        #expect(try truth(test(1), on: answer) == true && truth(test(2), on: answer) == nil)
        #expect(try truth(test(3), on: answer) == false)
        #expect(try truth("any signal", on: answer) == true && truth("at least 4 signals", on: answer) == false)
        #expect(try truth("any signal", on: Samples.answer()) == false)
        #expect(try truth("any linkage", on: answer) == false && truth("not any finding", on: answer) == true)
    }

    @Test("score and confidence")
    func score() throws {
        let answer = Samples.answer(score: Samples.score(700, "medium"))
        #expect(try truth("score >= 700 and confidence >= medium", on: answer) == true)
        #expect(try truth("score > 700", on: answer) == false && truth("confidence > medium", on: answer) == false)
        #expect(try truth("confidence is medium", on: answer) == true)
        let without = Samples.answer()
        #expect(try truth("score >= 0", on: without) == nil && truth("confidence >= low", on: without) == nil)
        let odd = Samples.answer(score: Samples.score(1, "certain"))
        #expect(try truth("confidence >= low", on: odd) == nil)
    }

    @Test("findings and linkage")
    func lists() throws {
        let finding: JSON = .object(["code": "STK-GAP", "effect": "adverse", "value": "1"])
        let line: JSON = .object([
            "kind": "phone", "otherSubjects": "3-4", "members": .null, "since": "30-90d", "demoted": false,
        ])
        let answer = Samples.answer(findings: [finding], linkage: [line])
        #expect(try truth("finding STK-GAP", on: answer) == true && truth("finding is STK-BURST", on: answer) == false)
        #expect(try truth("any finding with (effect adverse and code in (STK-GAP))", on: answer) == true)
        #expect(try truth("any linkage with (kind phone and otherSubjects >= 3)", on: answer) == true)
        #expect(try truth("any linkage with (kind phone and members >= 2)", on: answer) == nil)
        #expect(try truth("any linkage with (kind device and members >= 2)", on: answer) == false)
        #expect(try truth("any linkage with (demoted or since < 30d)", on: answer) == false)
        #expect(try truth("truncated", on: Samples.answer(isTruncated: true)) == true)
    }

    @Test("all rules are asked, the most severe outcome stands, every rule that is true is told with its facts")
    func severity() throws {
        let rules = """
            rule A accept when any signal \(Samples.because("aa"))
            rule B review when exposure.others.signedNotFunded >= 1 \(Samples.because("bb"))
            rule C refuse when any signal with (family FRD) \(Samples.because("cc"))
            rule D refuse when score >= 10 \(Samples.because("dd"))
            """
        let answer = Samples.answer(signals: [Samples.signal()], cells: ["exposure.others.signedNotFunded": "1"])
        let decision = try Samples.policy(rules: rules).decide(on: answer)
        #expect(decision.outcome == .refuse && decision.reasons.map(\.code) == ["cc"])
        #expect(decision.fired.map(\.rule) == ["A", "B", "C"] && decision.undecided.map(\.rule) == ["D"])
        #expect(decision.fired[1].facts.map(\.term) == ["exposure.others.signedNotFunded"])
        #expect(decision.fired[2].facts.map(\.reference) == ["ref-FRD-DOC"])
        #expect(decision.undecided[0].facts.map(\.term) == ["score"])
    }

    @Test("at most four reasons, in the order of the rules, each once")
    func reasons() throws {
        let codes = ["ee", "dd", "dd", "cc", "bb", "aa"]
        let rules = codes.enumerated().map { "rule R\($0) refuse when not truncated \(Samples.because($1))" }
        let decision = try Samples.policy(rules: rules.joined(separator: "\n")).decide(on: Samples.answer())
        #expect(decision.reasons.map(\.code) == ["ee", "dd", "cc", "bb"] && decision.fired.count == 6)
    }

    @Test("a rule left open does nothing, unless it says so; its own reason is then not given")
    func unknown() throws {
        let rule = "rule A refuse when score >= 700 \(Samples.because("aa"))"
        let silent = try Samples.policy(rules: rule).decide(on: Samples.answer())
        #expect(silent.outcome == .accept && silent.undecided.map(\.isReviewed) == [false])
        let heard = try Samples.policy(rules: rule + " unknown review").decide(on: Samples.answer())
        #expect(heard.outcome == .review && heard.reasons.map(\.code) == ["incomplete-information"])
        #expect(heard.undecided.map(\.isReviewed) == [true] && heard.fired.isEmpty)
    }

    @Test("a hold turns a refusal into a review, whoever refuses, and the refusing rule is told as held")
    func hold() throws {
        let rules = """
            rule A refuse when any signal with (family FRD) \(Samples.because("aa"))
            rule B hold when any signal with (effect protective) \(Samples.because("bb"))
            """
        let policy = try Samples.policy(rules: rules)
        let both = policy.decide(on: Samples.answer(signals: [Samples.signal(), Samples.marker]))
        #expect(both.outcome == .review && both.reasons.map(\.code) == ["bb"])
        #expect(both.fired.map(\.isHeld) == [true, false])
        #expect(policy.decide(on: Samples.answer(signals: [Samples.signal()])).outcome == .refuse)
        #expect(policy.decide(on: Samples.answer(signals: [Samples.marker])).outcome == .review)
    }

    @Test("otherwise gives its own reason")
    func otherwise() throws {
        let accept = "rule A accept when score < 100 \(Samples.because("aa"))"
        let policy = try Samples.policy(rules: accept, otherwise: "otherwise refuse \(Samples.because("zz"))")
        #expect(policy.decide(on: Samples.answer()).reasons.map(\.code) == ["zz"])
        let low = policy.decide(on: Samples.answer(score: Samples.score(1, "low")))
        #expect(low.outcome == .accept && low.reasons.map(\.code) == ["aa"])
    }
}
