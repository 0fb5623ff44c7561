internal import Lending
package import Vocabulary

/// An answer as a lender reads it: the payload's JSON and nothing else, so that tests see what leaves the node.
package struct AnswerSheet: Equatable {
    package let json: JSON

    package init(_ json: JSON) { self.json = json }

    package var status: String? { json["status"]?.string }
    package var signals: [JSON] { json["signals"]?.array ?? [] }
    package var codes: [String] { signals.compactMap { $0["code"]?.string } }
    package var sharing: [JSON] { json["linkage"]?.array ?? [] }
    package var findings: [String] { json["findings"]?.array?.compactMap { $0["code"]?.string } ?? [] }
    package var points: Int? { json["score"]?["points"]?.integer.map { Int($0) } }

    /// The statistics by name; empty where the answer has none.
    package var cells: [(name: String, value: JSON)] {
        guard let statistics = json["statistics"], let values = statistics["values"]?.array,
            let profile = statistics["profile"]?.string.flatMap({ Catalogue.current.profile(named: $0) })
        else { return [] }
        return zip(profile.names, values).map { ($0, $1) }
    }

    /// Without the ring's names, which are given in the order of arrival, and which no answer about the past has.
    package var withoutRingNames: AnswerSheet {
        AnswerSheet(json.removing(["name", "formerNames"], at: ["network", "ring"][...]))
    }

    package func signal(_ code: String) -> JSON? { signals.first { $0["code"]?.string == code } }
    package func sharing(of kind: String) -> JSON? { sharing.first { $0["kind"]?.string == kind } }

    /// A cell by its whole name; `nil` where the answer's profile does not have it.
    package func cell(named name: String) -> JSON? { cells.first { $0.name == name }?.value }

    /// A count over all segments: `column` is `own`, `others` or `otherMembers`.
    package func cell(_ stage: String, over kind: String = "subject", _ column: String, _ window: String) -> JSON? {
        let split = column == "own" ? "own" : "others"
        let statistic = column == "otherMembers" ? "members" : "count"
        return cell(named: "\(stage).\(split).\(kind).all.\(window).\(statistic)")
    }

    /// What a cell says in words: a band, a number, or "–" where nothing is told.
    package func told(_ stage: String, over kind: String = "subject", _ column: String, _ window: String) -> String {
        told(cell(stage, over: kind, column, window))
    }

    package func told(_ name: String) -> String { told(cell(named: name)) }

    private func told(_ value: JSON?) -> String {
        switch value {
        case .string(let band): band
        case .integer(let number): String(number)
        case .null, .bool, .array, .object, nil: "–"
        }
    }
}

extension JSON {
    /// The document without some members of the object at a path.
    fileprivate func removing(_ names: [String], at path: ArraySlice<String>) -> JSON {
        guard case .object(let members) = self else { return self }
        guard let next = path.first else { return .object(members.filter { !names.contains($0.name) }) }
        return .object(
            members.map { member in
                guard member.name == next else { return member }
                return JSON.Member(member.name, member.value.removing(names, at: path.dropFirst()))
            })
    }
}
