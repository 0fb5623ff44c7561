/// A count as others are told it: 0, 1, 2, 3–4, 5–9, 10+ (DOMAIN §5).
package struct CountBand: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let lowest: Int
    /// `nil` for the open band at the top.
    package let highest: Int?

    package var description: String {
        guard let highest else { return "\(lowest)+" }
        return lowest == highest ? "\(lowest)" : "\(lowest)-\(highest)"
    }

    package static func < (left: CountBand, right: CountBand) -> Bool { left.lowest < right.lowest }
}

/// The policy's bands, by their lower bounds.
package struct CountBands: Hashable, Sendable {
    package let lowerBounds: [Int]

    package static let standard = CountBands(unchecked: [0, 1, 2, 3, 5, 10])

    /// `nil` unless the bounds rise from 0.
    package init?(lowerBounds: [Int]) {
        guard lowerBounds.first == 0, zip(lowerBounds, lowerBounds.dropFirst()).allSatisfy({ $0 < $1 }) else {
            return nil
        }
        self.lowerBounds = lowerBounds
    }

    private init(unchecked lowerBounds: [Int]) { self.lowerBounds = lowerBounds }

    /// The band of a count; a negative one, which no counter yields, is shown as none.
    package func band(of count: Int) -> CountBand {
        let index = lowerBounds.lastIndex { $0 <= count } ?? 0
        let next = index + 1 < lowerBounds.count ? lowerBounds[index + 1] : nil
        return CountBand(lowest: lowerBounds[index], highest: next.map { $0 - 1 })
    }
}
