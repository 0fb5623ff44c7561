internal import Records

/// The 1-2-5 series as numbers.
enum AmountSeries {
    private static let lowerBounds: [Int64] = (0..<UInt8(AmountBand.count)).compactMap { index in
        (try? AmountBand(index: index)).map { Int64($0.lowerBound) }
    }

    static func lowerBound(_ band: UInt8) -> Int64 { Int(band) < lowerBounds.count ? lowerBounds[Int(band)] : 0 }

    /// The index of the band that a sum falls into; a sum beyond the series falls into the last.
    static func band(of sum: Int64) -> Int64 {
        var (low, high) = (0, lowerBounds.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if lowerBounds[middle] <= sum { low = middle } else { high = middle - 1 }
        }
        return Int64(low)
    }
}
