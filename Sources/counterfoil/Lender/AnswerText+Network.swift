import Vocabulary

// How near reported persons are, which ring the person is in, and what speaks for a second identity.
extension AnswerText {
    var network: String? {
        guard let network = answer["network"], network != .null else { return nil }
        var text = ""
        // What the person itself is reported for stands among the signals.
        if let nearest = network["nearestReport"], let hops = nearest["hops"]?.integer, hops > 0 {
            text += Self.nearest(nearest, hops: hops)
        }
        for line in network["reports"]?.array ?? [] where line["hops"]?.integer != 0 { text += Self.reported(line) }
        if let ring = network["ring"], ring != .null { text += Self.ring(ring) }
        if text.isEmpty { return nil }
        if network["truncated"]?.bool == true { text += "There is more than was looked through.\n" }
        return "Connections\n" + text.indented
    }

    private static func nearest(_ nearest: JSON, hops: Int64) -> String {
        let own = nearest["own"]?.bool == true ? " and ourselves" : ""
        let reporters = counted(nearest.text("reporters"), "other lender")
        var text =
            "Nearest confirmed report, \(counted(String(hops), "hop")) away: \(nearest.text("code")), "
            + "\(nearest.text("evidence")), reported by \(reporters)\(own), \(nearest.text("age")) ago\n"
        let steps = nearest["path"]?.array ?? []
        var path = "applicant"
        for (index, step) in steps.enumerated() {
            let role = step.text("role") == "own" ? "" : " (as \(words(step.text("role"))))"
            path += " – \(step.text("kind"))\(role) – \(index == steps.count - 1 ? "reported person" : "person")"
        }
        text += "Path: \(path)\n"
        return text
    }

    /// `1 person`, `3-4 persons`.
    private static func counted(_ count: String, _ noun: String) -> String {
        "\(count) \(noun)\(count == "1" ? "" : "s")"
    }

    private static func reported(_ line: JSON) -> String {
        let state = line["confirmed"]?.bool == true ? "reported" : "disputed or suspected only"
        return "\(counted(line.text("hops"), "hop")) away: \(counted(line.text("subjects"), "person")) \(state) "
            + "(\(line.text("family")))\n"
    }

    private static func ring(_ ring: JSON) -> String {
        let kinds = (ring["kinds"]?.array ?? []).map { "\($0.text("kind")) \($0.text("identifiers"))" }
        let reported = (ring["reported"]?.array ?? []).map { "\($0.text("subjects")) \($0.text("family"))" }
        var text =
            "\(ring["name"]?.string ?? "Ring"): \(meaning(of: ring.text("status"))); "
            + "\(counted(ring.text("subjects"), "person")) met by \(counted(ring.text("members"), "lender")), "
            + "since \(ring.text("since"))\n"
        if !kinds.isEmpty { text += "  identifiers in it: \(kinds.joined(separator: ", "))\n" }
        if !reported.isEmpty { text += "  reported in it: \(reported.joined(separator: ", "))\n" }
        let former = (ring["formerNames"]?.array ?? []).compactMap(\.string)
        if !former.isEmpty { text += "  known before as \(former.joined(separator: ", "))\n" }
        return text
    }

    private static func meaning(of status: String) -> String {
        switch status {
        case "reported": "a ring with reported fraud in it"
        case "confirmed": "a ring that an analyst confirmed"
        case "candidate": "a candidate found by the machine, a report of nobody"
        default: "people linked by what they share, nothing more"
        }
    }

    var duplicates: String? {
        guard let findings = answer["duplicates"]?.array, !findings.isEmpty else { return nil }
        var table = Table("FINDING", "MEANING", "OTHER PERSONS", "LENDERS", "SINCE", "WHY")
        for finding in findings {
            let reasons = (finding["reasons"]?.array ?? []).map { $0.text("code") }
            table.add(
                finding.text("code"), finding.labelled, finding.text("otherSubjects"), finding.text("members"),
                finding.text("since"), reasons.map { Self.words($0) }.joined(separator: ", "))
        }
        return "Identity findings\n" + table.text.indented
    }
}
