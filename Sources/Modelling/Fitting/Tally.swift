/// Rows of each outcome, as rows and as weight in whole units.
struct Tally: Hashable {
    var goodRows = 0
    var badRows = 0
    var good = 0
    var bad = 0

    var rows: Int { goodRows + badRows }
    var total: Int { good + bad }
    var badRate: Double { total > 0 ? Double(bad) / Double(total) : 0 }

    mutating func add(isBad: Bool, weight: Int) {
        if isBad {
            badRows += 1
            bad += weight
        } else {
            goodRows += 1
            good += weight
        }
    }

    static func + (left: Tally, right: Tally) -> Tally {
        Tally(
            goodRows: left.goodRows + right.goodRows, badRows: left.badRows + right.badRows,
            good: left.good + right.good, bad: left.bad + right.bad)
    }

    /// Whether the bad rate is lower than, equal to or higher than another's: -1, 0, 1. Exact.
    func compareBadRate(_ other: Tally) -> Int { Self.sign(of: bad, in: total, against: other.bad, in: other.total) }

    /// The same for the smoothed odds (bad + ½ row) / (good + ½ row), which weight of evidence is made of.
    func compareSmoothedOdds(_ other: Tally, unitsPerRow: Int) -> Int {
        Self.sign(
            of: 2 * bad + unitsPerRow, in: 2 * good + unitsPerRow, against: 2 * other.bad + unitsPerRow,
            in: 2 * other.good + unitsPerRow)
    }

    private static func sign(of a: Int, in b: Int, against c: Int, in d: Int) -> Int {
        (Int128(a) * Int128(d) - Int128(c) * Int128(b)).signum().asInt
    }
}

extension Int128 {
    fileprivate var asInt: Int { Int(self) }
}
