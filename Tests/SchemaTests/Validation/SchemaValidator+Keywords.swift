import Vocabulary

// Keywords that look inside.
extension SchemaValidator {
    func members(of value: JSON, _ rule: Rule, at path: String) throws -> [Violation] {
        guard let members = value.members else { return [] }
        switch rule.name {
        case "required":
            let missing = (rule.operand.array ?? []).compactMap(\.string).filter { value[$0] == nil }
            return missing.map { Violation(path: path.isEmpty ? $0 : "\(path).\($0)", keyword: "required") }
        case "properties":
            return try members.flatMap { member in
                guard let schema = rule.operand[member.name] else { return [Violation]() }
                return try check(member.value, against: schema, in: rule.file, at: Self.path(path, member.name))
            }
        default:
            let described = rule.schema["properties"]
            return try members.flatMap { member in
                guard described?[member.name] == nil else { return [Violation]() }
                guard rule.operand != false else {
                    return [Violation(path: Self.path(path, member.name), keyword: rule.name)]
                }
                return try check(member.value, against: rule.operand, in: rule.file, at: Self.path(path, member.name))
            }
        }
    }

    func items(of value: JSON, _ rule: Rule, at path: String) throws -> [Violation] {
        try (value.array ?? []).enumerated().flatMap { index, element in
            try check(element, against: rule.operand, in: rule.file, at: "\(path)[\(index)]")
        }
    }

    func compound(_ value: JSON, _ rule: Rule, at path: String) throws -> [Violation] {
        switch rule.name {
        case "$ref":
            let entry = try library.resolve(rule.operand.string ?? "", from: rule.file)
            return try check(value, against: entry.schema, in: entry.file, at: path)
        case "if": return try conditional(value, rule, at: path)
        // Taken up with their `if`.
        case "then", "else": return []
        case "not":
            let matches = try check(value, against: rule.operand, in: rule.file, at: path).isEmpty
            return matches ? [Violation(path: path, keyword: "not")] : []
        default: return try branches(of: value, rule, at: path)
        }
    }

    private func conditional(_ value: JSON, _ rule: Rule, at path: String) throws -> [Violation] {
        // A condition describes only what it asks about.
        var lenient = self
        lenient.refusesUndescribed = false
        let holds = try lenient.check(value, against: rule.operand, in: rule.file, at: path).isEmpty
        guard let consequence = rule.schema[holds ? "then" : "else"] else { return [] }
        return try lenient.check(value, against: consequence, in: rule.file, at: path)
    }

    private func branches(of value: JSON, _ rule: Rule, at path: String) throws -> [Violation] {
        let outcomes = try (rule.operand.array ?? []).map {
            try check(value, against: $0, in: rule.file, at: path)
        }
        let matches = outcomes.count(where: \.isEmpty)
        switch rule.name {
        case "oneOf" where matches == 1, "anyOf" where matches > 0, "allOf" where matches == outcomes.count: return []
        case "allOf": return outcomes.flatMap { $0 }
        default: return [Violation(path: path, keyword: rule.name)]
        }
    }

    private static func path(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}

// Keywords that decide by themselves.
extension SchemaValidator {
    func holds(_ value: JSON, _ rule: Rule) throws -> Bool {
        switch rule.name {
        case "type": return try isOfType(value, rule)
        case "enum": return rule.operand.array?.contains(value) ?? false
        case "const": return rule.operand == value
        case "minimum", "maximum": return try holds(value.integer.map(Int.init), rule, isLeast: rule.name == "minimum")
        case "minItems", "maxItems": return try holds(value.array?.count, rule, isLeast: rule.name == "minItems")
        case "minLength", "maxLength":
            return try holds(value.string?.unicodeScalars.count, rule, isLeast: rule.name == "minLength")
        default:
            guard let text = value.string else { return true }
            return try text.firstMatch(of: library.pattern(rule.operand.string ?? "")) != nil
        }
    }

    /// A limit says nothing about values of another type.
    private func holds(_ number: Int?, _ rule: Rule, isLeast: Bool) throws -> Bool {
        guard let limit = rule.operand.integer.map(Int.init) else { throw Failure.malformedSchema(rule.file) }
        guard let number else { return true }
        return isLeast ? number >= limit : number <= limit
    }

    private func isOfType(_ value: JSON, _ rule: Rule) throws -> Bool {
        let names = rule.operand.array?.compactMap(\.string) ?? [rule.operand.string].compactMap { $0 }
        guard !names.isEmpty else { throw Failure.malformedSchema(rule.file) }
        return names.contains(value.typeName)
    }
}

extension JSON {
    /// Its type in JSON Schema's words. Every number here is whole.
    var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .integer: "integer"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}
