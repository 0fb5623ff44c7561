internal import Vocabulary

/// The wire names of a closed list of cases, looked up without reflection.
///
/// Lists are short and names fit a small string, so a scan is faster than a dictionary.
struct NameTable<Value: Hashable & Sendable>: Sendable {
    private let entries: [(name: String, value: Value)]
    /// The names as a refusal lists them.
    let list: String

    init(_ values: some Sequence<Value>, name: (Value) -> String = { String(describing: $0) }) {
        entries = values.map { (name($0), $0) }
        list = entries.map(\.name).joined(separator: ", ")
    }

    func value(named name: String) -> Value? {
        for entry in entries where entry.name == name { return entry.value }
        return nil
    }

    func name(of value: Value) -> String {
        for entry in entries where entry.value == value { return entry.name }
        preconditionFailure("A case that its own table lacks.")
    }
}

extension ObjectReader {
    mutating func choice<Value>(_ name: String, _ table: NameTable<Value>) throws(FieldFailure) -> Value {
        guard let value = try optionalChoice(name, table) else { throw failure(name, .missing) }
        return value
    }

    mutating func optionalChoice<Value>(_ name: String, _ table: NameTable<Value>) throws(FieldFailure) -> Value? {
        guard let text = try optionalString(name) else { return nil }
        guard let value = table.value(named: text) else { throw failure(name, .malformed("not one of \(table.list)")) }
        return value
    }

    /// A list that may be left out, which means the empty one.
    mutating func optionalArray(_ name: String, maximum: Int) throws(FieldFailure) -> [JSON] {
        guard let value = optional(name) else { return [] }
        guard case .array(let elements) = value else { throw failure(name, .wrongType(expected: "a list")) }
        guard elements.count <= maximum else { throw failure(name, .tooMany(limit: maximum)) }
        return elements
    }

    /// A list of strings, each parsed by one of our types' initialisers.
    mutating func parsedList<Value>(
        _ name: String, maximum: Int, as parse: (String) throws(DecodingFailure) -> Value
    ) throws(FieldFailure) -> [Value] {
        var values: [Value] = []
        for (index, element) in try optionalArray(name, maximum: maximum).enumerated() {
            let path = "\(path(of: name))[\(index)]"
            guard case .string(let text) = element else {
                throw FieldFailure(path: path, rule: .wrongType(expected: "a string"))
            }
            do throws(DecodingFailure) { values.append(try parse(text)) } catch {
                throw FieldFailure(path: path, rule: .malformed(error.explanation))
            }
        }
        return values
    }

    mutating func optionalFlag(_ name: String) throws(FieldFailure) -> Bool { try optionalBool(name) ?? false }
}
