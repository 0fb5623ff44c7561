import ArgumentParser
import Decisions
import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import counterfoil

@Suite("Decision policies on the command line")
struct DecisionsCommandTests {
    static func reading(_ text: String, _ options: [String] = []) throws -> PolicyReading {
        try PolicyReading(Array(text.utf8), named: "my.policy", terms: try TermsOptions.parse(options))
    }

    static let stricter = """
        policy "stricter" version 2
        rule LENDERS refuse
          when exposure.others.openLenders >= 3
          because "several-lenders" en "Several lenders." zh "多家机构。"
        otherwise accept

        """

    @Test("the policy that ships is without fault under the consortium's own names")
    func shipped() throws {
        let text = String(decoding: DecisionPolicy.shippedText, as: UTF8.self)
        let reading = try Self.reading(text, ["--policy", Checkout.file("schemas/policy").path])
        #expect(reading.policy != nil && reading.lines.isEmpty)
        #expect(reading.json["valid"] == true && reading.json["errors"] == [])
    }

    @Test("every fault is told by line and column, with the nearest name")
    func faults() throws {
        let text = Self.stricter.replacing("openLenders", with: "openLender").replacing("accept", with: "maybe")
        let reading = try Self.reading(text)
        #expect(reading.policy == nil && reading.lines.count == 2)
        #expect(reading.lines[0].hasPrefix("my.policy:3:8: error: ") && reading.lines[0].contains("openLenders"))
        #expect(reading.lines[1].hasPrefix("my.policy:5:11: error: "))
        #expect(reading.json["errors"]?.array?[0]["line"] == 3 && reading.json["valid"] == false)
    }

    @Test("a statistic that no answer of the profile tells is warned of, not refused")
    func profile() throws {
        let text = Self.stricter.replacing(
            "exposure.others.openLenders >= 3", with: "application.others.subject.all.1h.count >= 3")
        let reading = try Self.reading(text, ["--profile", "summary"])
        #expect(reading.policy != nil && reading.lines.contains { $0.contains("profile summary do not tell") })
        #expect(try Self.reading(text).lines.allSatisfy { !$0.contains("profile") })
        let untold = Self.stricter.replacing(
            "exposure.others.openLenders >= 3", with: "cured.own.subject.weekend.15d.count >= 3")
        #expect(try Self.reading(untold).lines.contains { $0.contains("profile full do not tell") })
    }

    @Test("a code that the consortium does not have is refused where its policy is named")
    func codes() throws {
        let text = Self.stricter.replacing(
            "exposure.others.openLenders >= 3", with: "any signal with (code FRD-NOWHERE)")
        #expect(try Self.reading(text).policy != nil)
        #expect(try Self.reading(text, ["--policy", Checkout.file("schemas/policy").path]).policy == nil)
    }

    @Test("a candidate over answers of a file is compared with the active one")
    func dryRun() throws {
        let active = try #require(
            try Self.reading(Self.stricter.replacing("refuse\n", with: "review\n")).policy)
        let candidate = try #require(try Self.reading(Self.stricter).policy)
        func answer(_ id: String, _ lenders: String) -> String {
            #"{"check":"\#(id)","status":"found","statistics":{"cells":{"exposure.others.openLenders":"\#(lenders)"}}}"#
        }
        let lines = [answer("a", "0"), #"{"answer":\#(answer("b", "5-9"))}"#, answer("c", "1")].joined(separator: "\n")
        let changes = try LocalDryRun.run(active, candidate, over: Array((lines + "\r\n\n").utf8))
        #expect(changes.total == 3 && changes.changed == 1)
        #expect(changes[.review, .refuse].examples == ["b"] && changes[.accept, .accept].count == 2)
        // The gateway's JSON of the same is shown as the same table.
        let text = DecisionsText.changes(changes.json)
        #expect(text.contains("review -> refuse: 1") && text.contains("3 answers, 1 decided otherwise"))
        #expect(text.contains("such as b") && text.contains("1 several-lenders"))
    }

    @Test("a line that is no answer is refused by its number")
    func malformedAnswers() throws {
        let policy = try #require(try Self.reading(Self.stricter).policy)
        let problem = #expect(throws: Problem.self) {
            try LocalDryRun.run(policy, policy, over: Array("{}\n{\n".utf8))
        }
        #expect(problem?.detail.contains("Line 2") == true)
    }

    @Test(
        "half an order is a usage error",
        arguments: [
            [], ["a", "--against", "b"], ["a", "--answers", "0"], ["a", "--profile", "everything"],
        ])
    func refused(arguments: [String]) {
        #expect(throws: (any Error).self) { try DecisionsDryRun.parse(arguments) }
    }
}
