internal import Vocabulary

/// What the consortium settled about the statistics of multi-lending.
package struct LendingPolicy: Hashable, Sendable {
    package static let maximumFindings = 64

    /// Events so many days apart at most belong to one run.
    package let runGapDays: Int
    /// Applications for one product so many days after an episode's first at most are one shopping episode.
    package let shoppingDays: Int
    /// In the order in which answers name them.
    package let findings: [FindingRule]
}

extension LendingPolicy {
    init(reading reader: consuming ObjectReader, bands: CountBands) throws(FieldFailure) {
        runGapDays = try reader.count("runGapDays", atMost: 365)
        shoppingDays = try reader.count("shoppingDays", atMost: 365)
        findings = try reader.rules("findings", maximum: Self.maximumFindings, code: \.code) {
            (json, path) throws(FieldFailure) in
            let rule = try FindingRule(json, path: path)
            try rule.requireBands(bands, path: path)
            return rule
        }
        try reader.finish()
    }

    var json: JSON {
        .object([
            "runGapDays": .number(runGapDays), "shoppingDays": .number(shoppingDays),
            "findings": .array(findings.map(\.json)),
        ])
    }
}

extension ObjectReader {
    /// A list of rules each with a code that no other of the list has.
    mutating func rules<Rule>(
        _ name: String, maximum: Int, minimum: Int = 0, code: (Rule) -> CodeName,
        each read: (JSON, String) throws(FieldFailure) -> Rule
    ) throws(FieldFailure) -> [Rule] {
        var rules: [Rule] = []
        var codes: Set<CodeName> = []
        for (index, element) in try array(name, maximum: maximum, minimum: minimum).enumerated() {
            let path = "\(path(of: name))[\(index)]"
            let rule = try read(element, path)
            guard codes.insert(code(rule)).inserted else {
                throw FieldFailure(path: "\(path).code", rule: .malformed("it stands twice in the list"))
            }
            rules.append(rule)
        }
        return rules
    }
}
