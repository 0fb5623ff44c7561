import Exchange
import ExchangeFakes
import Foundation
import Records
import Sodium
import Testing
import Vocabulary

@testable import Gateway
@testable import HTTPEdge

@Suite("No clear identifier where none belongs")
struct PrivacyTests {
    @Test("not in the outbox's files, the log, the metrics, an error, or anything that node and custodians get")
    func nothingLeaks() async throws {
        let fixture = try Fixture()
        var responses: [UInt8] = []
        func call(_ method: String, _ path: String, _ body: String = "", type: String = "application/json") async {
            responses += await fixture.call(method, path, body, type: type).body
        }
        await call("POST", "/v1/records", Samples.loan(1).text)
        try expectNone(of: try files(fixture), "files with a queued record")
        fixture.consortium.node.with { $0.failures = [Problem(.nodeUnavailable, "Away.")] }
        _ = await fixture.gateway.delivery.deliverNext()
        try expectNone(of: try files(fixture), "files with an open submission")
        fixture.consortium.clock.advance(seconds: 60)
        _ = await fixture.gateway.delivery.deliverNext()
        fixture.consortium.custodians[0].behaviour = .otherProof
        await call("POST", "/v1/checks", Samples.check(2).text)
        await call("POST", "/v1/reports", Samples.report(3).text)
        await call("POST", "/v1/records", Samples.loan(1, stage: "signed").text)
        await call("POST", "/v1/checks", Samples.check(4).text + "}")
        let broken = JSON.object([
            "nationalIDs": [.object(["scheme": "cn-rid", "value": "110105198804120011"])],
            "phones": [.string(Samples.phone)],
        ])
        await call("POST", "/v1/checks", Samples.check(5, applicant: broken).text)
        let row = "applied,2026-05-01T09:00:00Z,loan-9,\(Samples.phone),\(Samples.email)x y,1988-04-12"
        await call(
            "POST", "/v1/uploads/records", "stage,eventTime,loanRef,phone,email,birthDate\n\(row)\n", type: "text/csv")
        await call("GET", "/metrics")
        await call("GET", "/v1/records/\(Samples.id(1))")
        await call("GET", "/v1/answers/\(Samples.id(2))")
        try expectNone(of: responses, "responses")
        try expectNone(of: Array(fixture.lines.text.utf8), "log")
        try expectNone(of: try files(fixture), "files")
        let node = fixture.consortium.node.with { state in
            (state.submissions + state.checks).flatMap { $0.json.bytes + $0.envelope.payload }
        }
        try expectNone(of: node, "what the node got")
        let custodians = fixture.consortium.custodians.flatMap { $0.requests.flatMap(\.json.bytes) }
        #expect(!custodians.isEmpty)
        try expectNone(of: custodians, "what custodians got")
    }

    @Test("nor of reservations, notices, the portfolio and jobs, at any of their steps")
    func nothingOfTheRestLeaks() async throws {
        let receiver = FakeReceiver()
        let webhook = try Webhook("https://lender.example/notices") { request async throws(ClientFailure) in
            try receiver.take(request)
        }
        let fixture = try Fixture {
            $0.webhook = webhook
            $0.jobSizes = JobSizes(checks: 2, records: 2)
        }
        let node = fixture.consortium.node
        var responses: [UInt8] = []
        func call(_ method: String, _ path: String, _ body: String = "", accept: String? = nil) async throws {
            responses += await fixture.call(method, path, body, accept: accept).body
            try expectNone(of: try files(fixture), "files after \(method) \(path)")
        }
        for document in [
            ReservationTests.document(), ReservationTests.document("confirm"), ReservationTests.document(seconds: 9),
            ReservationTests.document("keep"),
        ] { try await call("POST", "/v1/reservations", document.text) }
        try await call("POST", "/v1/checks", Samples.check(2).text)
        try await call("PUT", "/v1/portfolio", #"{"watch":[{"loanRef":"loan-1"}],"unwatch":[{"loanRef":"loan-2"}]}"#)
        _ = await fixture.gateway.portfolio.sendNext()
        node.release("reservation", about: ["reservation": .string(Samples.id(1).description)])
        node.release("correction", about: ["check": .string(Samples.id(2).description)], ["change": "retracted"])
        _ = await fixture.gateway.feed.pull(wait: .zero)
        _ = await fixture.gateway.noticeDelivery.drain()
        #expect(receiver.sequences == [1, 2])
        try expectNone(of: receiver.with { $0.requests.flatMap(\.body) }, "what the webhook got")
        for path in ["/v1/reservations/\(Samples.id(1))", "/v1/notices", "/v1/notices/1", "/v1/portfolio"] {
            try await call("GET", path)
        }
        let headless = Samples.phone + "\n" + Samples.phone
        for (kind, file) in [("checks", Self.checkRows), ("records", Self.recordRows), ("checks", headless)] {
            responses += try await work(kind, file, fixture)
            try fixture.killAndReopen()
        }
        try await call("GET", "/metrics")
        try expectNone(of: responses, "responses")
        try expectNone(of: Array(fixture.lines.text.utf8), "log")
        #expect(node.with { !$0.batches.isEmpty })
        try expectNone(
            of: node.with { state in
                (state.submissions + state.batches).flatMap { $0.json.bytes + $0.envelope.payload }
            }, "what the node got")
    }

    /// A job from its opening to its results, the files looked at after every step.
    private func work(_ kind: String, _ file: String, _ fixture: Fixture) async throws -> [UInt8] {
        let id = RecordID(random: SystemRandom.bytes(16))
        let path = "/v1/jobs/\(id)"
        let defaults = kind == "checks" ? Fixture.checkDefaults : ""
        var responses = await fixture.call(
            "POST", "/v1/jobs", #"{"job":"\#(id)","kind":"\#(kind)","format":"csv","name":"book"\#(defaults)}"#
        ).body
        // The cut goes through the first row's number.
        let bytes = Array(file.utf8)
        let cut = bytes.count / 3
        for (number, part) in [bytes[..<cut], bytes[cut...]].enumerated() {
            let text = String(decoding: part, as: UTF8.self)
            responses += await fixture.call("PUT", "\(path)/chunks/\(number)", text).body
            try expectNone(of: try files(fixture), "files with a chunk")
        }
        responses += await fixture.call("POST", path + "/start", #"{"chunks":2}"#).body
        var steps = 0
        while await fixture.gateway.jobs.step() != .idle, steps < 50 {
            steps += 1
            try expectNone(of: try files(fixture), "files after step \(steps) of \(kind)")
        }
        for page in ["", "/results", "/errors"] {
            for accept in ["application/json", "text/csv"] {
                responses += await fixture.call("GET", path + page, accept: accept).body
            }
        }
        #expect(String(decoding: responses, as: UTF8.self).contains("invalid"))
        return responses
    }

    private static let person = "\(Samples.phone),\(Samples.email),\(Samples.name),1988-04-12"

    /// Good rows and bad ones: a value that is none in its column, too many cells, quotes that do not close.
    private static let checkRows = """
        applicationRef,consent,phone,email,name,birthDate,nationalIDScheme,nationalID
        app-1,\(Bytes32().base64),\(person),opaque,110105198804120011
        app-2,\(Bytes32().base64),\(person),cn-rid,110105198804120011
        app-3,\(Bytes32().base64),\(person),opaque,110105198804120011,\(Samples.phone)
        \(Samples.phone),\(Samples.email),\(person),\(Samples.phone),110105198804120011
        app-5,\(Bytes32().base64),\(person),opaque,"110105198804120011
        """

    private static let recordRows = """
        eventTime,loanRef,stage,phone,email,name,birthDate
        2026-05-01T09:00:00Z,loan-1,applied,\(person)
        2026-05-01T09:00:00Z,loan-2,\(Samples.phone),\(person)
        \(Samples.phone),loan-3,applied,\(person)
        """

    private func files(_ fixture: Fixture) throws -> [UInt8] {
        var bytes: [UInt8] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: fixture.folder) {
            bytes += try Data(contentsOf: URL(filePath: "\(fixture.folder)/\(name)"))
        }
        #expect(bytes.count > 4096)
        return bytes
    }

    private func expectNone(of bytes: [UInt8], _ place: String) throws {
        let data = Data(bytes)
        for secret in Samples.secrets {
            #expect(data.range(of: Data(secret.utf8)) == nil, "\(place) must not contain an identifier")
        }
    }

    @Test("once delivered, the outbox holds no sealed clear text of the record either")
    func clearTextIsWiped() async throws {
        let fixture = try Fixture()
        let outbox = fixture.gateway.dependencies.outbox
        _ = await fixture.call("POST", "/v1/records", Samples.loan(1).text)
        #expect(try await outbox.nextGroup(atMost: 10, byteBudget: 1 << 20).records.count == 1)
        _ = await fixture.gateway.delivery.deliverNext()
        #expect(try await outbox.nextGroup(atMost: 10, byteBudget: 1 << 20).records.isEmpty)
    }
}
