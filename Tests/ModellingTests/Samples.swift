import TestSupport
import Vocabulary

@testable import Modelling

/// Invented samples whose truth is known.
enum Samples {
    /// Not SHA-256, which is another room's: any function of the bytes does here.
    static let digest: @Sendable ([UInt8]) -> Hash = { bytes in
        var digest = Bytes32()
        var hash = StableHash()
        hash.add(bytes)
        (digest.a, digest.d) = (hash.value, UInt64(bytes.count))
        return Hash(digest)
    }

    static var options: TrainingOptions {
        var options = TrainingOptions(outcomeColumn: "bad", sha256: digest)
        options.idColumn = "id"
        return options
    }

    static let header = "id,members.30d,daysSinceLast,amount,noise,copy,bad"

    private static let members = ["0", "1", "2", "3-4", "5-9", "10+"]
    private static let days = ["0-7d", "7-30d", "30-90d", "90-180d", "180-360d"]
    private static let amounts = ["0", "100-200", "200-500", "1000-2000"]

    /// Rows in which the log odds of going bad are −3 + 0.8·(number of the members' band) − 0.4·(number of the days'
    /// band), ½ more where the days are missing. The amount says nothing, `copy` repeats the members' band.
    static func planted(rows: Int, seed: UInt64) -> [String] {
        var random = SeededGenerator(seed: seed)
        return (0..<rows).map { number in
            let member = min(5, Int.random(in: 0..<9, using: &random) * Int.random(in: 0...1, using: &random))
            let day = Int.random(in: 0..<6, using: &random)
            let odds = -3 + 0.8 * Double(member) - (day == 5 ? -0.5 : 0.4 * Double(day))
            let isBad = logistic(odds) > Double.random(in: 0..<1, using: &random)
            let fields = [
                "A\(seed)-\(number)", members[member], day == 5 ? "" : days[day],
                amounts.randomElement(using: &random) ?? "", "\(Int.random(in: 0..<40, using: &random))",
                members[member], isBad ? "1" : "0",
            ]
            return fields.joined(separator: ",")
        }
    }

    /// 1 / (1 + e^−x) by its series, so that no sample depends on a mathematics library.
    private static func logistic(_ x: Double) -> Double {
        let halved = x / 64
        var (term, sum) = (1.0, 1.0)
        for step in 1...12 {
            term *= halved / Double(step)
            sum += term
        }
        let power = (0..<6).reduce(sum) { value, _ in value * value }
        return power / (1 + power)
    }

    static func csv(_ rows: [String], header: String = header) -> [UInt8] {
        Array(([header] + rows).joined(separator: "\n").utf8)
    }

    static func problem(_ csv: [UInt8], _ options: TrainingOptions = Samples.options) -> Problem? {
        do {
            _ = try ScorecardTraining.run(csv: csv, options: options)
            return nil
        } catch { return error }
    }
}
