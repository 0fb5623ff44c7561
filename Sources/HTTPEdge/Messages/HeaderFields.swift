/// The header fields of a message, in the order sent; names are compared without regard to case (RFC 9110 §5.1).
package struct HeaderFields: Sendable, Equatable, ExpressibleByDictionaryLiteral {
    package private(set) var fields: [Field]

    package struct Field: Sendable, Equatable {
        package let name: String
        package let value: String
    }

    package init(_ fields: [(String, String)] = []) {
        self.fields = fields.map { Field(name: $0.0, value: $0.1) }
    }

    package init(dictionaryLiteral elements: (String, String)...) { self.init(elements) }

    package mutating func append(_ name: String, _ value: String) { fields.append(Field(name: name, value: value)) }

    /// The first value under the name.
    package subscript(name: String) -> String? { fields.first { hasSameName($0.name, name) }?.value }

    /// The only value under the name; `nil` where there is none or more than one, which readers would not agree on.
    package func single(_ name: String) -> String? {
        var found: String?
        for field in fields where hasSameName(field.name, name) {
            guard found == nil else { return nil }
            found = field.value
        }
        return found
    }
}

/// Compares two field names byte by byte, ASCII letters without regard to case.
private func hasSameName(_ left: String, _ right: String) -> Bool {
    guard left.utf8.count == right.utf8.count else { return false }
    return zip(left.utf8, right.utf8).allSatisfy { asciiLowercase($0) == asciiLowercase($1) }
}

private func asciiLowercase(_ character: UInt8) -> UInt8 {
    (65...90).contains(character) ? character | 32 : character
}
