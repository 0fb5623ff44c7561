internal import Glibc
package import Vocabulary

/// How far a population of scores has moved from a reference one: Σ (current − reference) · ln(current / reference)
/// over the shares in bins cut at the reference's deciles.
///
/// A share below `floor` counts as `floor`, so that an empty bin costs a finite amount. The trade reads less than 0.10
/// as stable, more than 0.25 as moved; with a few dozen scores a month the index is mostly chance, hence the counts.
package struct StabilityIndex: Hashable, Sendable {
    /// One ten-thousandth of the population.
    package static let floor = 0.0001

    package struct Bin: Hashable, Sendable {
        /// The highest score of the bin; the last bin has the range's highest.
        package let upTo: Int
        package let reference: Int
        package let current: Int
    }

    package let bins: [Bin]
    package let reference: Int
    package let current: Int

    /// Everybody counts, whatever became of them.
    package init(reference: ScoreHistogram, current: ScoreHistogram) {
        precondition(reference.range == current.range, "Histograms of one score have one range.")
        let (old, new) = (reference.population, current.population)
        var (bins, first) = ([Bin](), 0)
        for edge in Self.decilePlaces(of: old) {
            bins.append(
                Bin(
                    upTo: reference.range.lowerBound + edge, reference: old[first...edge].reduce(0, +),
                    current: new[first...edge].reduce(0, +)))
            first = edge + 1
        }
        self.bins = bins
        (self.reference, self.current) = (old.reduce(0, +), new.reduce(0, +))
    }

    /// The places at which a bin ends: for each tenth the first score that completes it, equal ones once, the last
    /// always the end of the range.
    private static func decilePlaces(of counts: [Int]) -> [Int] {
        let total = counts.reduce(0, +)
        var (edges, seen, decile) = ([Int](), 0, 1)
        for (place, count) in counts.enumerated().dropLast() where count > 0 {
            seen += count
            guard decile < 10, seen * 10 >= total * decile else { continue }
            edges.append(place)
            while decile < 10, seen * 10 >= total * decile { decile += 1 }
        }
        return edges + [counts.count - 1]
    }

    /// `nil` where one of the two has nobody.
    package var value: Double? {
        guard reference > 0, current > 0 else { return nil }
        return bins.reduce(0) { sum, bin in
            let old = max(Double(bin.reference) / Double(reference), Self.floor)
            let new = max(Double(bin.current) / Double(current), Self.floor)
            return sum + (new - old) * log(new / old)
        }
    }

    package var json: JSON {
        .object([
            "psi": .optional(value.map { DecimalText.fixed($0) }), "reference": .number(reference),
            "current": .number(current),
        ])
    }
}
