/// The upper tail of the binomial distribution, without logarithms.
package enum BinomialTail {
    /// The probability of `successes` or more in `trials` independent ones of probability `chance`.
    ///
    /// Exact up to rounding: the terms follow from each other by their ratio, beginning at the largest, and are divided
    /// by their sum; none overflows, and one that underflows is too small to matter. Time is linear in `trials`.
    package static func probability(ofAtLeast successes: Int, of trials: Int, chance: Double) -> Double {
        if successes <= 0 { return 1 }
        if successes > trials || chance <= 0 { return 0 }
        if chance >= 1 { return 1 }
        let odds = chance / (1 - chance)
        let mode = min(trials, Int(Double(trials + 1) * chance))
        var (all, tail) = (1.0, mode >= successes ? 1.0 : 0.0)
        var term = 1.0
        for count in stride(from: mode + 1, through: trials, by: 1) {
            term *= Double(trials - count + 1) / Double(count) * odds
            all += term
            if count >= successes { tail += term }
        }
        term = 1
        for count in stride(from: mode - 1, through: 0, by: -1) {
            term *= Double(count + 1) / Double(trials - count) / odds
            all += term
            if count >= successes { tail += term }
        }
        return tail / all
    }
}
