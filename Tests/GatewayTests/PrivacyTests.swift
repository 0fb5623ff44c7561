import Exchange
import ExchangeFakes
import Foundation
import HTTPEdge
import Records
import Testing
import Vocabulary

@testable import Gateway

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
