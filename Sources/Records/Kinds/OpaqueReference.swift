package import Vocabulary

/// A member's or the node's own reference: 1 to 64 of `A-Z a-z 0-9 . _ : -`. It must say nothing of a person.
package struct OpaqueReference: Hashable, Sendable, CustomStringConvertible {
    package static let maximumLength = 64
    package let text: String

    package init(_ text: String) throws(DecodingFailure) {
        guard Self.isAllowed(text) else {
            throw .malformed("a reference is 1 to 64 of A-Z, a-z, 0-9, '.', '_', ':' and '-'")
        }
        self.text = text
    }

    package var description: String { text }

    private static func isAllowed(_ text: String) -> Bool {
        let characters = text.utf8
        guard (1...maximumLength).contains(characters.count) else { return false }
        return characters.allSatisfy { character in
            switch character {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: ":"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
    }
}

/// A name from one of the policy's lists (products, classes, grounds): 1 to 32 of `A-Z a-z 0-9 -`, from a letter.
package struct ListedName: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) throws(DecodingFailure) {
        guard Self.isAllowed(text) else {
            throw .malformed("a listed name is 1 to 32 of A-Z, a-z, 0-9 and '-', from a letter")
        }
        self.text = text
    }

    package var description: String { text }

    private static func isAllowed(_ text: String) -> Bool {
        let characters = text.utf8
        guard (1...32).contains(characters.count), let first = characters.first, isLetter(first) else { return false }
        return characters.allSatisfy { isLetter($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isLetter(_ character: UInt8) -> Bool {
        (65...90).contains(character) || (97...122).contains(character)
    }
}
