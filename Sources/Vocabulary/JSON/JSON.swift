/// A JSON value (RFC 8259) as we exchange it: whole numbers, members in the order written, no name twice.
///
/// Signed documents must mean one thing to every reader, so the parser refuses what readers disagree about: repeated
/// names, numbers with a fraction or exponent, lone surrogates, text after the value, deep nesting.
package enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case string(String)
    case array([JSON])
    case object([Member])

    package struct Member: Hashable, Sendable {
        package let name: String
        package let value: JSON

        package init(_ name: String, _ value: JSON) {
            (self.name, self.value) = (name, value)
        }
    }
}

extension JSON {
    /// Members in the order given; a `nil` value leaves its member out.
    package static func object(_ members: KeyValuePairs<String, JSON?>) -> JSON {
        .object(members.compactMap { name, value in value.map { Member(name, $0) } })
    }

    package static func strings(_ values: some Sequence<String>) -> JSON { .array(values.map { .string($0) }) }
    package static func optional(_ text: String?) -> JSON? { text.map { .string($0) } }
    package static func optional(_ number: Int?) -> JSON? { number.map { .integer(Int64($0)) } }
    package static func number(_ value: some BinaryInteger) -> JSON { .integer(Int64(value)) }

    package subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    package var string: String? { if case .string(let text) = self { text } else { nil } }
    package var integer: Int64? { if case .integer(let number) = self { number } else { nil } }
    package var bool: Bool? { if case .bool(let flag) = self { flag } else { nil } }
    package var array: [JSON]? { if case .array(let elements) = self { elements } else { nil } }
    package var members: [Member]? { if case .object(let members) = self { members } else { nil } }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral
{
    package init(stringLiteral text: String) { self = .string(text) }
    package init(booleanLiteral flag: Bool) { self = .bool(flag) }
    package init(integerLiteral number: Int64) { self = .integer(number) }
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
}
