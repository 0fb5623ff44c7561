@testable import Bench
import Testing
import Vocabulary

@Suite("Figures")
struct FigureTests {
    @Test(
        "a number has the decimals that its size makes telling",
        arguments: [
            (0.0, "0.000"), (0.0125, "0.013"), (1.25, "1.250"), (-1.5, "-1.500"), (12.345, "12.35"),
            (123.45, "123.5"), (1234.5, "1235"), (.nan, "n/a"), (.infinity, "n/a"),
        ])
    func decimals(_ value: Double, _ text: String) { #expect(decimal(value) == text) }

    @Test("a promise is held against the ratio, or against the value where there is none")
    func promises() {
        #expect(Figure("g", "n", 10, "u", ratio: 0.9, bound: .atLeast(0.9)).isKept == true)
        #expect(Figure("g", "n", 10, "u", ratio: 0.89, bound: .atLeast(0.9)).isKept == false)
        #expect(Figure("g", "n", 10, "u", bound: .atMost(9)).isKept == false)
        #expect(Figure("g", "n", 10, "u").isKept == nil)
    }

    @Test("the report's table and JSON say which promises were not kept")
    func report() {
        var report = BenchReport()
        report.add(Figure("a", "slow", 10, "ms", bound: .atMost(9), note: "why"))
        report.add(Figure("a", "fast", 1, "ms", bound: .atMost(9)))
        #expect(report.text.contains("NOT KEPT"))
        #expect(report.json["kept"] == false)
        #expect(report.brokenPromises.map(\.name) == ["slow"])
    }
}
