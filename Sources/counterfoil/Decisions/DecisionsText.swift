import Vocabulary

/// What the gateway tells of decision policies, for people; fields it does not know are left out.
enum DecisionsText {
    private static let outcomes = ["accept", "review", "refuse"]

    /// The policies in force at a gateway: what stands in the files but cannot be used is told with them.
    static func policies(_ json: JSON) -> String {
        var text = ""
        for (name, entry) in [("active", json["active"]), ("shadow", json["shadow"])] {
            guard let entry, entry != .null else { continue }
            text += "# \(name): \(reference(entry["policy"])), \(entry["source"]?.string ?? "-")\n"
            if let problem = entry["problem"]?.string { text += "# not in force: \(problem)\n" }
            for warning in entry["warnings"]?.array?.compactMap(\.string) ?? [] { text += "# warning: \(warning)\n" }
        }
        return text + "\n" + (json["active"]?["text"]?.string ?? "")
    }

    /// How often two policies decided what (`DecisionChanges.json`).
    static func changes(_ json: JSON) -> String {
        guard let transitions = json["transitions"]?.array else { return json.prettyText }
        var text = "active:    \(reference(json["active"]))\ncandidate: \(reference(json["candidate"]))\n"
        text +=
            "\(count(json["answers"])) answers, \(count(json["changed"])) decided otherwise, "
            + "\(count(json["undecided"])) with a rule left open by the answer\n\n"
        var table = Table(rows: [["ACTIVE"] + outcomes])
        for from in outcomes {
            let counts = outcomes.map { to in count(transitions.first { isTransition($0, from, to) }?["count"]) }
            table.add(row: [from] + counts)
        }
        text += table.text
        for transition in transitions where transition["from"] != transition["to"] {
            text += "\n" + change(transition)
        }
        return text
    }

    private static func isTransition(_ transition: JSON, _ from: String, _ to: String) -> Bool {
        transition["from"]?.string == from && transition["to"]?.string == to
    }

    private static func change(_ transition: JSON) -> String {
        let names = [transition["from"], transition["to"]].compactMap { $0?.string }
        var text = "\(names.joined(separator: " -> ")): \(count(transition["count"]))\n"
        for reason in transition["reasons"]?.array ?? [] {
            text += "  \(count(reason["count"])) \(reason["code"]?.string ?? "-")\n"
        }
        let examples = transition["examples"]?.array?.compactMap(\.string) ?? []
        return text + (examples.isEmpty ? "" : "  such as \(examples.joined(separator: ", "))\n")
    }

    private static func count(_ json: JSON?) -> String { String(json?.integer ?? 0) }

    private static func reference(_ json: JSON?) -> String {
        guard let json, let name = json["name"]?.string else { return "-" }
        let digest = json["digest"]?.string?.prefix(12) ?? ""
        return "\"\(name)\" version \(count(json["version"])) (\(digest))"
    }
}
