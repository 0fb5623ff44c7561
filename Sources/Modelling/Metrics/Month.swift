/// A month of the policy's local time.
package struct Month: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let year: Int
    package let month: Int

    /// `nil` for a month that is none, or a year outside 1 … 9999.
    package init?(year: Int, month: Int) {
        guard 1...9999 ~= year, 1...12 ~= month else { return nil }
        (self.year, self.month) = (year, month)
    }

    /// Such as `2025-03`.
    package var description: String {
        let digits = String(year)
        return String(repeating: "0", count: 4 - digits.count) + digits + (month < 10 ? "-0" : "-") + String(month)
    }

    package static func < (left: Month, right: Month) -> Bool {
        (left.year, left.month) < (right.year, right.month)
    }
}
