import TestSupport
import Testing

@testable import Modelling

@Suite("Natural order of banded values")
struct BandValueTests {
    @Test(
        "each form is read and written alike",
        arguments: [
            "0", "7", "-1", "0.5", "-3.25", "12.125", "3-4", "10+", "0-7d", "7-30d", "1800d+", "1-24", "2000-5000",
            "500000000000-1000000000000", "999999999999999",
        ])
    func forms(_ text: String) throws {
        #expect(try #require(BandValue(text)).description == text)
    }

    @Test(
        "what has no order is refused",
        arguments: [
            " 1", "1 ", "01", "-0", "+1", "1-", "-", "+", "4-3", "3-3", "1--2", "1-2-3", "1d", "d", "3-4x", "1e3", "1.",
            ".5",
            "1.2345", "1.0005", "1234567890123456", "a", "true", "null", "３", "0x1", "10++", "10+d", "1,5", "-1-+",
            "11010519491231002X", "99999999999999999999999999999999999999999999",
        ])
    func refused(_ text: String) { #expect(BandValue(text) == nil) }

    @Test("one value written with other zeros behind the point is the same value")
    func equal() {
        #expect(BandValue("1.50") == BandValue("1.5"))
        #expect(BandValue("2.000") == BandValue("2"))
    }

    @Test("the count bands, the age bands and the amount bands stand in their order")
    func order() {
        for series in [
            ["-1", "0", "1", "2", "3-4", "5-9", "10+"],
            ["0-7d", "7-30d", "30-90d", "90-180d", "1080-1800d", "1800d+"],
            ["0", "1-2", "2-5", "5-10", "10-20", "1000-2000", "500000-1000000"],
            ["0", "1-24", "25-49", "50-74", "75-99", "100"],
        ] {
            let values = series.compactMap { BandValue($0) }
            #expect(values.count == series.count)
            #expect(values.reversed().sorted() == values)
        }
    }

    @Test("random text never traps, and what is read is read again from its own text")
    func random() throws {
        var random = SeededGenerator(seed: 11)
        let alphabet = Array("0123456789-+.d ".utf8)
        var read = 0
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 0...8, using: &random)).map { _ in
                alphabet.randomElement(using: &random) ?? 0
            }
            guard let value = BandValue(ascii: text[...]) else { continue }
            read += 1
            #expect(BandValue(value.description) == value)
        }
        #expect(read > 500)
    }
}
