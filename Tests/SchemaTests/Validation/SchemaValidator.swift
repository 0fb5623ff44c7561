import Vocabulary

/// JSON Schema 2020-12, as far as the files of `schemas/` use it. A keyword it does not know is an error, so that no
/// schema says something that nobody checks.
struct SchemaValidator {
    /// What a schema says against a document.
    struct Violation: Hashable, CustomStringConvertible {
        /// Where in the document, such as `records[3].eventTime`.
        let path: String
        let keyword: String

        var description: String { "\(path.isEmpty ? "(document)" : path): \(keyword)" }
    }

    enum Failure: Error {
        case unknownKeyword(String, file: String)
        case malformedSchema(String)
    }

    /// Keywords that say nothing about validity.
    static let annotations: Set<String> = [
        "$schema", "$defs", "title", "description", "format", "default", "examples", "deprecated",
    ]

    let library = SchemaLibrary()
    /// Whether members that a schema leaves open are violations too: for what our own side writes, which must be
    /// described whole, whatever readers have to tolerate.
    var refusesUndescribed = false

    /// - Parameter file: the schema, relative to `schemas/`, with or without a place in it (`…json#/$defs/name`).
    func violations(of document: JSON, against file: String) throws -> [Violation] {
        let entry = try library.resolve(file, from: "")
        return try check(document, against: entry.schema, in: entry.file, at: "")
    }

    func accepts(_ document: JSON, as file: String) throws -> Bool {
        try violations(of: document, against: file).isEmpty
    }

    func check(_ value: JSON, against schema: JSON, in file: String, at path: String) throws -> [Violation] {
        if let verdict = schema.bool { return verdict ? [] : [Violation(path: path, keyword: "false")] }
        guard let keywords = schema.members else { throw Failure.malformedSchema(file) }
        var violations: [Violation] = []
        for keyword in keywords where !Self.annotations.contains(keyword.name) {
            let rule = Rule(name: keyword.name, operand: keyword.value, schema: schema, file: file)
            violations += try check(value, rule, at: path)
        }
        if refusesUndescribed, schema["properties"] != nil, schema["additionalProperties"] == nil {
            let rule = Rule(name: "additionalProperties", operand: false, schema: schema, file: file)
            violations += try check(value, rule, at: path)
        }
        return violations
    }

    /// One keyword of one schema.
    struct Rule {
        let name: String
        let operand: JSON
        /// The schema that it stands in.
        let schema: JSON
        let file: String
    }

    private func check(_ value: JSON, _ rule: Rule, at path: String) throws -> [Violation] {
        switch rule.name {
        case "properties", "required", "additionalProperties": try members(of: value, rule, at: path)
        case "items": try items(of: value, rule, at: path)
        case "$ref", "oneOf", "anyOf", "allOf", "not", "if", "then", "else": try compound(value, rule, at: path)
        case "type", "enum", "const", "pattern", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems":
            try holds(value, rule) ? [] : [Violation(path: path, keyword: rule.name)]
        default: throw Failure.unknownKeyword(rule.name, file: rule.file)
        }
    }
}
