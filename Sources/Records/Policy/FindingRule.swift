internal import Vocabulary

/// A finding that an answer names where a cell's value reaches a bound, such as loans signed elsewhere and not yet
/// paid out.
package struct FindingRule: Hashable, Sendable {
    package enum Effect: UInt8, Hashable, Sendable, CaseIterable {
        case adverse = 1
        case informational, positive

        static let names = NameTable(allCases)
        package var name: String { Self.names.name(of: self) }
    }

    package let code: CodeName
    package let cell: CellReference
    package let atLeast: Int
    package let effect: Effect
    package let labels: Labels

    /// - Parameter value: the cell's; `nil` where it is absent, which finds nothing.
    package func applies(to value: Int?) -> Bool { value.map { $0 >= atLeast } ?? false }
}

extension FindingRule {
    init(_ json: JSON, path: String) throws(FieldFailure) {
        var reader = try ObjectReader(json, path: path)
        code = try reader.parsed("code", as: CodeName.init)
        cell = try reader.parsed("cell", as: CellReference.init)
        atLeast = Int(try reader.integer("atLeast", in: Scorecard.values))
        effect = try reader.choice("effect", Effect.names)
        labels = try Labels(reading: try reader.object("labels"))
        try reader.finish()
    }

    /// Refuses a bound inside one of the bands that others' counts are told in: the finding would tell more than they.
    func requireBands(_ bands: CountBands, path: String) throws(FieldFailure) {
        guard cell.mayPart(at: atLeast, under: bands) else {
            throw FieldFailure(path: "\(path).atLeast", rule: .malformed(Scorecard.insideBand))
        }
    }

    var json: JSON {
        .object([
            "code": .string(code.text), "cell": .string(cell.text), "atLeast": .number(atLeast),
            "effect": .string(effect.name), "labels": labels.json,
        ])
    }
}
