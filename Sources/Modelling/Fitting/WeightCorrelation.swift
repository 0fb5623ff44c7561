/// Pearson's correlation of two characteristics' weights of evidence over the training rows.
///
/// Counted as a table of bins against bins first, in whole units, so that the order of the rows does not matter.
struct WeightCorrelation {
    let table: TrainingTable
    let rows: [Int]

    func callAsFunction(_ left: Characteristic, _ right: Characteristic) -> Double {
        let width = right.weights.count
        var counts = [Int](repeating: 0, count: left.weights.count * width)
        let (a, b) = (table.columns[left.column].codes, table.columns[right.column].codes)
        for row in rows {
            let place = Int(left.binOfCode[Int(a[row])]) * width + Int(right.binOfCode[Int(b[row])])
            counts[place] += table.weights[row]
        }
        var sums = Moments()
        for (place, count) in counts.enumerated() where count > 0 {
            sums.add(left.weights[place / width], right.weights[place % width], Double(count))
        }
        return sums.correlation
    }

    private struct Moments {
        var n = 0.0, x = 0.0, y = 0.0, xx = 0.0, yy = 0.0, xy = 0.0

        mutating func add(_ left: Double, _ right: Double, _ count: Double) {
            n += count
            x += count * left
            y += count * right
            xx += count * left * left
            yy += count * right * right
            xy += count * left * right
        }

        /// 0 where one of the two does not vary.
        var correlation: Double {
            let (spreadX, spreadY) = (xx - x * x / n, yy - y * y / n)
            guard spreadX > 1e-12 * n, spreadY > 1e-12 * n else { return 0 }
            return (xy - x * y / n) / (spreadX * spreadY).squareRoot()
        }
    }
}
