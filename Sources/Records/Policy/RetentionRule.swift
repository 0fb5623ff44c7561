internal import Vocabulary

/// How long a code may be shown at most (DOMAIN §3); it counts from the end of the event.
package enum RetentionRule: Hashable, Sendable {
    /// So many days after the event's end; an event without an end was a moment.
    case days(Int)
    /// So many days after the end; while nobody states one the event lasts, but counts as ended at the latest so many
    /// days after it began. With 0 days it is gone with the end.
    case afterEnd(days: Int, openAtMostDays: Int)
    /// As long as the report it continues.
    case asParent
    case unlimited

    package static let maximumDays = 36_525
}

extension RetentionRule {
    init(_ json: JSON, path: String) throws(FieldFailure) {
        var reader = try ObjectReader(json, path: path)
        let kind = try reader.choice("rule", Kind.names)
        switch kind {
        case .days: self = .days(try reader.count("days", atMost: Self.maximumDays))
        case .afterEnd:
            self = .afterEnd(
                days: try reader.count("days", atMost: Self.maximumDays, atLeast: 0),
                openAtMostDays: try reader.count("openAtMostDays", atMost: Self.maximumDays))
        case .asParent: self = .asParent
        case .unlimited: self = .unlimited
        }
        try reader.finish()
    }

    var json: JSON {
        switch self {
        case .days(let days): .object(["rule": "days", "days": .number(days)])
        case .afterEnd(let days, let openAtMost):
            .object(["rule": "afterEnd", "days": .number(days), "openAtMostDays": .number(openAtMost)])
        case .asParent: .object(["rule": "asParent"])
        case .unlimited: .object(["rule": "unlimited"])
        }
    }

    private enum Kind: Hashable, Sendable, CaseIterable {
        case days, afterEnd, asParent, unlimited
        static let names = NameTable(allCases)
    }
}
