import Exchange
import ExchangeFakes
import HTTPEdge
import TestSupport
import Testing
import Vocabulary

@testable import Gateway

/// What `schemas/` and the README say of the gateway is what it does.
@Suite("The gateway's published interface")
struct InterfaceTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture() }

    static func document(_ path: String) throws -> JSON { try JSON(parsing: try Checkout.bytes("schemas/\(path)")) }

    /// Method, pattern and description of everything in the OpenAPI document.
    static func operations() throws -> [(route: String, json: JSON)] {
        try (document("openapi/gateway.json")["paths"]?.members ?? []).flatMap { path in
            let pattern = path.name.firstIndex(of: "{").map { path.name[..<$0] + "*" } ?? path.name
            return (path.value.members ?? []).map { ("\($0.name.uppercased()) \(pattern)", $0.value) }
        }
    }

    @Test("every route is described with its name and limit, and everything described is served")
    func routes() throws {
        let served = try fixture.gateway.routes(.socketOwner, metrics: MetricsRegistry())
            .map { "\($0.method) \($0.pattern) \($0.name) \($0.bodyLimit)" }
        let described = try Self.operations().map { route, json in
            // Several operations below one path may share a route, which they name.
            let name = json["x-route"]?.string ?? json["operationId"]?.string ?? ""
            return "\(route) \(name) \(json["x-bodyLimit"]?.integer ?? 0)"
        }
        #expect(Set(served).count == served.count)
        #expect(served.sorted() == Set(described).sorted())
        let shared = try Self.operations().filter { $0.json["x-route"] != nil }.count
        #expect(described.count - shared == served.count)
        let names = try Self.operations().compactMap { $0.json["operationId"]?.string }
        #expect(Set(names).count == described.count)
    }

    @Test("every error described exists and is described under its status")
    func errors() throws {
        for (route, json) in try Self.operations() {
            let codes = (json["x-errors"]?.array ?? []).compactMap(\.string)
            #expect(Set(codes).count == codes.count)
            let statuses = Set(codes.compactMap { ErrorCode(rawValue: $0).map { String($0.status) } })
            #expect(codes.allSatisfy { ErrorCode(rawValue: $0) != nil }, "\(route)")
            let responses = Set((json["responses"]?.members ?? []).map(\.name))
            #expect(responses.subtracting(["200", "201", "202", "default"]) == statuses, "\(route)")
        }
    }

    @Test("an answer has the fields described, and no others")
    func answer() async throws {
        let answer = try await fixture.json("POST", "/v1/checks", Samples.check(1).text)
        let schema = try Self.document("gateway/answer.schema.json")
        let described = Set((schema["properties"]?.members ?? []).map(\.name))
        let names = Set((answer.members ?? []).map(\.name))
        #expect(names.subtracting(described) == [])
        #expect(Set((schema["required"]?.array ?? []).compactMap(\.string)).subtracting(names) == [])
    }

    @Test("a record's state has the fields described, whatever it is")
    func states() async throws {
        let schema = try Self.document("gateway/record-state.schema.json")
        let described = Set((schema["properties"]?.members ?? []).map(\.name))
        let node = fixture.consortium.node
        _ = await fixture.call("POST", "/v1/records", Samples.loan(1).text)
        node.with { $0.failures = [Problem(.nodeUnavailable, "Away.")] }
        _ = await fixture.gateway.delivery.deliverNext()
        var names = try await fields(1)
        #expect(names.contains("obstacle"))
        fixture.consortium.clock.advance(seconds: 60)
        _ = await fixture.gateway.delivery.deliverNext()
        names.formUnion(try await fields(1))
        node.with { $0.unwanted[Samples.id(2)] = Problem(.unknownLoan, "No.", path: "loanRef") }
        _ = await fixture.call("POST", "/v1/records", Samples.loan(2).text)
        _ = await fixture.gateway.delivery.deliverNext()
        names.formUnion(try await fields(2))
        #expect(names == described)
    }

    @Test("a job's documents have the fields described, whatever its state, and its own are taken")
    func jobs() async throws {
        let description = try Self.document("gateway/job.schema.json")
        let more = Fixture.checkDefaults + #","grant":"grant","profile":"full""#
        let opened = try await fixture.openJob("checks", "csv", more)
        try expect(opened, isAs: "job-status")
        let sent = ["job", "kind", "format", "name", "purpose", "mode", "grant", "profile"]
        #expect(Set(sent).subtracting(description["properties"]?.members?.map(\.name) ?? []) == [])
        #expect(description["properties"]?["name"]?["maxLength"] == 128)
        try await fixture.send(Fixture.checks(4, bad: [1]))
        fixture.consortium.node.with { $0.failures = [Problem(.nodeUnavailable, "Away.")] }
        _ = await fixture.gateway.jobs.drain()
        let waiting = try await fixture.status()
        #expect(waiting["obstacle"] != nil)
        try expect(waiting, isAs: "job-status")
        fixture.consortium.clock.advance(seconds: 60)
        #expect(await fixture.gateway.jobs.drain() == nil)
        try expect(try await fixture.status(), isAs: "job-status")
        for line in try await fixture.lines("errors") { try expect(line, isAs: "job-error") }
        let line = try #require(try await fixture.lines().first)
        try expect(.object((line.members ?? []).filter { $0.name != "row" }), isAs: "answer")
        let batch = try await fixture.json("GET", line["evidence"]?["answer"]?.string ?? "")
        try expect(batch, isAs: "job-batch")
    }

    private func expect(_ document: JSON, isAs name: String) throws {
        let schema = try Self.document("gateway/\(name).schema.json")
        let described = Set((schema["properties"]?.members ?? []).map(\.name))
        let names = Set((document.members ?? []).map(\.name))
        #expect(names.subtracting(described) == [], "\(name)")
        let required = Set((schema["required"]?.array ?? []).compactMap(\.string))
        #expect(!required.isEmpty)
        #expect(required.subtracting(names) == [], "\(name)")
    }

    private func fields(_ number: UInt64) async throws -> Set<String> {
        Set(try await fixture.json("GET", "/v1/records/\(Samples.id(number))").members?.map(\.name) ?? [])
    }

    @Test("the fields that records and checks may have are described")
    func requests() throws {
        let record = try Self.document("gateway/record.schema.json")["properties"]?.members?.map(\.name) ?? []
        for name in ColumnTable.records.names where !name.hasPrefix("subject") || name == "subjectNotifiedAt" {
            let isPersons = ColumnTable.checks.names.contains(name) && name != "product"
            #expect(isPersons || record.contains(name), "\(name)")
        }
        let check = try Self.document("gateway/check.schema.json")["properties"]?.members?.map(\.name) ?? []
        #expect(Set((Samples.check(1).members ?? []).map(\.name)).subtracting(check) == [])
    }

    @Test("the README lists every column of an upload")
    func columns() throws {
        let path = "Sources/Gateway/README.md"
        let readme = String(decoding: try Checkout.bytes(path), as: UTF8.self)
        for name in ColumnTable.records.names + ColumnTable.checks.names {
            #expect(readme.contains("`\(name)`"), "\(name)")
        }
    }

    @Test("a file of API keys as described is read, and a key's text is not in it")
    func apiKeys() throws {
        let (key, entry) = APIKeys.generate(name: "loan-system")
        let keys = try APIKeys(.object(["keys": [entry]]))
        #expect(try keys.caller("Bearer \(key)") == "loan-system")
        #expect(!entry.text.contains(key.dropFirst(4)))
    }
}
