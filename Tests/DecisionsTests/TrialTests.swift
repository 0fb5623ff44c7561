import Decisions
import Testing
import Vocabulary

@Suite("Dry runs and shadows")
struct TrialTests {
    private func policy(_ version: Int, gap: String, score: Int) throws -> DecisionPolicy {
        try Samples.policy(
            """
            policy "trial" version \(version)
            rule GAP \(gap) when exposure.others.signedNotFunded >= 1 \(Samples.because("gap"))
            rule SCORE refuse when score >= \(score) \(Samples.because("score"))
            otherwise accept
            """)
    }

    private static let answers: [(id: String, answer: JSON)] = (0..<10).map { index in
        let gap: JSON = .string(index < 4 ? "1" : "0")
        let score = index == 9 ? JSON.null : Samples.score(Int64(index) * 100, "medium")
        return ("app-\(index)", Samples.answer(cells: ["exposure.others.signedNotFunded": gap], score: score))
    }

    @Test("a dry run counts every change of outcome, names the first of each and gives the candidate's reasons")
    func dryRun() throws {
        let run = DryRun(
            active: try policy(1, gap: "review", score: 600), candidate: try policy(2, gap: "refuse", score: 700),
            examples: 3)
        let changes = run.run(Self.answers)
        #expect(changes.total == 10 && changes.changed == 5 && changes.undecided == 1)
        #expect(changes[.review, .refuse].count == 4 && changes[.refuse, .accept].count == 1)
        #expect(changes[.review, .refuse].examples == ["app-0", "app-1", "app-2"])
        #expect(changes[.review, .refuse].reasons.map(\.code) == ["gap"])
        #expect(changes[.refuse, .refuse].count == 2 && changes[.refuse, .refuse].examples.isEmpty)
        #expect(changes[.accept, .accept].count == 3 && changes[.accept, .review].count == 0)
        #expect(run.changes.total == 0)
    }

    @Test("taking answers up one by one gives the same")
    func streamed() throws {
        var run = DryRun(
            active: try policy(1, gap: "review", score: 600), candidate: try policy(2, gap: "hold", score: 1))
        let whole = run.run(Self.answers)
        for (id, answer) in Self.answers { run.take(answer, named: id) }
        #expect(run.changes == whole && whole.total == 10)
    }

    @Test("its table reads as this")
    func text() throws {
        let run = DryRun(
            active: try policy(1, gap: "review", score: 600), candidate: try policy(2, gap: "refuse", score: 700))
        let lines = run.run(Self.answers).text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(2)
        #expect(
            lines.joined(separator: "\n") == """
                10 answers, 5 decided otherwise, 1 with a rule left open by the answer

                active   accept   review   refuse
                accept        3        0        0
                review        0        0        4
                refuse        1        0        2

                review -> refuse: 4
                  4 gap
                  such as app-0, app-1, app-2, app-3

                refuse -> accept: 1
                  such as app-6

                """)
    }

    @Test("its JSON has what changed and what stayed")
    func json() throws {
        let run = DryRun(
            active: try policy(1, gap: "review", score: 600), candidate: try policy(2, gap: "refuse", score: 700))
        let json = run.run(Self.answers).json
        #expect(json["answers"] == 10 && json["changed"] == 5 && json["candidate"]?["version"] == 2)
        let transitions = try #require(json["transitions"]?.array)
        #expect(transitions.map { $0["count"]?.integer } == [3, 4, 1, 2])
        #expect(transitions[0]["examples"] == nil && transitions[1]["examples"]?.array?.count == 4)
        #expect(transitions[1]["reasons"]?.array?.first?["code"] == "gap")
        #expect(try JSON(parsing: Array(json.text.utf8)) == json)
    }

    @Test("a shadow's candidate is asked and does not decide")
    func shadow() throws {
        let shadow = Shadow(
            active: try policy(1, gap: "review", score: 600), candidate: try policy(2, gap: "refuse", score: 700))
        let both = shadow.decide(on: Self.answers[0].answer)
        #expect(both.isChanged && both.active.outcome == .review && both.candidate.outcome == .refuse)
        #expect(both.text == "review -> refuse (gap)" && both.json["changed"] == true)
        #expect(both.json["candidate"]?["policy"]?["version"] == 2 && both.json["active"] == "review")
        let same = shadow.decide(on: Self.answers[5].answer)
        #expect(!same.isChanged && same.text == "accept -> accept")
    }

    @Test("a decision's JSON, whole")
    func decision() throws {
        let policy = try policy(7, gap: "review", score: 600)
        let json = policy.decide(on: Samples.answer(cells: ["exposure.others.signedNotFunded": "1"])).json
        let expected = """
            {"outcome":"review","policy":{"name":"trial","version":7,"digest":"\(policy.digest)"},"status":"found",\
            "reasons":[{"code":"gap","labels":{"en":"Words of gap.","zh":"gap 的说明。"}}],\
            "fired":[{"rule":"GAP","action":"review","held":false,\
            "facts":[{"term":"exposure.others.signedNotFunded","value":"1"}]}],\
            "undecided":[{"rule":"SCORE","action":"refuse","review":false,"missing":[{"term":"score","value":null}]}]}
            """
        #expect(json == (try JSON(parsing: Array(expected.utf8))))
    }
}
