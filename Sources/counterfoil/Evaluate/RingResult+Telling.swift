import Simulation
import Vocabulary

// What `counterfoil evaluate rings` says.
extension RingResult {
    private static let habits: [TruthLabel] = [.ringMember, .carefulRing, .rotatingRing, .largeRing]
    private static let caution = """
        Planted rings say nothing about precision in production: these rings, families, dormitories and agencies are \
        as we imagined them, and real rings are not.
        """

    var text: String {
        """
        \(parameters.persons) simulated persons at \(parameters.members) members in \(parameters.days) days, seed \
        \(parameters.seed): \(truth.rings.count) rings.
        A candidate is right when at least half of its persons are of one true ring; a colluding agent's customers are \
        not one.

        \(tableOverTime)
        \(tableOfHabits)
        precision@\(top): \(Self.share(lastPrecisionPerMille)) at the end\(overTime)
        Candidates at the end that are no ring: \(Self.list(looks.last?.all.wrong ?? [:]))
        Among the first \(top): \(Self.list(looks.last?.first.wrong ?? [:]))
        \(Self.caution)

        """
    }

    private var overTime: String {
        guard let precision = precisionOverTime else { return ", and never as many candidates" }
        let searches = "searches every \(daysBetween) days that had as many candidates"
        return "; mean \(Self.share(precision.mean)) and least \(Self.share(precision.least)) of the \(searches)"
    }

    private var tableOverTime: String {
        let at = "@\(top)"
        var table = Table(
            "day", "struck", "candidates", "right", "rings\(at)", "precision\(at)", "without reported", "no rings\(at)")
        for look in looks {
            table.add(
                String(look.now.description.prefix(10)), "\(look.struck)", "\(look.all.count)", "\(look.all.right)",
                "\(look.first.rings.count)", Self.share(look.first.precisionPerMille),
                Self.share(look.withoutReported.precisionPerMille), Self.list(look.first.wrong))
        }
        return table.text
    }

    private var tableOfHabits: String {
        var table = Table("rings that struck", "due", "found", "recall", "days to first flag", "p90", "before striking")
        for habit in Self.habits.map(Optional.some) + [nil] {
            let delays = delays(habit)
            table.add(
                habit.map(Self.name) ?? "all", "\(due(habit).count)", "\(found(habit))",
                Self.share(Self.perMille(found(habit), of: due(habit).count)), Self.quantile(delays, 50),
                Self.quantile(delays, 90), "\(delays.count { $0 < 0 })")
        }
        return table.text
    }

    var json: JSON {
        .object([
            "seed": .string(String(parameters.seed)), "persons": .number(parameters.persons),
            "members": .number(parameters.members), "days": .number(parameters.days), "top": .number(top),
            "rings": .number(truth.rings.count), "subjects": .optional(graph?.subjects),
            "identifiers": .optional(graph?.identifiers), "edges": .optional(graph?.edges),
            "right": "at least half of a candidate's persons are of one true ring", "caution": .string(Self.caution),
            "precision": .string(Self.share(lastPrecisionPerMille)),
            "precisionMean": .optional(precisionOverTime.map { Self.share($0.mean) }),
            "precisionLeast": .optional(precisionOverTime.map { Self.share($0.least) }),
            "recall": .object(
                (Self.habits.map(Optional.some) + [nil]).map { habit in
                    JSON.Member(habit?.rawValue ?? "all", recall(habit))
                }),
            "looks": .array(looks.map(\.json)),
        ])
    }

    private func recall(_ habit: TruthLabel?) -> JSON {
        .object([
            "due": .number(due(habit).count), "found": .number(found(habit)),
            "inTop": .number(due(habit).count { firstInTop[$0] != nil }),
            "daysToFirstFlag": .array(delays(habit).map { .number($0) }),
        ])
    }

    // MARK: Figures as text

    static func share(_ perMille: Int?) -> String {
        guard let perMille else { return "–" }
        let digits = String(perMille % 1000)
        return "\(perMille / 1000).\(String(repeating: "0", count: 3 - digits.count))\(digits)"
    }

    private static func perMille(_ part: Int, of whole: Int) -> Int? { whole == 0 ? nil : part * 1000 / whole }

    private static func quantile(_ sorted: [Int], _ percent: Int) -> String {
        sorted.isEmpty ? "–" : "\(sorted[(sorted.count - 1) * percent / 100])"
    }

    fileprivate static func list(_ counts: [String: Int]) -> String {
        guard !counts.isEmpty else { return "none" }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }
            .joined(separator: ", ")
    }

    private static func name(_ habit: TruthLabel) -> String {
        switch habit {
        case .carefulRing: "careful: share only when they strike"
        case .rotatingRing: "rotating: each device with a few"
        case .largeRing: "large: twenty and more"
        default: "open: share from the first day"
        }
    }
}

extension RingResult.Look {
    fileprivate var json: JSON {
        .object([
            "at": .string(now.description), "struck": .number(struck), "candidates": all.json, "top": first.json,
            "topWithoutReported": withoutReported.json,
        ])
    }
}

extension RingResult.Shares {
    fileprivate var json: JSON {
        .object([
            "count": .number(count), "right": .number(right), "rings": .number(rings.count),
            "precision": .optional(precisionPerMille.map { RingResult.share($0) }),
            "wrong": .object(wrong.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .number($0.value)) }),
        ])
    }
}
