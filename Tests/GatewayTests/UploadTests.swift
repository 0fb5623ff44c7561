import Exchange
import ExchangeFakes
import HTTPEdge
import Identity
import Records
import Testing
import Vocabulary

@testable import Gateway

@Suite("Uploads row by row")
struct UploadTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture() }

    func upload(_ path: String, _ text: String) async throws -> [JSON] {
        let response = await fixture.call("POST", path, text, type: "text/csv; charset=utf-8")
        guard response.status == 200 else { return [try JSON(parsing: response.body)] }
        return try response.body.split(separator: 10).map { try JSON(parsing: Array($0)) }
    }

    static let header = "recordID,eventTime,loanRef,stage,amountBand,termMonths,phone,givenName,familyName,birthDate"

    static func row(_ number: UInt64, phone: String = Samples.phone, band: String = "1000-2000") -> String {
        "\(Samples.id(number)),2026-05-01T09:00:00Z,loan-\(number),applied,\(band),12,\(phone),Weiming,Zhang,1988-04-12"
    }

    @Test("good rows are queued and bad ones told by row and column, never by value")
    func mixed() async throws {
        let text = [
            Self.header, Self.row(1), Self.row(2, phone: "12"), Self.row(3, band: "1500"), Self.row(4) + ",surplus",
            "\"\(Samples.id(5))", Self.row(6), "",
        ].joined(separator: "\r\n")
        let lines = try await upload("/v1/uploads/records", text)
        #expect(lines.compactMap { $0["row"]?.integer } .sorted() == [2, 3, 4, 5, 6, 7])
        let byRow = Dictionary(uniqueKeysWithValues: lines.map { ($0["row"]?.integer ?? 0, $0) })
        #expect(byRow[2]?["status"] == "queued")
        #expect(byRow[3]?["error"] == "invalidIdentifier")
        #expect(byRow[3]?["column"] == "phone")
        #expect(byRow[4]?["error"] == "invalidField")
        #expect(byRow[4]?["column"] == "amountBand")
        #expect(byRow[5]?["error"] == "invalidField")
        #expect(byRow[6]?["error"] == "invalidField")
        #expect(byRow[7]?["status"] == "queued")
        #expect(await fixture.gateway.delivery.deliverNext() == .delivered(2))
    }

    @Test("where malformed values are dropped, the row is taken and tells what was left out")
    func dropped() async throws {
        let fixture = try Fixture { $0.malformedInUploads = .drop }
        let text = [Self.header, Self.row(1, phone: "12")].joined(separator: "\n")
        let response = await fixture.call("POST", "/v1/uploads/records", text, type: "text/csv")
        let line = try JSON(parsing: response.body.dropLast())
        #expect(line["status"] == "queued")
        #expect(line["droppedFields"]?.array?.first?["path"] == "subjects[0].applicant.phones[0]")
    }

    @Test("the same file again changes nothing, and a row that says otherwise conflicts alone")
    func again() async throws {
        _ = try await upload("/v1/uploads/records", [Self.header, Self.row(1), Self.row(2)].joined(separator: "\n"))
        _ = await fixture.gateway.delivery.deliverNext()
        let lines = try await upload(
            "/v1/uploads/records",
            [Self.header, Self.row(1), Self.row(2, band: "2000-5000"), Self.row(3)].joined(separator: "\n"))
        #expect(lines.map { $0["status"]?.string } == ["delivered", "refused", "queued"])
        #expect(lines[1]["error"] == "recordConflict")
    }

    @Test("rows without ids get the same ones when the same file comes again, so that nothing is doubled")
    func againWithoutIDs() async throws {
        let rows = (1...3).map { "2026-05-01T09:00:00Z,loan-\($0),applied,\(Samples.phone)" }
        let text = (["eventTime,loanRef,stage,phone"] + rows + [rows[2]]).joined(separator: "\n")
        let first = try await upload("/v1/uploads/records", text)
        #expect(await fixture.gateway.delivery.drain() == nil)
        try fixture.killAndReopen()
        let second = try await upload("/v1/uploads/records", text)
        #expect(second.map { $0["status"]?.string } == Array(repeating: "delivered", count: 4))
        #expect(first.map { $0["recordID"] } == second.map { $0["recordID"] })
        let firsts = Set(first.compactMap { $0["recordID"]?.string })
        #expect(firsts.count == 4, "equal rows are rows of their own")
        #expect(fixture.consortium.node.with { $0.order.count } == 4)
        let other = try await upload("/v1/uploads/records", text + "\n")
        let others = Set(other.compactMap { $0["recordID"]?.string })
        #expect(others.isDisjoint(with: firsts), "a changed file is another file")
        // Another gateway, another key: nobody without it can tell a file from its ids.
        let elsewhere = UploadRowIDs(Array(text.utf8), table: "records", key: .ephemeral())
        #expect(elsewhere.id(row: 2).description != first[0]["recordID"]?.string)
    }

    @Test("the same file of checks without ids is asked once")
    func checksAgain() async throws {
        let consent = Bytes32().base64
        let text = "purpose,mode,applicationRef,consent,phone\napplication,hard,app-1,\(consent),\(Samples.phone)"
        let first = try await upload("/v1/uploads/checks", text)
        #expect(try await upload("/v1/uploads/checks", text) == first)
        #expect(fixture.consortium.node.with { $0.checks.count } == 1)
    }

    @Test("a file with too many rows is refused whole, before anything of it is asked")
    func tooManyRows() async throws {
        func text(_ count: Int) -> String { "phone\n" + String(repeating: "x\n", count: count) }
        let refusal = try await upload("/v1/uploads/checks", text(UploadLimits.checks + 1))[0]
        #expect(refusal["code"] == "tooManyRecords")
        #expect(refusal["hint"]?.string?.contains("Split") == true)
        #expect(try await upload("/v1/uploads/checks", text(UploadLimits.checks)).count == UploadLimits.checks)
        #expect(try await upload("/v1/uploads/records", text(UploadLimits.records + 1))[0]["code"] == "tooManyRecords")
        let blank = text(UploadLimits.checks) + String(repeating: "\n", count: 10)
        #expect(try await upload("/v1/uploads/checks", blank).count == UploadLimits.checks)
        #expect(fixture.consortium.node.with { $0.checks.isEmpty })
    }

    @Test(
        "a header row that is not one refuses the file",
        arguments: ["", "\n\n", "recordID,shoeSize\n1,43", "phone,phone\n1,2", "\"phone\n1"])
    func header(_ text: String) async throws {
        let line = try await upload("/v1/uploads/records", text)[0]
        #expect(line["code"] == "invalidField")
        #expect(line["path"] == "header")
    }

    @Test("what is not CSV by its type is refused")
    func type() async throws {
        #expect(await fixture.call("POST", "/v1/uploads/records", "{}").errorCode == .unsupportedMediaType)
    }

    @Test("checks are tokenised together, answered each, and told as a table where asked")
    func checks() async throws {
        let consent = Bytes32().base64
        let rows = (1...5).map { number in
            "application,soft,app-\(number),\(consent),1391234\(1000 + number),person\(number)@mail.example.org"
        }
        let text = (["purpose,mode,applicationRef,consent,phone,email"] + rows + ["curiosity,soft,a,b,c,d"])
            .joined(separator: "\n")
        let response = await fixture.call("POST", "/v1/uploads/checks", text, type: "text/csv", accept: "text/csv")
        let lines = String(decoding: response.body, as: UTF8.self).split(separator: "\r\n")
        #expect(lines.count == 7)
        #expect(lines[0] == "row,check,status,signals,applications,error,column,detail")
        #expect(lines.filter { $0.contains(",noRecord,") }.count == 5)
        #expect(lines.contains { $0.hasPrefix("7,") && $0.contains("invalidField,purpose") })
        // One batch a class at each of two custodians, whatever the number of rows; names of one match key class.
        #expect(fixture.consortium.custodians.flatMap(\.requests).count == 4)
        #expect(fixture.consortium.node.with { $0.checks.count } == 5)
    }

    @Test("quotes, doubled quotes, commas and line breaks in quotes")
    func csvForms() throws {
        var reader = CSVReader([0xEF, 0xBB, 0xBF] + Array("a,\"b,\"\"c\"\"\r\nd\",\r\n\r\n,x\n\"\"".utf8))
        #expect(try reader.next()?.get() == ["a", "b,\"c\"\r\nd", ""])
        #expect(try reader.next()?.get() == ["", "x"])
        #expect(try reader.next()?.get() == [""])
        #expect(reader.next() == nil)
    }

    @Test("a broken row is refused and the reader goes on after its line", arguments: [
        ("a\"b,c\nnext", CSVReader.Failure.strayQuote), ("\"open,c\nnext", .openQuote), ("\"a\"b\nnext", .strayQuote),
    ])
    func brokenRows(_ text: String, _ failure: CSVReader.Failure) throws {
        var reader = CSVReader(Array(text.utf8))
        #expect(reader.next() == .failure(failure))
        #expect(try reader.next()?.get() == ["next"])
    }

    @Test("bytes that are not UTF-8, fields too long and too many")
    func csvLimits() {
        var reader = CSVReader([0xFF, 10])
        #expect(reader.next() == .failure(.notUTF8))
        reader = CSVReader([UInt8](repeating: 97, count: CSVReader.maximumFieldBytes + 1))
        #expect(reader.next() == .failure(.fieldTooLong))
        reader = CSVReader([UInt8](repeating: 44, count: CSVReader.maximumFields + 1))
        #expect(reader.next() == .failure(.tooManyFields))
    }
}
