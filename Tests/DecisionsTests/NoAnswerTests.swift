import Decisions
import Testing
import Vocabulary

/// An answer that says nothing about the person is no good news.
@Suite("Answers that say nothing")
struct NoAnswerTests {
    static let silent = ["notEnoughIdentifiers", "notEntitled", "wrongPurpose", "unavailable"]

    @Test("otherwise never accepts silently", arguments: silent + ["", "FOUND", "found ", "later"])
    func review(_ status: String) throws {
        let rules = "rule A refuse when score >= 700 \(Samples.because("aa")) unknown review"
        let decision = try Samples.policy(rules: rules).decide(on: Samples.answer(status: status))
        #expect(decision.outcome == .review && decision.reasons == [DecisionPolicy.noAnswerReason])
        #expect(decision.status == (Self.silent.contains(status) ? status : nil))
    }

    @Test(
        "what such an answer shows is not believed: all but its status stays open",
        arguments: [
            "not any signal", "not truncated", "score < 700", "not any linkage", "exposure.own.openLoans >= 1",
            "not exposure.others.openLenders told", "confidence is high", "not finding STK-GAP",
        ])
    func open(_ condition: String) throws {
        let answer = Samples.answer(
            status: "unavailable", cells: ["exposure.own.openLoans": 3], score: Samples.score(1, "high"))
        let policy = try Samples.policy(rules: "rule A accept when \(condition)")
        #expect(policy.decide(on: answer).outcome == .review)
        #expect(policy.decide(on: answer).undecided.map(\.rule) == ["A"])
    }

    @Test("a rule that asks for the status decides, even where others are open")
    func status() throws {
        let rules = """
            rule AWAY accept when status in (unavailable, notEntitled)
            rule POOR refuse when status is notEnoughIdentifiers \(Samples.because("poor"))
            rule SCORE refuse when score >= 700 \(Samples.because("score")) unknown review
            """
        let policy = try Samples.policy(rules: rules)
        let outcomes = Self.silent.map { policy.decide(on: Samples.answer(status: $0)).outcome }
        #expect(outcomes == [.refuse, .accept, .review, .accept])
        #expect(policy.decide(on: Samples.answer()).outcome == .review)
    }

    @Test(
        "a document that is no answer goes to review, whatever is said of statuses",
        arguments: [
            JSON.null, 7, "found", [], .object([]), .object(["status": 1]), .object(["status": .null]),
            .object(["status": "unknown"]), .object(["statuses": "found"]),
        ])
    func nonsense(_ answer: JSON) throws {
        let rules = "rule A accept when not status is unavailable or status is found or truncated"
        #expect(try Samples.policy(rules: rules).decide(on: answer).outcome == .review)
    }

    @Test("no record is an answer: otherwise applies")
    func noRecord() throws {
        let policy = try Samples.policy(when: "status is found")
        #expect(policy.decide(on: Samples.answer(status: "noRecord")).outcome == .accept)
        #expect(policy.decide(on: Samples.answer()).outcome == .refuse)
    }
}
