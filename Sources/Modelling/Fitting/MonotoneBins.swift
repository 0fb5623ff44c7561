/// Coarse bins along a column's natural order in which the bad rate only rises, or only falls.
///
/// 1. Adjacent values whose bad rates do not go in the direction asked are pooled (adjacent violators); equal rates
///    too. 2. The smallest bin under the minimum size joins the neighbour of the nearer bad rate, until none is left.
/// 3. Neighbours whose smoothed odds, and so whose weights of evidence, break the order are pooled. Each keeps what
/// the ones before it reached. All comparisons are exact.
struct MonotoneBins {
    enum Direction: CaseIterable { case rising, falling }

    struct Minimum {
        /// Weight in units.
        let total: Int
        let rows: Int
    }

    struct Bin: Hashable {
        /// Numbers of the column's values, from 0.
        let values: ClosedRange<Int>
        let tally: Tally
    }

    private(set) var bins: [Bin] = []

    /// - Parameter tallies: one a value in natural order; values that no row has are left out.
    init(_ tallies: [Tally], direction: Direction, minimum: Minimum, unitsPerRow: Int) {
        let inOrder = direction == .rising ? -1 : 1
        for (value, tally) in tallies.enumerated() where tally.rows > 0 {
            bins.append(Bin(values: value...value, tally: tally))
            pool { $0.compareBadRate($1) == inOrder }
        }
        joinSmall(minimum)
        let coarse = bins
        bins = []
        for bin in coarse {
            bins.append(bin)
            pool { $0.compareSmoothedOdds($1, unitsPerRow: unitsPerRow) == inOrder }
        }
    }

    /// Joins the last bin with those before it for as long as they break the order.
    private mutating func pool(_ isOrdered: (Tally, Tally) -> Bool) {
        while bins.count > 1, !isOrdered(bins[bins.count - 2].tally, bins[bins.count - 1].tally) {
            join(at: bins.count - 2)
        }
    }

    private mutating func join(at place: Int) {
        let (left, right) = (bins[place], bins[place + 1])
        bins[place] = Bin(
            values: left.values.lowerBound...right.values.upperBound, tally: left.tally + right.tally)
        bins.remove(at: place + 1)
    }

    private mutating func joinSmall(_ minimum: Minimum) {
        while bins.count > 1 {
            let small = bins.indices.filter {
                bins[$0].tally.total < minimum.total || bins[$0].tally.rows < minimum.rows
            }
            guard let smallest = small.min(by: { bins[$0].tally.total < bins[$1].tally.total }) else { return }
            join(at: isLeftNearer(smallest) ? smallest - 1 : smallest)
        }
    }

    private func isLeftNearer(_ place: Int) -> Bool {
        guard place > 0 else { return false }
        guard place < bins.count - 1 else { return true }
        let rate = bins[place].tally.badRate
        return abs(rate - bins[place - 1].tally.badRate) <= abs(bins[place + 1].tally.badRate - rate)
    }
}
