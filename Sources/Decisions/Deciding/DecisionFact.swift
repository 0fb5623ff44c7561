package import Vocabulary

/// What in the answer made a condition true, or what was missing to decide it.
package struct DecisionFact: Hashable, Sendable {
    /// A cell's name, `score`, `signal`, `signal.reporters` …
    package let term: String
    /// As the answer tells it; null where it tells nothing.
    package let value: JSON
    /// The signal's reference, by which it can be disputed.
    package let reference: String?

    /// Enough for a reader; a rule's further facts are left out.
    static let limit = 16

    init(_ term: String, _ value: JSON?, reference: String? = nil) {
        (self.term, self.value, self.reference) = (term, value ?? .null, reference)
    }

    var json: JSON {
        .object(["term": .string(term), "value": value, "reference": .optional(reference)])
    }
}
