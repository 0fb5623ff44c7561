/// What is wrong with a document's field: where (such as `records[3].eventTime`) and which rule, never the value.
package struct FieldFailure: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Rule: Hashable, Sendable {
        case missing, unknown
        case wrongType(expected: String)
        case malformed(String)
        case tooMany(limit: Int)
        case tooFew(minimum: Int)
    }

    package let path: String
    package let rule: Rule

    package init(path: String, rule: Rule) {
        (self.path, self.rule) = (path, rule)
    }

    package var description: String {
        switch rule {
        case .missing: "The field \(path) is missing."
        case .unknown: "The field \(path) is not known here."
        case .wrongType(let expected): "The field \(path) must be \(expected)."
        case .malformed(let why): "The field \(path) is not valid: \(why)."
        case .tooMany(let limit): "The field \(path) has more than \(limit) elements."
        case .tooFew(let minimum): "The field \(path) has fewer than \(minimum) elements."
        }
    }
}

/// Takes the fields of one object by name and type; `finish()` then refuses what nobody took.
///
/// Requests are finished (unknown fields refused); readers of answers leave `finish()` out (unknown fields ignored).
package struct ObjectReader {
    package let path: String
    private let members: [JSON.Member]
    private var taken: UInt64 = 0

    package static let maximumMembers = 64

    package init(_ json: JSON, path: String = "") throws(FieldFailure) {
        guard case .object(let members) = json else {
            throw FieldFailure(path: path.isEmpty ? "(document)" : path, rule: .wrongType(expected: "an object"))
        }
        guard members.count <= Self.maximumMembers else {
            throw FieldFailure(path: path, rule: .tooMany(limit: Self.maximumMembers))
        }
        self.members = members
        self.path = path
    }

    /// The value of a field, or `nil` where it is absent or null.
    package mutating func optional(_ name: String) -> JSON? {
        // Strings are equal up to canonical equivalence (K and the Kelvin sign); of such two, only one is ASCII, and
        // that one is shorter.
        let isNamed = { (member: JSON.Member) in member.name == name && member.name.utf8.count == name.utf8.count }
        guard let index = members.firstIndex(where: isNamed) else { return nil }
        taken |= 1 << UInt64(index)
        return members[index].value == .null ? nil : members[index].value
    }

    package mutating func required(_ name: String) throws(FieldFailure) -> JSON {
        guard let value = optional(name) else { throw failure(name, .missing) }
        return value
    }

    package mutating func optionalString(_ name: String, maximumLength: Int = 256) throws(FieldFailure) -> String? {
        guard let value = optional(name) else { return nil }
        guard case .string(let text) = value else { throw failure(name, .wrongType(expected: "a string")) }
        guard text.utf8.count <= maximumLength else {
            throw failure(name, .malformed("longer than \(maximumLength) bytes"))
        }
        return text
    }

    package mutating func string(_ name: String, maximumLength: Int = 256) throws(FieldFailure) -> String {
        guard let text = try optionalString(name, maximumLength: maximumLength) else { throw failure(name, .missing) }
        return text
    }

    package mutating func optionalInteger(_ name: String, in range: ClosedRange<Int64>) throws(FieldFailure) -> Int64? {
        guard let value = optional(name) else { return nil }
        guard case .integer(let number) = value else { throw failure(name, .wrongType(expected: "a whole number")) }
        guard range.contains(number) else {
            throw failure(name, .malformed("outside \(range.lowerBound) to \(range.upperBound)"))
        }
        return number
    }

    package mutating func integer(_ name: String, in range: ClosedRange<Int64>) throws(FieldFailure) -> Int64 {
        guard let number = try optionalInteger(name, in: range) else { throw failure(name, .missing) }
        return number
    }

    package mutating func optionalBool(_ name: String) throws(FieldFailure) -> Bool? {
        guard let value = optional(name) else { return nil }
        guard case .bool(let flag) = value else { throw failure(name, .wrongType(expected: "true or false")) }
        return flag
    }

    package mutating func array(_ name: String, maximum: Int, minimum: Int = 0) throws(FieldFailure) -> [JSON] {
        guard case .array(let elements) = try required(name) else {
            throw failure(name, .wrongType(expected: "a list"))
        }
        guard elements.count <= maximum else { throw failure(name, .tooMany(limit: maximum)) }
        guard elements.count >= minimum else { throw failure(name, .tooFew(minimum: minimum)) }
        return elements
    }

    package mutating func object(_ name: String) throws(FieldFailure) -> ObjectReader {
        try ObjectReader(try required(name), path: path(of: name))
    }

    package mutating func optionalObject(_ name: String) throws(FieldFailure) -> ObjectReader? {
        guard let value = optional(name) else { return nil }
        return try ObjectReader(value, path: path(of: name))
    }

    /// A string field parsed by one of our types' failable or throwing initialisers.
    package mutating func parsed<Value>(
        _ name: String, as parse: (String) throws(DecodingFailure) -> Value
    ) throws(FieldFailure) -> Value {
        try convert(name, try string(name, maximumLength: 1 << 20), parse)
    }

    package mutating func optionalParsed<Value>(
        _ name: String, as parse: (String) throws(DecodingFailure) -> Value
    ) throws(FieldFailure) -> Value? {
        guard let text = try optionalString(name, maximumLength: 1 << 20) else { return nil }
        return try convert(name, text, parse)
    }

    /// A string field that must be one of a closed list of ASCII names.
    package mutating func choice<Value>(
        _ name: String, expected: String, _ find: (String) -> Value?
    ) throws(FieldFailure) -> Value {
        let text = try string(name)
        // What is not ASCII could still be canonically equivalent to a name on the list.
        guard text.utf8.allSatisfy({ $0 < 128 }), let value = find(text) else {
            throw failure(name, .malformed("not one of \(expected)"))
        }
        return value
    }

    package mutating func base64(_ name: String) throws(FieldFailure) -> [UInt8] {
        guard let text = optional(name) else { throw failure(name, .missing) }
        guard case .string(let text) = text else { throw failure(name, .wrongType(expected: "a base64 string")) }
        return try convert(name, text, Base64.decode)
    }

    /// Refuses the first field that nobody took.
    package func finish() throws(FieldFailure) {
        for (index, member) in members.enumerated() where taken & 1 << UInt64(index) == 0 {
            throw failure(String(member.name.prefix(64)), .unknown)
        }
    }

    package func path(of name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    package func failure(_ name: String, _ rule: FieldFailure.Rule) -> FieldFailure {
        FieldFailure(path: path(of: name), rule: rule)
    }

    private func convert<Value>(
        _ name: String, _ text: String, _ parse: (String) throws(DecodingFailure) -> Value
    ) throws(FieldFailure) -> Value {
        do throws(DecodingFailure) { return try parse(text) } catch {
            throw failure(name, .malformed(error.explanation))
        }
    }
}

extension DecodingFailure {
    package var explanation: String {
        switch self {
        case .wrongLength(let expected, let actual): "\(actual) long where \(expected) is needed"
        case .notHex: "not lower-case hexadecimal"
        case .notBase64: "not standard base64 with padding"
        case .notCanonical: "not in canonical form"
        case .outOfRange: "out of range"
        case .malformed(let why): why
        }
    }
}
