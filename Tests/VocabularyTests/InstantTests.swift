import TestSupport
import Testing
import Vocabulary

@Suite("Times and days")
struct InstantTests {
    @Test(
        "RFC 3339 times are read",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2026-01-31T09:30:00+08:00", 1_769_823_000_000),
            ("2026-01-31T01:30:00Z", 1_769_823_000_000), ("1969-12-31T23:59:59.999Z", -1),
            ("2024-02-29T00:00:00.5-00:30", 1_709_166_600_500), ("2000-01-01T00:00:00.05Z", 946_684_800_050),
            ("0001-01-01T00:00:00Z", -62_135_596_800_000), ("9999-12-31T23:59:59Z", 253_402_300_799_000),
        ])
    func reads(_ text: String, _ milliseconds: Int64) throws {
        #expect(try Instant(text).milliseconds == milliseconds)
    }

    @Test(
        "other ways to write a time are refused",
        arguments: [
            "", "2026", "2026-01-31", "2026-01-31T09:30:00", "2026-01-31 09:30:00Z", "2026-01-31t09:30:00z",
            "2026-01-31T09:30Z", "2026-1-31T09:30:00Z", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
            "2026-00-10T00:00:00Z", "2026-04-31T00:00:00Z", "1900-02-29T00:00:00Z", "0000-01-01T00:00:00Z",
            "2026-01-31T24:00:00Z", "2026-01-31T09:60:00Z", "2026-01-31T09:30:60Z", "2026-01-31T09:30:00.Z",
            "2026-01-31T09:30:00.1234Z", "2026-01-31T09:30:00,5Z", "2026-01-31T09:30:00+24:00",
            "2026-01-31T09:30:00+08:60", "2026-01-31T09:30:00+0800", "2026-01-31T09:30:00+08", "2026-01-31T09:30:00.",
            "2026-01-31T09:30:00ZZ", " 2026-01-31T09:30:00Z", "2026-01-31T09:30:00Z\n", "-026-01-31T09:30:00Z",
            "+2026-01-31T09:30:00Z", "２026-01-31T09:30:00Z", "2026-01-31T09:30:-1Z", "20260131T093000Z",
        ])
    func refuses(_ text: String) {
        #expect(throws: DecodingFailure.self) { try Instant(text) }
    }

    @Test("a time is written in UTC, with milliseconds only where there are any")
    func writes() {
        #expect(Instant(seconds: 0).description == "1970-01-01T00:00:00Z")
        #expect(Instant(milliseconds: -1).description == "1969-12-31T23:59:59.999Z")
        #expect(Instant(milliseconds: 1_769_823_000_007).description == "2026-01-31T01:30:00.007Z")
        #expect(Instant(seconds: -86_400).description == "1969-12-31T00:00:00Z")
    }

    @Test("what was written is read again", arguments: [1, 2] as [UInt64])
    func roundTrip(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            let instant = Instant(
                milliseconds: Int64.random(in: -62_135_596_800_000...253_402_300_799_999, using: &generator))
            #expect(try Instant(instant.description) == instant, "seed \(seed)")
        }
    }

    @Test("whole seconds are rounded towards the past, at any distance")
    func wholeSeconds() {
        #expect(Instant(milliseconds: 1999).seconds == 1)
        #expect(Instant(milliseconds: -1).seconds == -1)
        #expect(Instant(milliseconds: -1000).seconds == -1)
        #expect(Instant(milliseconds: -1001).seconds == -2)
        #expect(Instant(milliseconds: .min).seconds == Int64.min / 1000 - 1)
    }

    @Test("every day from 1890 to 2110 follows the one before")
    func calendar() throws {
        var previous = CalendarDate(daysSince1970: -29_221)
        #expect(previous == CalendarDate(year: 1889, month: 12, day: 30))
        for days in -29_220...51_136 {
            let date = CalendarDate(daysSince1970: days)
            #expect(date > previous && date.daysSince1970 == days)
            #expect(CalendarDate(year: date.year, month: date.month, day: date.day) == date)
            previous = date
        }
    }

    @Test("days that do not exist are refused")
    func impossibleDays() {
        for (year, month, day) in [(2026, 2, 29), (1900, 2, 29), (2026, 4, 31), (2026, 0, 1), (2026, 13, 1),
            (2026, 1, 0), (2026, 1, 32), (0, 1, 1), (10_000, 1, 1)]
        {
            #expect(CalendarDate(year: year, month: month, day: day) == nil)
        }
        #expect(CalendarDate(year: 2000, month: 2, day: 29)?.description == "2000-02-29")
    }
}
