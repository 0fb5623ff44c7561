import Vocabulary

/// Days as shades: what was seen first long ago is light, what is new is dark.
struct TimeShades {
    /// From the oldest on; dark text is readable on each.
    static let subjects = ["#f4f8fd", "#d9e8f6", "#b9d5ee", "#8fbde4", "#64a4d8"]
    static let identifiers = ["#fdf9ef", "#f8ebcf", "#f1d9a5", "#e7c274", "#dba947"]
    static let edges = ["#b4bcc6", "#98a3af", "#788593", "#586675", "#33404e"]

    private let first: Int
    private let days: Int

    init(_ picture: RingPictureDays) {
        first = picture.first
        days = max(0, picture.last - picture.first)
    }

    /// As few as there are days.
    var count: Int { min(Self.subjects.count, days + 1) }

    /// 0 the oldest.
    func step(_ day: CalendarDate) -> Int {
        let passed = min(max(day.daysSince1970 - first, 0), days)
        return passed * count / (days + 1) + (Self.subjects.count - count)
    }

    /// Each step with its days, the oldest first.
    var ranges: [(step: Int, words: String)] {
        (0..<count).map { index in
            let start = first + (index * (days + 1) + count - 1) / count
            let end = first + ((index + 1) * (days + 1) + count - 1) / count - 1
            let (from, to) = (CalendarDate(daysSince1970: start), CalendarDate(daysSince1970: end))
            return (index + Self.subjects.count - count, start == end ? "\(from)" : "\(from) to \(to)")
        }
    }
}

/// Between which days things were seen for the first time, counted since 1970.
struct RingPictureDays {
    let first: Int
    let last: Int

    init(_ days: [CalendarDate]) {
        let counted = days.map(\.daysSince1970)
        first = counted.min() ?? 0
        last = counted.max() ?? 0
    }
}
