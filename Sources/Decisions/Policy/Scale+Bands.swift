extension Scale {
    /// The values there can be, in the unit of told values.
    var domain: Interval {
        switch self {
        case .count, .days, .amount: Interval(0, nil)
        case .share: Interval(0, 100)
        case .mean: Interval(100, nil)
        case .rise: Interval(nil, nil)
        case .exact(let range): Interval(range.lowerBound, range.upperBound)
        }
    }

    /// The bands in which values about others are told, lowest first; none where values are always exact.
    func bands(countBands: [Int64]) -> [Interval] {
        switch self {
        case .count: Self.bands(from: countBands)
        case .days: Self.bands(from: [0, 7, 30, 90, 180, 360, 720, 1080, 1800])
        case .amount: Self.bands(from: Self.amountBounds)
        case .share: [(0, 0), (1, 24), (25, 49), (50, 74), (75, 99), (100, 100)].map { Interval($0, $1) }
        case .mean: Self.bands(from: countBands.filter { $0 > 0 }.map { $0 * 100 })
        case .rise: [Interval(nil, -1), Interval(0), Interval(1, nil)]
        case .exact: []
        }
    }

    private static func bands(from lowerBounds: [Int64]) -> [Interval] {
        lowerBounds.indices.map { index in
            Interval(lowerBounds[index], index + 1 < lowerBounds.count ? lowerBounds[index + 1] - 1 : nil)
        }
    }

    /// 0, 1, 2, 5, 10, 20, 50 … a million million and its end.
    private static let amountBounds: [Int64] = {
        var bounds: [Int64] = [0]
        var decade: Int64 = 1
        while bounds.count <= 37 {
            bounds += [decade, 2 * decade, 5 * decade]
            decade *= 10
        }
        return Array(bounds.prefix(38))
    }()
}
