import ExchangeFakes
import HTTPEdge
import Records
import Testing
import Vocabulary

@testable import Gateway

@Suite("What can be refused here is refused here")
struct BorderTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture() }

    func refusal(_ path: String, _ body: JSON) async throws -> Problem? {
        let response = await fixture.call("POST", path, body.text)
        return Problem(json: try JSON(parsing: response.body))
    }

    /// Nothing was queued and nobody was asked.
    func expectUntouched() async {
        #expect(await fixture.gateway.delivery.deliverNext() == .idle)
        #expect(fixture.consortium.custodians.allSatisfy { $0.requests.isEmpty })
    }

    static func applicant(_ fields: KeyValuePairs<String, JSON?>) -> JSON { .object(fields) }

    @Test("a wrong check digit is refused by path and rule, never by value")
    func checkDigit() async throws {
        let person = Self.applicant(["nationalIDs": [.object(["scheme": "cn-rid", "value": "11010519491231002Y"])]])
        let problem = try await refusal("/v1/checks", Samples.check(1, applicant: person))
        #expect(problem?.code == .invalidIdentifier)
        #expect(problem?.path == "applicant.nationalIDs[0]")
        #expect(problem?.detail.contains("110105") == false)
        await expectUntouched()
    }

    @Test("in a record the path leads to the person")
    func pathInRecord() async throws {
        let person = Self.applicant(["phones": ["12"], "emails": ["a@example.org"]])
        let body = JSON.object(["records": [Samples.loan(1), Samples.loan(2, applicant: person)]])
        let problem = try await refusal("/v1/records", body)
        #expect(problem?.code == .invalidIdentifier)
        #expect(problem?.path == "records[1].subjects[0].applicant.phones[0]")
        await expectUntouched()
    }

    @Test("placeholders are dropped and told")
    func placeholders() async throws {
        let person = Self.applicant(["phones": ["00000000000"], "emails": [.string(Samples.email)]])
        let answer = try await fixture.json("POST", "/v1/checks", Samples.check(1, applicant: person).text)
        #expect(answer["droppedFields"]?.array?.first?["path"] == "applicant.phones[0]")
        #expect(answer["droppedFields"]?.array?.first?["rule"] == "placeholder")
    }

    @Test("nothing but placeholders is no identifier")
    func noUsableIdentifier() async throws {
        let person = Self.applicant(["phones": ["00000000000"]])
        #expect(try await refusal("/v1/checks", Samples.check(1, applicant: person))?.code == .noUsableIdentifier)
        #expect(
            try await refusal("/v1/records", Samples.loan(1, applicant: person))?.code == .noUsableIdentifier)
        await expectUntouched()
    }

    @Test("more identifiers than a subject may have are refused")
    func tooMany() async throws {
        func numbers(_ prefix: String) -> JSON { .array((0..<8).map { .string("\(prefix)\(100 + $0)1") }) }
        let person = Self.applicant([
            "phones": numbers("1391234"), "emails": .array((0..<8).map { .string("person\($0)@mail.example.org") }),
            "employers": .array((0..<8).map { .string("Foundry number \($0 + 3)") }),
            "devices": .array((0..<2).map { .object(["type": "opaque", "value": .string("device-x\($0)7712")]) }),
        ])
        let problem = try await refusal("/v1/checks", Samples.check(1, applicant: person))
        #expect(problem?.code == .tooManyIdentifiers)
        await expectUntouched()
    }

    @Test("unknown fields, wrong types and missing fields are refused with their path")
    func shape() async throws {
        var problem = try await refusal("/v1/records", .object(["records": [.object(["surprise": 1])]]))
        #expect(problem?.path?.hasPrefix("records[0]") == true)
        problem = try await refusal("/v1/checks", .object(["purpose": "curiosity"]))
        #expect(problem?.path == "purpose")
        let person = Self.applicant(["shoeSize": 43])
        problem = try await refusal("/v1/checks", Samples.check(1, applicant: person))
        #expect(problem?.code == .unknownField)
        #expect(problem?.path == "applicant.shoeSize")
        await expectUntouched()
    }

    @Test("what is no JSON, no object or of another type is refused")
    func notJSON() async throws {
        #expect(await fixture.call("POST", "/v1/records", "{").errorCode == .malformedJSON)
        #expect(await fixture.call("POST", "/v1/records", "[]").errorCode == .invalidField)
        #expect(await fixture.call("POST", "/v1/records", "{}", type: "text/csv").errorCode == .unsupportedMediaType)
        #expect(await fixture.call("GET", "/v1/records/no-uuid").errorCode == .invalidField)
        #expect(await fixture.call("GET", "/v1/checks").errorCode == .methodNotAllowed)
        #expect(await fixture.call("GET", "/v2").errorCode == .notFound)
    }

    @Test("the node's rules of admission hold before anything is queued")
    func admission() async throws {
        let future = Samples.loan(1, time: "2030-01-01T00:00:00Z")
        #expect(try await refusal("/v1/records", future)?.code == .eventTimeInFuture)
        #expect(try await refusal("/v1/reports", Samples.report(1, code: "FRD-NEW"))?.code == .unknownReasonCode)
        var report = Samples.report(1).members ?? []
        report.removeAll { $0.name == "tier" }
        let problem = try await refusal("/v1/reports", .object(["records": [.object(report)]]))
        #expect(problem?.code == .insufficientEvidence)
        #expect(problem?.path == "records[0].tier")
        await expectUntouched()
    }

    @Test("a path takes its own kind of record alone")
    func kinds() async throws {
        #expect(try await refusal("/v1/reports", Samples.loan(1))?.code == .invalidField)
        #expect(await fixture.call("POST", "/v1/reports", Samples.report(1).text).status == 202)
        let retraction = JSON.object(["retracts": .string(Samples.id(1).description), "reason": "error"])
        #expect(await fixture.call("POST", "/v1/retractions", retraction.text).status == 202)
        #expect(await fixture.gateway.delivery.deliverNext() == .delivered(2))
    }

    @Test("a report of impersonation carries the instrument and no match key")
    func instrument() async throws {
        let person = Self.applicant([
            "phones": [.string(Samples.phone)], "names": [.object(["full": .string(Samples.name)])],
            "birthDate": "1988-04-12",
        ])
        let response = await fixture.call(
            "POST", "/v1/reports", Samples.report(1, code: "FRD-ID-IMPERSONATE", applicant: person).text)
        #expect(response.status == 202)
        _ = await fixture.gateway.delivery.deliverNext()
        #expect(fixture.consortium.node.with { $0.records[Samples.id(1)]?.count } == 1)
    }

    @Test("a report about the lender's own staff needs no identifier of a borrower")
    func staff() async throws {
        let person = Self.applicant([
            "related": [.object(["role": "staff", "phones": [.string(Samples.phone)]])]
        ])
        let response = await fixture.call(
            "POST", "/v1/reports", Samples.report(1, code: "FRD-INSIDER", applicant: person).text)
        #expect(response.status == 202)
    }

    @Test("a record without an id is given one")
    func givenID() async throws {
        let record = JSON.object((Samples.loan(1).members ?? []).filter { $0.name != "recordID" })
        let accepted = try await fixture.json("POST", "/v1/records", record.text)["accepted"]?.array?.first
        let id = try RecordID(try #require(accepted?["recordID"]?.string))
        #expect(try await fixture.json("GET", "/v1/records/\(id)")["status"] == "queued")
    }

    @Test("the same id twice in a request is refused")
    func twice() async throws {
        let problem = try await refusal("/v1/records", .object(["records": [Samples.loan(1), Samples.loan(1)]]))
        #expect(problem?.path == "records[1].recordID")
        await expectUntouched()
    }
}
