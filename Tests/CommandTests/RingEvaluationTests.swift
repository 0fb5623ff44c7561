import Linkage
import Records
import Testing
import Vocabulary

@testable import Simulation
@testable import counterfoil

@Suite("The evaluation of ring detection")
struct RingEvaluationTests {
    private static let start = SimulationParameters.usualStart

    private func day(_ days: Int) -> Instant { Self.start.adding(seconds: Int64(days) * 86_400) }

    private func person(
        _ number: Int, _ labels: [TruthLabel], ring: Int? = nil, community: Int? = nil, strikesOn strike: Int? = nil
    ) -> PersonTruth {
        PersonTruth(
            person: number, labels: labels, ring: ring, community: community, strikesAt: strike.map(day),
            nationalIDs: [], phones: [])
    }

    /// Rings 0 (persons 0–3, struck on day 50) and 1 (10–12, day 360), a dormitory of 20–29.
    private var truth: RingTruth {
        RingTruth(
            (0..<4).map { person($0, [.ringMember], ring: 0, strikesOn: 50 + $0) }
                + (10..<13).map { person($0, [.ringMember, .carefulRing], ring: 1, strikesOn: 360) }
                + (20..<30).map { person($0, [.dormitory], community: 20) })
    }

    @Test("a candidate is right when half of its persons are of one ring, and not when fewer are")
    func verdicts() {
        #expect(truth.verdict(on: [0, 1, 2]) == .ring(0))
        #expect(truth.verdict(on: [0, 1, 77, 78]) == .ring(0))
        #expect(truth.verdict(on: [0, 1, 76, 77, 78]) == .dilutedRing)
        #expect(truth.verdict(on: [0, 10, 77, 78]) == .strangers)
        #expect(truth.verdict(on: [20, 21, 22, 77]) == .crowd(.dormitory))
        #expect(truth.verdict(on: [0, 1, 20, 21]) == .ring(0))
        #expect(truth.verdict(on: [75, 76, 77]) == .strangers)
        #expect(truth.verdict(on: []) == .strangers)
    }

    @Test("two subjects of one person count once, and who is known to nobody counts against")
    func persons() {
        #expect(truth.verdict(on: [0, 0, 0, 77, 78]) == .strangers)
        #expect(truth.verdict(on: [0, 1, nil, nil]) == .ring(0))
        #expect(truth.verdict(on: [0, 1, nil, nil, nil]) == .dilutedRing)
    }

    @Test("precision, recall and delay are counted from what each search found")
    func figures() throws {
        let parameters = SimulationParameters(seed: 1, persons: 100, days: 365)
        var result = RingResult(parameters: parameters, top: 2, daysBetween: 30, truth: truth)
        result.add([.crowd(.dormitory)], withoutReported: [], at: day(42))
        result.add([.crowd(.family), .strangers, .ring(0)], withoutReported: [.strangers], at: day(72))
        result.add([.ring(0), .ring(0), .crowd(.agency)], withoutReported: [.crowd(.agency)], at: day(102))
        #expect(result.looks.map(\.first.precisionPerMille) == [0, 0, 1000])
        #expect(result.looks.map(\.withoutReported.precisionPerMille) == [nil, 0, 0])
        #expect(result.lastPrecisionPerMille == 1000)
        let overTime = try #require(result.precisionOverTime)
        #expect(overTime.mean == 500 && overTime.least == 0, "A search with fewer candidates does not count.")
        // Ring 1 strikes too late to be found in time.
        #expect(result.due() == [0] && result.found() == 1 && result.due(.carefulRing) == [])
        #expect(result.delays() == [22])
        #expect(result.firstInTop[0] == day(102))
        #expect(result.looks.map(\.struck) == [0, 1, 1])
        #expect(result.looks.last?.first.rings == [0])
    }

    @Test("what is told says what counts as right, and that planted rings say nothing about production")
    func telling() {
        var result = RingResult(
            parameters: SimulationParameters(seed: 1, persons: 100), top: 20, daysBetween: 30, truth: truth)
        result.add([.ring(0), .crowd(.agency)], withoutReported: [], at: day(100))
        #expect(result.text.contains("nothing about precision in production"))
        #expect(result.text.contains("at least half of its persons are of one true ring"))
        #expect(result.text.contains("precision@20: 0.500 at the end") && result.text.contains("1 agency"))
        #expect(result.json["caution"]?.string?.contains("nothing about precision in production") == true)
        #expect(result.json["precision"] == "0.500" && result.json["recall"]?["ringMember"]?["found"] == 1)
    }

    @Test("discovery finds a small world's rings, and the figures follow the search")
    func wholeRun() throws {
        let policy = try Fixture.policy()
        let rules = Self.rules
        func result(_ search: @escaping RingEvaluation.Search) -> RingResult {
            let parameters = SimulationParameters(
                seed: 31, persons: 800, days: 250, disputes: false, communities: true)
            return RingEvaluation(rules: rules, top: 2, daysBetween: 60, search: search)
                .run(Simulation(parameters: parameters, policy: policy))
        }
        let found = result { graph, isReported in
            Discovery().candidates(in: graph, isReported: isReported).candidates.map(\.subjects)
        }
        #expect(found.truth.rings.count == 2)
        #expect(found.lastPrecisionPerMille == 1000 && found.found() == found.due().count)
        #expect(found.looks.map(\.now) == [42, 102, 162, 222, 250].map(day))
        let nothing = result { _, _ in [] }
        #expect(nothing.lastPrecisionPerMille == 0 && nothing.found() == 0 && nothing.precisionOverTime == nil)
    }

    private static var rules: LinkageRules {
        let hard = KindRule(weight: 1, cap: 20, union: true, forward: true, corroborates: true)
        return LinkageRules(
            kinds: [
                .nationalID: hard, .phone: hard, .card: hard, .device: hard, .email: hard,
                .address: KindRule(weight: 0.3, cap: 30, forward: true, corroborates: true),
                .employer: KindRule(weight: 0.05, cap: 500), .staff: KindRule(cap: 10_000),
            ],
            roles: [
                .own: RoleRule(weight: 1, union: true, forward: true), .contact: RoleRule(weight: 0.2),
                .agent: RoleRule(weight: 0.3), .workplace: RoleRule(weight: 0.05),
            ])
    }
}
