/// The text of a time as RFC 3339 §5.6 has it, read in place. It lives only inside `Instant.init(_:)`.
struct InternetTime {
    private let characters: UnsafeBufferPointer<UInt8>

    init(_ characters: UnsafeBufferPointer<UInt8>) { self.characters = characters }

    /// Since 1970; `nil` for what is not a time in this form or does not exist.
    var milliseconds: Int64? {
        guard let year = number(0, 4), has("-", at: 4), let month = number(5, 2), has("-", at: 7),
            let day = number(8, 2), has("T", at: 10), let hour = number(11, 2), has(":", at: 13),
            let minute = number(14, 2), has(":", at: 16), let second = number(17, 2),
            let date = CalendarDate(year: Int(year), month: Int(month), day: Int(day)),
            hour < 24, minute < 60, second < 60
        else { return nil }
        var index = 19
        guard let fraction = fraction(&index), let offsetMinutes = offset(&index), index == characters.count else {
            return nil
        }
        let daySeconds = hour * 3600 + minute * 60 + second - offsetMinutes * 60
        return (Int64(date.daysSince1970) * 86_400 + daySeconds) * 1000 + fraction
    }

    /// In milliseconds, 0 where there are no decimals.
    private func fraction(_ index: inout Int) -> Int64? {
        guard has(".", at: index) else { return 0 }
        var count = 0
        while count < 4, number(index + 1 + count, 1) != nil { count += 1 }
        guard (1...3).contains(count), let value = number(index + 1, count) else { return nil }
        index += 1 + count
        return count == 1 ? value * 100 : count == 2 ? value * 10 : value
    }

    /// In minutes east of UTC.
    private func offset(_ index: inout Int) -> Int64? {
        if has("Z", at: index) {
            index += 1
            return 0
        }
        let isWest = has("-", at: index)
        guard isWest || has("+", at: index), let hours = number(index + 1, 2), has(":", at: index + 3),
            let minutes = number(index + 4, 2), hours < 24, minutes < 60
        else { return nil }
        index += 6
        return (hours * 60 + minutes) * (isWest ? -1 : 1)
    }

    private func number(_ start: Int, _ count: Int) -> Int64? {
        guard start + count <= characters.count else { return nil }
        var value: Int64 = 0
        for index in start..<start + count {
            guard (48...57).contains(characters[index]) else { return nil }
            value = value * 10 + Int64(characters[index] - 48)
        }
        return value
    }

    private func has(_ character: Unicode.Scalar, at index: Int) -> Bool {
        index < characters.count && characters[index] == UInt8(ascii: character)
    }
}
