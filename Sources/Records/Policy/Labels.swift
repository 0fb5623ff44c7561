package import Vocabulary

/// What a code means, for people, in the two languages that an answer carries.
package struct Labels: Hashable, Sendable {
    package static let maximumBytes = 256

    package let english: String
    package let chinese: String

    package init(english: String, chinese: String) {
        (self.english, self.chinese) = (english, chinese)
    }

    /// As answers and the policy have it: `{"en","zh"}`.
    package var json: JSON { .object(["en": .string(english), "zh": .string(chinese)]) }
}

extension Labels {
    init(reading reader: consuming ObjectReader) throws(FieldFailure) {
        english = try reader.label("en")
        chinese = try reader.label("zh")
        try reader.finish()
    }
}

extension ObjectReader {
    fileprivate mutating func label(_ name: String) throws(FieldFailure) -> String {
        let text = try string(name, maximumLength: Labels.maximumBytes)
        guard !text.isEmpty else { throw failure(name, .malformed("empty")) }
        return text
    }
}
