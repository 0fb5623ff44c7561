package import Vocabulary

/// An amount as it travels: a band of a 1-2-5 series in the consortium's currency, never exact (DOMAIN §2).
///
/// Band 0 is nothing at all; band n ≥ 1 holds the amounts from its lower bound up to, not including, the next one's.
package struct AmountBand: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let index: UInt8

    /// Up to a million million, enough for every currency a consortium lends in.
    package static let count = 37

    package init(index: UInt8) throws(DecodingFailure) {
        guard index < Self.count else { throw .outOfRange }
        self.index = index
    }

    private init(unchecked index: Int) { self.index = UInt8(index) }

    /// The band an amount falls into; what lies beyond the series falls into the last.
    package init(containing amount: UInt64) {
        let next = Self.lowerBounds.firstIndex { $0 > amount } ?? Self.count
        self.init(unchecked: next - 1)
    }

    /// Reads a label of the series such as `1000-2000`; anything else, an exact amount above all, is refused.
    package init(_ label: String) throws(DecodingFailure) {
        guard let band = Self.byLabel[label] else {
            throw .malformed("not a band of the 1-2-5 series such as 1000-2000 (amounts are never exact)")
        }
        self = band
    }

    package var label: String { Self.labels[Int(index)] }
    package var description: String { label }
    /// The least amount of the band.
    package var lowerBound: UInt64 { Self.lowerBounds[Int(index)] }
    /// The first amount above the band.
    package var upperBound: UInt64 { Self.lowerBounds[Int(index) + 1] }

    package static func < (left: AmountBand, right: AmountBand) -> Bool { left.index < right.index }

    /// 0, 1, 2, 5, 10, 20, 50 … and the end of the last band.
    private static let lowerBounds: [UInt64] = {
        var bounds: [UInt64] = [0]
        var decade: UInt64 = 1
        while bounds.count <= count {
            bounds += [decade, 2 * decade, 5 * decade]
            decade *= 10
        }
        return Array(bounds.prefix(count + 1))
    }()

    private static let labels = (0..<count).map { $0 == 0 ? "0" : "\(lowerBounds[$0])-\(lowerBounds[$0 + 1])" }

    private static let byLabel = Dictionary(
        uniqueKeysWithValues: labels.enumerated().map { ($1, AmountBand(unchecked: $0)) })
}
