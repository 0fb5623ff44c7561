package import Vocabulary

/// How long ago something was, as others are told it: wide enough not to name the reporter by the day.
package enum AgeBand: UInt8, Hashable, Sendable, CaseIterable, Comparable, CustomStringConvertible {
    case under7Days = 1
    case days7To30, days30To90, days90To180, days180To360, days360To720, days720To1080, days1080To1800, over1800Days

    package init(from instant: Instant, to now: Instant) {
        let days = (now.milliseconds - instant.milliseconds) / (secondsPerDay * 1000)
        let index = Self.lowerBoundDays.lastIndex { $0 <= days } ?? 0
        self = Self.allCases[index]
    }

    package init?(name: String) {
        guard let band = Self.allCases.first(where: { $0.description == name }) else { return nil }
        self = band
    }

    package var description: String {
        let lowest = Self.lowerBoundDays[Int(rawValue) - 1]
        guard self != .over1800Days else { return "\(lowest)d+" }
        return "\(lowest)-\(Self.lowerBoundDays[Int(rawValue)])d"
    }

    package static func < (left: AgeBand, right: AgeBand) -> Bool { left.rawValue < right.rawValue }

    private static let lowerBoundDays: [Int64] = [0, 7, 30, 90, 180, 360, 720, 1080, 1800]
}
