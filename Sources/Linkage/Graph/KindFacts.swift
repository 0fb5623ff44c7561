import Vocabulary

/// What the hot paths need of a kind's rule, in eight bytes.
struct KindFacts: Sendable {
    var cap: UInt32 = 0
    /// An edge's last day is its word's and so many more; the highest number for never expiring.
    var days: UInt16 = EdgeTable.never
    /// May join subjects.
    var unions = false
    /// Counts as a kind that two subjects share.
    var corroborates = false

    init(_ rule: KindRule, own: RoleRule) {
        cap = UInt32(clamping: rule.cap)
        days = rule.days.map { UInt16(clamping: $0) } ?? EdgeTable.never
        unions = rule.union && own.union
        corroborates = rule.union || rule.corroborates
    }

    /// Whether anything depends on who shares such an identifier.
    @inline(__always)
    var links: Bool { unions || corroborates }

    /// The last day on which a word of a day counts.
    @inline(__always)
    func lastDay(of day: GraphDay) -> UInt16 {
        let (sum, overflows) = day.rawValue.addingReportingOverflow(days)
        return overflows ? EdgeTable.never : sum
    }

    /// By the kind's raw value; what is no kind links nothing.
    static func table(_ rules: LinkageRules) -> [KindFacts] {
        var table = [KindFacts](repeating: KindFacts(KindRule(), own: RoleRule()), count: 256)
        for kind in IdentifierKind.allCases { table[Int(kind.rawValue)] = KindFacts(rules[kind], own: rules[.own]) }
        return table
    }
}
