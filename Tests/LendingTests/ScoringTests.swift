import Lending
import Records
import Testing
import TestSupport
import Vocabulary

@Suite("Scores and findings")
struct ScoringTests {
    let policy: Policy
    let rules: LendingRules
    let told: Disclosure
    let untold: Disclosure

    init() throws {
        policy = try Fixture.policy()
        rules = Fixture.rules(policy)
        let classes = policy.memberClasses.count
        let three = [3] + [Int](repeating: 0, count: classes - 1)
        told = Disclosure(activeOthersByClass: three, isAskerActive: true, policy: policy)
        let none = [Int](repeating: 0, count: classes)
        untold = Disclosure(activeOthersByClass: none, isAskerActive: true, policy: policy)
    }

    private func card(_ cell: String, below: Int = 1, second: String? = nil) throws -> Scorecard {
        let characteristic = { (code: String, cell: String, points: Int) in
            #"{"code":"\#(code)","cell":"\#(cell)","labels":{"en":"a","zh":"甲"},"absent":-5,"#
                + #""bins":[{"below":\#(below),"points":0},{"points":\#(points)}]}"#
        }
        let more = second.map { "," + characteristic("ST2", $0, 900) } ?? ""
        let text = #"{"name":"test","version":3,"base":100,"minimum":0,"maximum":1000,"characteristics":["#
            + characteristic("ST1", cell, 200) + more + "]}"
        return try Scorecard(JSON(parsing: text), bands: policy.countBands)
    }

    private func score(_ card: Scorecard, _ events: [LendingEvent], _ disclosure: Disclosure) throws -> Score {
        let compiled = try CompiledScorecard(card, catalogue: .current, countBands: policy.countBands)
        return compiled.score(PreparedSubject(Fixture.view(events), rules), disclosure)
    }

    @Test("the published scorecard and findings name cells that there are")
    func published() throws {
        _ = try CompiledScorecard(policy.scorecard, catalogue: .current, countBands: policy.countBands)
        _ = try CompiledFindings(policy.lending.findings, catalogue: .current, countBands: policy.countBands)
    }

    @Test("points add up to the base and stay in the card's range, reasons stand by weight")
    func points() throws {
        let both = try card("inquiry.others.subject.all.7d.count", second: "inquiry.others.subject.all.all.count")
        let score = try score(both, [Fixture.event(nil, ago: 5)], told)
        #expect(score.points == 1000 && score.name == "test" && score.version == 3)
        #expect(score.reasons.map(\.code.text) == ["ST2", "ST1"])
        #expect(score.reasons.map(\.points) == [900, 200])
        #expect(score.reasons[0].cell == "inquiry.others.subject.all.all.count")
        #expect(score.reasons[0].labels.chinese == "甲")
        #expect(try self.score(both, [], told).points == 100)
        #expect(try self.score(both, [], told).reasons == [])
    }

    @Test("an absent cell has points of its own; a cell that no profile lists can be scored")
    func absent() throws {
        let score = try score(card("cured.own.email.product-tractor.1h.maxGapDays"), [], told)
        #expect(score.points == 95 && score.reasons.map(\.points) == [-5])
    }

    @Test("what is not told to the asker counts nothing and gives no reason")
    func untoldCells() throws {
        let events = [Fixture.event(nil, ago: 5)]
        let card = try card("inquiry.others.subject.all.7d.count", second: "inquiry.own.subject.all.7d.count")
        #expect(try score(card, events, untold).points == 100)
        #expect(try score(card, events, untold).reasons == [])
        let segment = try self.card("inquiry.others.subject.nonBank.7d.count")
        #expect(try score(segment, events, told).reasons == [])
        let absentSegment = try self.card("inquiry.others.subject.nonBank.7d.maxGapDays", below: 7)
        #expect(try score(absentSegment, events, told).points == 100)
    }

    @Test("a card is refused for a cell that there is not, and for an edge inside a band")
    func refusals() throws {
        let unknown = try card("applied.others.subject.all.7d.count")
        #expect {
            try CompiledScorecard(unknown, catalogue: .current, countBands: .standard)
        } throws: { error in
            guard case .unknownCell(let code, _)? = error as? ScoringFailure else { return false }
            return code.text == "ST1"
        }
        let coarse = try #require(CountBands(lowerBounds: [0, 5]))
        #expect(throws: ScoringFailure.self) {
            try CompiledScorecard(card("inquiry.others.subject.all.7d.count"), catalogue: .current, countBands: coarse)
        }
        _ = try CompiledScorecard(card("inquiry.own.subject.all.7d.count"), catalogue: .current, countBands: coarse)
    }

    /// The published policy with one finding instead of its own.
    private func findings(_ cell: String, atLeast: Int) throws -> CompiledFindings {
        let finding = #"{"code":"STK-X","cell":"\#(cell)","atLeast":\#(atLeast),"effect":"adverse","#
            + #""labels":{"en":"a","zh":"甲"}}"#
        guard case .object(let members) = policy.json, let lending = policy.json["lending"]?.members else {
            Issue.record("a policy is an object")
            return try CompiledFindings([], catalogue: .current, countBands: policy.countBands)
        }
        let one = JSON.Member("findings", .array([try JSON(parsing: finding)]))
        let changed = lending.filter { $0.name != "findings" } + [one]
        let document = members.filter { $0.name != "lending" } + [.init("lending", .object(changed))]
        let rules = try Policy(.object(document)).lending.findings
        return try CompiledFindings(rules, catalogue: .current, countBands: policy.countBands)
    }

    @Test("a finding is met from its bound on, and only where its cell is told")
    func findingsMet() throws {
        let findings = try findings("exposure.others.signedNotFunded", atLeast: 2)
        let signed = (0..<3).map { Fixture.event(.signed, ago: 60, loan: UInt32($0)) }
        let subject = { PreparedSubject(Fixture.view($0), rules) }
        let met = findings.findings(subject(signed), told)
        #expect(met.map(\.rule.code.text) == ["STK-X"] && met.map(\.value) == [3])
        #expect(met.first?.cell.name == "exposure.others.signedNotFunded")
        #expect(findings.findings(subject(Array(signed.prefix(2))), told).count == 1)
        #expect(findings.findings(subject(Array(signed.prefix(1))), told).isEmpty)
        #expect(findings.findings(subject(signed), untold).isEmpty)
    }

    @Test("a finding over a cell that there is not is refused")
    func unknownFinding() {
        #expect(throws: ScoringFailure.self) { try findings("exposure.others.loansOpen", atLeast: 1) }
    }
}
