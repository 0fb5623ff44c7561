internal import Records
internal import Vocabulary

/// The texts that bands are told as, made once: an answer tells hundreds of values.
struct BandTexts: Sendable {
    /// By count up to the highest bound, which everything above it shares.
    private let counts: [String]

    init(_ bands: CountBands) {
        let highest = min(bands.lowerBounds.last ?? 0, Self.longestTable)
        counts = (0...highest).map { bands.band(of: $0).description }
        self.bands = bands
    }

    private static let longestTable = 4096
    private let bands: CountBands

    func count(_ value: Int64) -> String {
        if value < counts.count { return counts[max(0, Int(value))] }
        return counts.count <= Self.longestTable ? counts[counts.count - 1] : bands.band(of: Int(value)).description
    }

    func age(days: Int64) -> String { Self.ages[Int(min(max(days, 0), Int64(Self.ages.count - 1)))] }
    func amount(_ band: Int64) -> String { Self.amounts[Int(min(max(band, 0), Int64(Self.amounts.count - 1)))] }

    /// The lowest of the numbers that are told as this one is.
    func lowest(count: Int) -> Int { bands.band(of: count).lowest }

    /// The fewest days that are told as these are.
    static func lowest(days: Int) -> Int {
        let days = min(max(days, 0), ages.count - 1)
        return ages[...days].firstIndex(of: ages[days]) ?? days
    }

    func number(_ value: Int64) -> String {
        (0..<Int64(Self.numbers.count)).contains(value) ? Self.numbers[Int(value)] : String(value)
    }

    /// 0, 1-24, 25-49, 50-74, 75-99, 100 per cent.
    static func share(_ percent: Int64) -> String {
        switch percent {
        case ...0: "0"
        case 1..<25: "1-24"
        case 25..<50: "25-49"
        case 50..<75: "50-74"
        case 75..<100: "75-99"
        default: "100"
        }
    }

    /// By days; the last entry holds for all that are more.
    private static let ages: [String] = {
        let start = Instant(milliseconds: 0)
        var texts: [String] = []
        repeat {
            let day = Instant(milliseconds: Int64(texts.count) * millisecondsPerDay)
            texts.append(AgeBand(from: start, to: day).description)
        } while texts.last != AgeBand.over1800Days.description
        return texts
    }()

    private static let amounts = (0..<UInt8(AmountBand.count)).compactMap { try? AmountBand(index: $0).label }
    private static let numbers = (0..<256).map { String($0) }
}
