import Vocabulary

// What the lender's policy decided, what others reported, and what the score rests on.
extension AnswerText {
    var decision: String? {
        guard let decision = answer["decision"], let outcome = decision["outcome"]?.string else { return nil }
        let policy = decision["policy"]
        var text =
            "Decision: \(outcome.uppercased()) by \(policy?.text("name") ?? "-"), "
            + "version \(policy?.text("version") ?? "-")\n"
        for reason in decision["reasons"]?.array ?? [] { text += "  \(reason.text("code")): \(reason.labelled)\n" }
        for rule in decision["fired"]?.array ?? [] {
            let held = rule["held"]?.bool == true ? ", held" : ""
            text += "  rule \(rule.text("rule")) (\(rule.text("action"))\(held))\(Self.facts(rule["facts"]))\n"
        }
        for rule in decision["undecided"]?.array ?? [] {
            text += "  rule \(rule.text("rule")) is left open by the answer\(Self.facts(rule["missing"]))\n"
        }
        return text
    }

    /// `: exposure.others.openLenders 3-4`
    private static func facts(_ facts: JSON?) -> String {
        let texts = (facts?.array ?? []).compactMap { fact -> String? in
            guard let term = fact["term"]?.string else { return nil }
            return "\(term) \(fact.text("value"))"
        }
        return texts.isEmpty ? "" : ": " + texts.joined(separator: ", ")
    }

    var signals: String? {
        guard let signals = answer["signals"]?.array, !signals.isEmpty else { return nil }
        var table = Table("SEV", "SIGNAL", "MEANING", "EVIDENCE", "AGE", "REPORTED BY", "MET BY")
        for signal in signals {
            let dispute = signal["dispute"]?.string == "disputed" ? " (DISPUTED)" : ""
            table.add(
                signal["severity"]?.integer.map { String($0) } ?? Self.effect(signal),
                signal.text("code") + mark(signal), signal.labelled + dispute, signal.text("evidence"),
                signal.text("age"), Self.reporters(signal), Self.match(signal))
        }
        return "Signals\n" + table.text.indented
    }

    private static func effect(_ signal: JSON) -> String { signal["effect"]?.string == "protective" ? "protect" : "-" }

    private static func reporters(_ signal: JSON) -> String {
        let others = signal.text("reporters")
        let isOwn = signal["own"]?.bool == true
        if others == "0" { return isOwn ? "ourselves" : "-" }
        return "\(others) other\(others == "1" ? "" : "s")\(isOwn ? " and ourselves" : "")"
    }

    /// The kinds of identifier that matched; of match keys only how many.
    private static func match(_ finding: JSON) -> String {
        let kinds = finding["kinds"]?.array?.compactMap(\.string) ?? []
        let exact = kinds.filter { IdentifierKind(name: $0)?.isComposite != true }
        let keys = kinds.count - exact.count
        let counted = keys == 0 ? [] : ["\(keys) match key\(keys == 1 ? "" : "s")"]
        let isPossible = finding["match"]?.string == "possible"
        return (exact + counted).joined(separator: ", ") + (isPossible ? " (possible match)" : "")
    }

    var findings: String? {
        guard let findings = answer["findings"]?.array, !findings.isEmpty else { return nil }
        var table = Table("EFFECT", "FINDING", "MEANING", "VALUE", "STATISTIC")
        for finding in findings {
            table.add(
                finding.text("effect"), finding.text("code"), finding.labelled, finding.text("value"),
                finding.text("cell"))
        }
        return "Findings\n" + table.text.indented
    }

    var score: String? {
        guard let score = answer["score"], let points = score["points"]?.integer else { return nil }
        let head =
            "Score \(score.text("name")) \(score.text("version")): \(points) points, "
            + "confidence \(score.text("confidence"))\n"
        guard let reasons = score["reasons"]?.array, !reasons.isEmpty else { return head }
        var table = Table("POINTS", "REASON", "MEANING", "STATISTIC")
        for reason in reasons {
            let sign = reason["points"]?.integer.map { $0 > 0 ? "+" : "" } ?? ""
            table.add(sign + reason.text("points"), reason.text("code"), reason.labelled, reason.text("cell"))
        }
        return head + table.text.indented
    }
}
