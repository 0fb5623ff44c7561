/// A value of a banded row in its natural order: a number, a range such as `3-4` or `7-30d`, an open one such as `10+`.
///
/// Numbers have at most 15 digits before and 3 after the point. One value has one text: no leading zeros, no `+5`.
package struct BandValue: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The least number of the band, in thousandths.
    let lower: Int64
    /// The end of the band, in thousandths: the number itself for a plain one, the largest there is for an open one.
    let upper: Int64
    let isDays: Bool

    package static let maximumBytes = 40

    /// - Returns: `nil` for text that is none of the forms.
    package init?(_ text: String) { self.init(ascii: Array(text.utf8)[...]) }

    init?(ascii text: ArraySlice<UInt8>) {
        guard text.count <= Self.maximumBytes, var rest = Optional(text) else { return nil }
        guard let first = Self.number(&rest, isSigned: true) else { return nil }
        lower = first
        switch Array(rest) {
        case []:
            (upper, isDays) = (first, false)
        case [UInt8(ascii: "+")], [UInt8(ascii: "d"), UInt8(ascii: "+")]:
            (upper, isDays) = (.max, rest.count == 2)
        default:
            guard rest.removeFirst() == UInt8(ascii: "-"), let last = Self.number(&rest, isSigned: false) else {
                return nil
            }
            isDays = rest.elementsEqual([UInt8(ascii: "d")])
            guard last > first, rest.isEmpty || isDays else { return nil }
            upper = last
        }
    }

    /// Takes a number off the front. - Returns: thousandths.
    private static func number(_ text: inout ArraySlice<UInt8>, isSigned: Bool) -> Int64? {
        let isNegative = isSigned && text.first == UInt8(ascii: "-")
        if isNegative { text.removeFirst() }
        guard let whole = digits(&text, count: 1...15, mayStartWithZero: false) else { return nil }
        var fraction: Int64 = 0
        if text.first == UInt8(ascii: ".") {
            text.removeFirst()
            let before = text.count
            guard let digits = digits(&text, count: 1...3, mayStartWithZero: true) else { return nil }
            fraction = digits * [100, 10, 1][before - text.count - 1]
        }
        let value = whole * 1000 + fraction
        guard !isNegative || value > 0 else { return nil }
        return isNegative ? -value : value
    }

    private static func digits(
        _ text: inout ArraySlice<UInt8>, count: ClosedRange<Int>, mayStartWithZero: Bool
    ) -> Int64? {
        let digits = text.prefix { 48...57 ~= $0 }
        guard count ~= digits.count, mayStartWithZero || digits.count == 1 || digits.first != 48 else { return nil }
        text = text.dropFirst(digits.count)
        return digits.reduce(0) { $0 * 10 + Int64($1 - 48) }
    }

    package var description: String {
        let unit = isDays ? "d" : ""
        if upper == lower { return Self.text(lower) }
        return upper == .max ? "\(Self.text(lower))\(unit)+" : "\(Self.text(lower))-\(Self.text(upper))\(unit)"
    }

    private static func text(_ thousandths: Int64) -> String {
        let (whole, fraction) = thousandths.magnitude.quotientAndRemainder(dividingBy: 1000)
        let sign = thousandths < 0 ? "-" : ""
        guard fraction > 0 else { return "\(sign)\(whole)" }
        var digits = String(String(1000 + fraction).dropFirst())
        while digits.last == "0" { digits.removeLast() }
        return "\(sign)\(whole).\(digits)"
    }

    package static func < (left: BandValue, right: BandValue) -> Bool {
        if left.lower != right.lower { return left.lower < right.lower }
        return left.upper != right.upper ? left.upper < right.upper : !left.isDays && right.isDays
    }
}
