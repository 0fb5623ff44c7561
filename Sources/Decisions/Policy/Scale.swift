internal import Vocabulary

/// What a told number means: how its text is read as an interval, and which numbers its bands tell apart.
///
/// A value comes exact (a JSON number, or decimal text in a large consortium) or as a band's text; both read the same.
enum Scale: Hashable, Sendable {
    /// Text such as `3-4` holds both ends; `10+` has no upper bound.
    case count
    /// Text such as `7-30d` runs from the first day up to, not including, the second.
    case days
    /// Text such as `1000-2000`, a band of the 1-2-5 series, runs up to, not including, its end.
    case amount
    /// Per cent, in `0 1-24 25-49 50-74 75-99 100`.
    case share
    /// Events a month in hundredths where exact, in whole ones where told in bands; thresholds are in whole ones.
    case mean
    /// Told by its sign alone, `-1` or `1`, unless exact.
    case rise
    /// A small number that is always told as it is.
    case exact(ClosedRange<Int64>)

    /// The scale of a statistics cell, by the last part of its name.
    init(cell name: String) {
        let last = name.utf8.lastIndex(of: UInt8(ascii: ".")).map { name[name.utf8.index(after: $0)...] } ?? name[...]
        switch last {
        case "amount", "maxAmount", "outstanding", "dueIn30Days": self = .amount
        case "maxGapDays", "minGapDays", "daysSinceFirst", "daysSinceLast", "runDays", "daysSincePairFirstSeen",
            "daysSinceConflictingPair":
            self = .days
        case "meanPerActiveMonth": self = .mean
        case "rise": self = .rise
        case "worstBucket": self = .exact(0...4)
        case "disagree": self = .exact(0...1)
        default: self = last.hasPrefix("shareOf") ? .share : .count
        }
    }

    /// What a policy's number is multiplied by to compare it with a told value.
    var unit: Int64 { self == .mean ? 100 : 1 }

    /// The interval that a told value names; `nil` where it is null, missing, or not of this scale.
    func interval(of value: JSON?) -> Interval? {
        switch value {
        case .integer(let number): Interval(number)
        case .string(let text): interval(of: text)
        case .null, .bool, .array, .object, nil: nil
        }
    }

    private func interval(of text: String) -> Interval? {
        var text = text[...]
        if self == .days, text.hasSuffix("d") || text.hasSuffix("d+") {
            text = text.hasSuffix("+") ? text.dropLast(2) + "+" : text.dropLast()
        }
        if let number = Self.whole(text) { return single(number) }
        if text.hasSuffix("+") { return Self.whole(text.dropLast()).map { Interval($0 * unit, nil) } }
        let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map(Self.whole)
        guard ends.count == 2, let lower = ends[0], let end = ends[1] else { return nil }
        let upper = self == .days || self == .amount ? end - 1 : end
        return lower <= upper ? Interval(lower * unit, upper * unit + unit - 1) : nil
    }

    private func single(_ number: Int64) -> Interval {
        switch self {
        case .rise where number == 1: Interval(1, nil)
        case .rise where number == -1: Interval(nil, -1)
        // An active month has an event at least, so that less than a hundred is no number of hundredths.
        case .mean where number < 100: Interval(number * 100, number * 100 + 99)
        case .count, .days, .amount, .share, .mean, .rise, .exact: Interval(number)
        }
    }

    private static func whole(_ text: Substring) -> Int64? {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text
        guard !digits.isEmpty, digits.utf8.count < 16, digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        return Int64(text)
    }
}
