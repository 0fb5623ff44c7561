import Decisions
import TestSupport
import Testing
import Vocabulary

/// The policy that ships, on answers written by hand.
@Suite("The default policy")
struct DefaultPolicyTests {
    private let policy: DecisionPolicy

    init() throws {
        policy = try DecisionPolicy(parsing: DecisionPolicy.shippedText, terms: Samples.terms, hash: Samples.hash)
    }

    private func decision(
        signals: [JSON] = [], cells: KeyValuePairs<String, JSON?> = [:], score: JSON = .null, linkage: [JSON] = [],
        isTruncated: Bool = false
    ) -> Decision {
        policy.decide(
            on: Samples.answer(signals: signals, cells: cells, score: score, linkage: linkage, isTruncated: isTruncated)
        )
    }

    @Test("the file in schemas/ is the one compiled in, and it is read without a warning")
    func file() throws {
        #expect(try Checkout.bytes("schemas/decisions/default.policy") == DecisionPolicy.shippedText)
        #expect(policy.name == "counterfoil default" && policy.version == 1 && policy.warnings.isEmpty)
        #expect(policy.digest == Samples.hash(DecisionPolicy.shippedText))
    }

    @Test("its cells are such as the summary profile has")
    func cells() {
        let groups = ["exposure", "stacking", "identity"]
        #expect(
            policy.cells.filter { !groups.contains(String($0.prefix { $0 != "." })) }.sorted() == [
                "committed.others.subject.all.24h.members", "committed.others.subject.all.7d.members",
            ])
    }

    @Test("nothing known is accepted, whether told as zeros or not at all")
    func clean() {
        #expect(decision().outcome == .accept && decision().reasons.isEmpty)
        let zeros = decision(
            cells: [
                "exposure.others.openLenders": "0", "exposure.others.signedNotFunded": "0",
                "exposure.others.overdueLoans": "0", "exposure.own.overdueLoans": 0,
            ], score: Samples.score(120, "medium"))
        #expect(zeros.outcome == .accept)
        #expect(policy.decide(on: Samples.answer(status: "noRecord")).outcome == .accept)
    }

    @Test("documented fraud is refused, with its reason in both languages")
    func fraud() {
        let refusal = decision(signals: [Samples.signal()])
        #expect(refusal.outcome == .refuse && refusal.reasons.map(\.code) == ["fraud-record"])
        #expect(refusal.reasons.allSatisfy { !$0.english.isEmpty && !$0.chinese.isEmpty })
        let own = decision(signals: [Samples.signal("FRD-DOC", ["own": true, "reporters": "0", "reliability": "low"])])
        #expect(own.outcome == .refuse)
    }

    @Test(
        "fraud that is disputed, possible, undocumented, another's, slight or one poor reporter's is looked at",
        arguments: [
            ["dispute": "disputed"], ["match": "possible"], ["evidence": "E2"], ["role": "associate"],
            ["severity": 3], ["reporters": "1", "reliability": "low"], ["reporters": .null, "reliability": "low"],
        ] as [[String: JSON?]])
    func doubtful(_ changes: [String: JSON?]) {
        let decision = decision(signals: [Samples.signal("FRD-DOC", changes)])
        #expect(decision.outcome == .review && decision.reasons.map(\.code) == ["fraud-hint"])
    }

    @Test("a victim of impersonation is never refused, whatever else there is")
    func victim() {
        let held = decision(
            signals: [Samples.signal(), Samples.signal("CRD-WRITEOFF"), Samples.marker],
            cells: ["exposure.own.worstBucket": 4], score: Samples.score(1000, "high"))
        #expect(held.outcome == .review && held.reasons.first?.code == "identity-protection")
        #expect(held.fired.filter(\.isHeld).map(\.rule) == ["FRAUD", "WRITTEN-OFF", "SERIOUSLY-OVERDUE", "SCORE"])
    }

    @Test(
        "one thing each that goes to review",
        arguments: [
            ("exposure.others.overdueLoans", "1", "overdue-now"),
            ("exposure.others.openLenders", "3-4", "several-lenders"),
            ("exposure.others.signedNotFunded", "1", "signed-elsewhere"),
            ("committed.others.subject.all.24h.members", "1", "agreement-today"),
            ("exposure.others.reservations", "1", "reserved-elsewhere"),
            ("stacking.others.rollovers", "2", "new-for-old"),
            ("identity.phoneAsOthersContact", "3-4", "shared-contact-data"),
        ])
    func review(_ cell: String, _ value: String, _ reason: String) {
        let answer: JSON = .object([
            "status": "found", "signals": [], "linkage": [], "truncated": false, "score": .null, "findings": [],
            "statistics": .object(["cells": .object([JSON.Member(cell, .string(value))])]),
        ])
        let decision = policy.decide(on: answer)
        #expect(decision.outcome == .review && decision.reasons.map(\.code) == [reason])
    }

    @Test("a shopper with many offers in one episode is accepted, a burst at many lenders is looked at")
    func shopper() {
        let shopper = decision(
            cells: ["stacking.others.largestEpisode": "5-9", "exposure.others.liveApplicationMembers": "5-9"])
        #expect(shopper.outcome == .accept)
        let burst = decision(
            cells: ["stacking.others.largestEpisode": "10+", "exposure.others.liveApplicationMembers": "5-9"])
        #expect(burst.outcome == .review && burst.reasons.map(\.code) == ["many-applications"])
    }

    @Test("the score refuses only where it rests on enough")
    func score() {
        #expect(decision(score: Samples.score(700, "medium")).outcome == .refuse)
        #expect(decision(score: Samples.score(1000, "low")).outcome == .review)
        #expect(decision(score: Samples.score(400, "high")).outcome == .review)
        #expect(decision(score: Samples.score(399, "high")).outcome == .accept)
    }

    @Test("courts, write-offs, arrears, shared devices and unfinished searches")
    func others() {
        let court = ["family": nil, "evidence": "E4", "reporters": "1"] as [String: JSON?]
        #expect(decision(signals: [Samples.signal("CRT-DISHONEST", court)]).outcome == .refuse)
        #expect(decision(signals: [Samples.signal("CRT-EXEC", ["severity": 3])]).outcome == .review)
        #expect(decision(signals: [Samples.signal("CRD-WRITEOFF", ["age": "720-1080d"])]).outcome == .refuse)
        #expect(decision(signals: [Samples.signal("CRD-WRITEOFF", ["age": "1080-1800d"])]).outcome == .review)
        #expect(decision(signals: [Samples.signal("CRD-OD-2", ["severity": 2])]).outcome == .review)
        #expect(decision(signals: [Samples.signal("CRD-OD-1", ["severity": 1])]).outcome == .accept)
        #expect(decision(signals: [Samples.signal("SUS-REVIEW", ["effect": "informational"])]).outcome == .review)
        #expect(decision(cells: ["exposure.others.worstBucket": "3"]).outcome == .refuse)
        #expect(decision(cells: ["committed.others.subject.all.7d.members": "3-4"]).outcome == .refuse)
        #expect(decision(cells: ["exposure.others.worstBucket": "2"]).outcome == .accept)
        #expect(decision(isTruncated: true).outcome == .review)
        let line = { (demoted: Bool) in
            JSON.object(["kind": "device", "otherSubjects": "5-9", "members": "2", "demoted": .bool(demoted)])
        }
        #expect(decision(linkage: [line(false)]).outcome == .review)
        #expect(decision(linkage: [line(true)]).outcome == .accept)
    }
}
