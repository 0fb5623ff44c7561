internal import Vocabulary

/// One element of an answer's lists as a policy asks about it.
struct ItemFacts {
    private let list: ItemList
    private let item: JSON

    init(_ list: ItemList, _ item: JSON) { (self.list, self.item) = (list, item) }

    /// The element itself, by what names it.
    var fact: DecisionFact {
        DecisionFact(list.rawValue, item[list.namingMember], reference: reference)
    }

    private var reference: String? { item["reference"]?.string }

    func truth(of condition: Condition) -> Truth { condition.truth { truth(of: $0) } }

    func verdict(on condition: Condition) -> Verdict {
        condition.verdict { test in Verdict(truth(of: test), [fact(of: test)]) }
    }

    private func truth(of test: Test) -> Truth {
        guard case .field(let field, let demand) = test else { preconditionFailure(Self.onlyFields) }
        return truth(of: field, demand)
    }

    private func fact(of test: Test) -> DecisionFact {
        guard case .field(let field, _) = test else { preconditionFailure(Self.onlyFields) }
        return DecisionFact("\(list.rawValue).\(field.name)", item[field.member], reference: reference)
    }

    private static let onlyFields = "Of an element of a list, its fields alone are asked."

    private func truth(of field: ItemField, _ demand: Demand) -> Truth {
        guard let value = item[field.member], value != .null else { return field.mayLack ? .isFalse : .unknown }
        switch (field.kind, demand) {
        case (.number(let scale), .number(let comparison, let number)):
            return comparison.holds(scale.interval(of: value), against: number)
        case (.level(let levels), .level(let comparison, let level)):
            let place = value.string.flatMap { levels.firstIndex(of: $0) }
            return comparison.holds(place.map { Interval(Int64($0)) }, against: level)
        case (.name, .names(let names)), (.code, .names(let names)): return Self.isNamed(value, by: names)
        case (.family, .names(let names)):
            guard let code = value.string else { return .unknown }
            return Truth(names.contains(String(code.prefix { $0 != "-" })))
        case (.flag, .isSo): return value.bool.map { Truth($0) } ?? .unknown
        case (.state(let state), .isSo): return value.string.map { Truth($0 == state) } ?? .unknown
        default: preconditionFailure("The parser gives a field the demand of its kind.")
        }
    }

    /// A text is one of the names, a list has one of them.
    private static func isNamed(_ value: JSON, by names: Set<String>) -> Truth {
        if let text = value.string { return Truth(names.contains(text)) }
        guard let texts = value.array else { return .unknown }
        return Truth(texts.contains { $0.string.map(names.contains) ?? false })
    }
}
