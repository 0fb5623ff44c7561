internal import Vocabulary

/// The fields of a request's query, each at most once; what nobody asked for is refused.
struct QueryFields {
    private var fields: [(name: String, value: String)] = []

    init(_ query: String) throws(Problem) {
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { String($0) }
            guard parts.count == 2, !fields.contains(where: { $0.name == parts[0] }), fields.count < 16 else {
                throw Problem(.invalidField, "The query is not of the form name=value, or names a field twice.")
            }
            fields.append((parts[0], parts[1]))
        }
    }

    mutating func text(_ name: String) -> String? {
        guard let index = fields.firstIndex(where: { $0.name == name }) else { return nil }
        return fields.remove(at: index).value
    }

    mutating func number(_ name: String, in range: ClosedRange<UInt64>) throws(Problem) -> UInt64? {
        guard let text = text(name) else { return nil }
        guard text.utf8.allSatisfy({ (48...57).contains($0) }), let number = UInt64(text), range.contains(number) else {
            throw Problem(
                .invalidField, "The query's number is not from \(range.lowerBound) to \(range.upperBound).", path: name)
        }
        return number
    }

    /// One of a list.
    mutating func choice(_ name: String, _ choices: [String]) throws(Problem) -> String? {
        guard let text = text(name) else { return nil }
        guard choices.contains(text) else {
            throw Problem(
                .invalidField, "The query's field is none of \(choices.joined(separator: ", ")).", path: name)
        }
        return text
    }

    func finish() throws(Problem) {
        guard fields.isEmpty else { throw Problem(.unknownField, "The query has a field that is not known here.") }
    }
}
