import Lending
import Records
import TestSupport
import Testing
import Vocabulary

@Suite("Statistics against their definitions")
struct OracleTests {
    let policy: Policy
    let rules: LendingRules
    let full: Profile

    init() throws {
        policy = try Fixture.policy()
        rules = Fixture.rules(policy)
        full = try #require(Catalogue.current.profile(named: "full"))
    }

    /// Many subjects with few events; few with many, so that more than one word of bits is needed. In a release build
    /// ten times as many of each.
    @Test(
        "every cell of full, and cells beyond it, as a slow reference has them",
        arguments: [(seed: 11, subjects: 300, events: 12), (12, 60, 40), (13, 8, 220)] as [(UInt64, Int, Int)])
    func equality(_ seed: UInt64, _ subjects: Int, _ events: Int) throws {
        var random = RandomSubjects(seed: seed, policy: policy)
        let extra = Profile(name: "extra", cells: try someCells(200, &random))
        let profiles = [full, extra].map { (profile: $0, names: $0.names.map(Reference.Name.init)) }
        var differences: [String] = []
        for number in 0..<(subjects * Self.multiple) where differences.count < 20 {
            let view = random.next(events: random.below(events + 1))
            var reference = Reference(view, policy)
            let subject = PreparedSubject(view, rules)
            for (profile, names) in profiles {
                let values = subject.values(of: profile)
                #expect(values.count == names.count)
                for (index, name) in names.enumerated() {
                    let expected = reference.value(name)
                    guard values[index] != expected else { continue }
                    let pair = [values[index], expected].map { $0.map { "\($0)" } ?? "absent" }
                    differences.append("subject \(number): \(name.text): \(pair[0]), expected \(pair[1])")
                }
            }
        }
        #expect(differences == [], "seed \(seed)")
    }

    #if DEBUG
        private static let multiple = 1
    #else
        private static let multiple = 10
    #endif

    /// Names that have a meaning, from the whole grammar.
    private func someCells(_ count: Int, _ random: inout RandomSubjects) throws -> [Cell] {
        let windows = Reference.windows.map(\.key)
        let shares = windows.map { "shareOf\($0)" }
        let statistics = CellStatistic.allCases.map(\.rawValue).filter { $0 != "shareOf" } + shares
        let segments = ["all", "bank", "nonBank", "night", "weekend", "class-consumer-finance", "class-none-such"]
            + ["product-cash-loan", "product-mortgage", "product-none-such"]
        var cells: [Cell] = []
        while cells.count < count {
            let name = [
                CellStage.allCases[random.below(16)].rawValue, CellSplit.allCases[random.below(2)].rawValue,
                CellKind.allCases[random.below(9)].rawValue, segments[random.below(segments.count)],
                windows[random.below(windows.count)], statistics[random.below(statistics.count)],
            ].joined(separator: ".")
            guard let cell = try? Catalogue.current.cell(named: name), !cells.contains(cell) else { continue }
            cells.append(cell)
        }
        return cells
    }

    @Test("the order of arrival does not matter", arguments: [21] as [UInt64])
    func order(_ seed: UInt64) {
        var random = RandomSubjects(seed: seed, policy: policy)
        for _ in 0..<100 {
            let view = random.next(events: random.below(60))
            let shuffled = random.shuffled(view)
            #expect(evaluate(full, view, rules) == evaluate(full, shuffled, rules), "seed \(seed)")
        }
    }

    @Test(
        "an event of the asker changes nothing about others, and without it all is as before",
        arguments: [31] as [UInt64])
    func ownEvents(_ seed: UInt64) {
        var random = RandomSubjects(seed: seed, policy: policy)
        var changed = 0
        for _ in 0..<100 {
            let view = random.next(events: random.below(60))
            let before = evaluate(full, view, rules)
            var larger = view
            // Own loans of their own: a loan belongs to one member.
            larger.events += random.next(events: 10).events.filter { $0.isOwn }.map { event in
                var event = event
                event.loan += 5000
                return event
            }
            let after = evaluate(full, larger, rules)
            for (index, cell) in full.cells.enumerated() where before[index] != after[index] {
                changed += 1
                #expect(!cell.isAboutOthers, "\(cell.name), seed \(seed)")
            }
            larger.events.removeLast(larger.events.count - view.events.count)
            #expect(evaluate(full, larger, rules) == before)
        }
        #expect(changed > 0)
    }
}
