import Testing
import Vocabulary

@testable import counterfoil

@Suite("Batches: rows in, a result for each row out")
struct BatchTests {
    static func rows(_ text: String) -> (header: String?, rows: [String]) {
        let rows = CSVRows(Array(text.utf8))
        let text = { (range: Range<Int>) in String(decoding: rows.bytes[range], as: UTF8.self) }
        return (rows.header.map(text), rows.rows.map(text))
    }

    @Test("line breaks in quotes belong to the row, blank lines and a byte-order mark to none")
    func quotes() {
        let (header, rows) = Self.rows("\u{FEFF}name,phone\r\n\"a\nb\",1\r\n\r\n\"x\"\"y\n\",2\n3,4")
        #expect(header == "name,phone")
        #expect(rows == ["\"a\nb\",1", "\"x\"\"y\n\",2", "3,4"])
    }

    @Test("a quote that is never closed takes the rest, for the gateway to refuse")
    func openQuote() {
        #expect(Self.rows("a,b\n1,\"2\n3,4\n").rows == ["1,\"2\n3,4\n"])
        #expect(Self.rows("").header == nil)
        #expect(Self.rows("a,b\n").rows.isEmpty)
    }

    @Test("results of a later part count their rows from the file's header")
    func renumbering() {
        let csv = "row,recordID,status,error\r\n2,x,queued,\r\n3,,refused,invalidField\r\n"
        let lines = ResultLines(Array(csv.utf8), isCSV: true, rowsBefore: 500)
        #expect(String(decoding: lines.all, as: UTF8.self)
            == "row,recordID,status,error\r\n502,x,queued,\r\n503,,refused,invalidField\r\n")
        #expect(String(decoding: lines.withoutHeader, as: UTF8.self).hasPrefix("502,"))
        #expect(lines.rows == 2 && lines.refused == 1)
    }

    @Test("the same in NDJSON")
    func renumberingJSON() {
        let json = #"{"row":2,"status":"noRecord"}"# + "\n" + #"{"row":3,"status":"refused","error":"x"}"# + "\n"
        let lines = ResultLines(Array(json.utf8), isCSV: false, rowsBefore: 10)
        #expect(String(decoding: lines.all, as: UTF8.self).hasPrefix(#"{"row":12,"status":"noRecord"}"#))
        #expect(lines.all == lines.withoutHeader && lines.rows == 2 && lines.refused == 1)
    }

    @Test("progress tells rate and time left, also at its very start")
    func progress() {
        #expect(
            Progress.line(done: 1200, total: 5000, what: "checked", elapsed: .seconds(3))
                == "1200 of 5000 checked, 400 a second, 9 s left")
        #expect(
            Progress.line(done: 0, total: 9, what: "checked", elapsed: .zero)
                == "0 of 9 checked, 0 a second, 0 s left")
        #expect(
            Progress.line(done: 1200, total: 5000, what: "checked", elapsed: .seconds(2), from: 1000)
                == "1200 of 5000 checked, 100 a second, 38 s left")
        #expect(Duration.milliseconds(1050).text == "1.05 s" && Duration.zero.text == "0.00 s")
    }
}
