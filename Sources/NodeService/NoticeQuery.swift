internal import Exchange
internal import Vocabulary

/// What a request for notices asks for: `after`, `wait` in seconds and `limit`, each at most once and nothing else.
struct NoticeQuery: Equatable {
    static let usualLimit = 100

    private(set) var after: UInt64 = 0
    private(set) var waitSeconds = 0
    private(set) var limit = usualLimit

    /// - Parameter fields: those that the route takes.
    /// - Throws: `invalidField`, `unknownField`.
    init(parsing query: String, fields: Set<String> = ["after", "wait", "limit"]) throws(Problem) {
        var seen: Set<String> = []
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard fields.contains(parts[0]) else {
                throw Problem(
                    .unknownField, "The query has a field that is not known here.",
                    hint: "It may have \(fields.sorted().joined(separator: ", ")).")
            }
            guard seen.insert(parts[0]).inserted, parts.count == 2 else { throw Self.malformed(parts[0]) }
            try set(parts[0], parts[1])
        }
    }

    private mutating func set(_ name: String, _ text: String) throws(Problem) {
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { throw Self.malformed(name) }
        switch name {
        case "after":
            guard let number = UInt64(text), number <= UInt64(Int64.max) else { throw Self.malformed(name) }
            after = number
        case "wait":
            let most = Int(NoticeLimits.maximumWait.components.seconds)
            guard let number = Int(text), number <= most else { throw Self.malformed(name) }
            waitSeconds = number
        default:
            guard let number = Int(text), (1...NoticeLimits.noticesPerRequest).contains(number) else {
                throw Self.malformed(name)
            }
            limit = number
        }
    }

    private static func malformed(_ name: String) -> Problem {
        Problem(
            .invalidField, "The query's field \(name) is not a number that is taken here, or stands there twice.",
            hint: """
                after is a cursor; wait is 0 to \(NoticeLimits.maximumWait.components.seconds) seconds; limit is 1 to \
                \(NoticeLimits.noticesPerRequest).
                """, path: name)
    }
}
