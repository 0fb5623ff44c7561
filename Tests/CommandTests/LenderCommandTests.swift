import ArgumentParser
import Foundation
import Sodium
import Testing
import Vocabulary

@testable import counterfoil

@Suite("Commands of a lender")
struct LenderCommandTests {
    static let digest = SHA256.hash(Array("consent".utf8)).value.base64

    @Test("an applicant's options become the gateway's document")
    func applicant() throws {
        let command = try CheckCommand.parse([
            "--id", "110101190102040028", "--id", "us-ssn:536-90-4399", "--phone", "15400000101", "--device",
            "imei:490154203237518", "--name", "王五", "--birth-date", "1901-02-04", "--consent-digest", Self.digest,
            "--application-ref", "A-1", "--product", "cash-loan",
        ])
        let document = try command.document()
        #expect(document["purpose"] == "application" && document["mode"] == "hard")
        #expect(document["consent"]?.string == Self.digest && document["applicationRef"] == "A-1")
        let applicant = try #require(document["applicant"])
        #expect(
            applicant["nationalIDs"]?.array?.map { $0["scheme"]?.string } == ["cn-rid", "us-ssn"])
        #expect(applicant["nationalIDs"]?.array?[1]["value"] == "536-90-4399")
        #expect(applicant["devices"]?.array?[0]["type"] == "imei")
        #expect(applicant["names"]?.array?[0]["full"] == "王五" && applicant["emails"] == nil)
    }

    @Test("a pre-screening is always soft, and a check gets an id of its own")
    func modes() throws {
        let base = ["--phone", "15400000101", "--consent-digest", Self.digest]
        #expect(try CheckCommand.parse(base + ["--purpose", "preScreen"]).document()["mode"] == "soft")
        #expect(try CheckCommand.parse(base + ["--soft"]).document()["mode"] == "soft")
        let checks = try (0..<2).map { _ in try CheckCommand.parse(base).document()["check"]?.string }
        #expect(checks[0] != nil && checks[0] != checks[1])
    }

    @Test("the consent's file is never sent, only its digest")
    func consent() throws {
        try Fixture.withFolder { folder in
            try Fixture.write("consent", to: "\(folder)/consent.pdf")
            let command = try CheckCommand.parse(["--phone", "1", "--consent", "\(folder)/consent.pdf"])
            #expect(try command.document()["consent"]?.string == Self.digest)
        }
    }

    @Test("a check without applicant or consent, or with two of one, is a usage error", arguments: [
        ["--consent-digest", digest], ["--phone", "1"],
        ["--phone", "1", "--applicant", "a", "--consent-digest", digest],
        ["--phone", "1", "--consent", "a", "--consent-digest", digest],
        ["--device", "490154203237518", "--consent-digest", digest],
        ["--phone", "1", "--consent-digest", digest, "--purpose", "furnish"],
        ["--phone", "1", "--consent-digest", digest, "--purpose", "curiosity"],
    ])
    func refusedChecks(arguments: [String]) {
        #expect(throws: (any Error).self) { try CheckCommand.parse(arguments) }
    }

    @Test("a report's options become the gateway's document")
    func report() throws {
        try Fixture.withFolder { folder in
            try Fixture.write(#"{"phones":["15400000303"]}"#, to: "\(folder)/a.json")
            let command = try ReportCommand.parse([
                "--applicant", "\(folder)/a.json", "--code", "FRD-DOC", "--tier", "E3", "--ground", "forged-document",
                "--evidence-digest", Self.digest, "--decision", "refused", "--reviewer", "r-1", "--reviewer", "r-2",
                "--event-time", "2026-05-02T10:00:00+08:00",
            ])
            let document = try command.document()
            #expect(document["code"] == "FRD-DOC" && document["eventTime"] == "2026-05-02T02:00:00Z")
            #expect(document["grounds"] == ["forged-document"] && document["reviewers"] == ["r-1", "r-2"])
            #expect(document["subjects"]?.array?[0]["role"] == "perpetrator")
            #expect(document["subjects"]?.array?[0]["applicant"]?["phones"] == ["15400000303"])
        }
    }

    @Test("half a report is a usage error", arguments: [
        [], ["--code", "FRD-DOC"], ["--code", "FRD-DOC", "--event-time", "2026-05-02T10:00:00Z"],
        ["--file", "r.json", "--code", "FRD-DOC"], ["--code", "FRD-DOC", "--event-time", "yesterday"],
    ])
    func refusedReports(arguments: [String]) {
        #expect(throws: (any Error).self) { try ReportCommand.parse(arguments) }
    }

    @Test("a record to take back is named by its id")
    func retraction() throws {
        #expect(throws: (any Error).self) { try RetractCommand.parse(["15400000101", "--reason", "error"]) }
        #expect(throws: (any Error).self) { try RetractCommand.parse(["3f0c7b1e-5d51-4a58-9a0e-2f6a1c9d8e44"]) }
        #expect(throws: Never.self) {
            try RetractCommand.parse(["3f0c7b1e-5d51-4a58-9a0e-2f6a1c9d8e44", "--reason", "error"])
        }
    }

    @Test("without an API key only a Unix socket is called, and plain HTTP never leaves the machine")
    func connections() throws {
        try Fixture.withFolder { folder in
            try Fixture.write("cfk-00\n", to: "\(folder)/key")
            func options(_ url: String, _ key: String?) throws -> GatewayOptions {
                try GatewayOptions.parse(["--gateway", url] + (key.map { ["--api-key-file", $0] } ?? []))
            }
            #expect(throws: Never.self) { try options("unix:/run/g.sock", nil).connection() }
            #expect(throws: Never.self) { try options("http://127.0.0.1:7410", "\(folder)/key").connection() }
            #expect(throws: Problem.self) { try options("http://10.0.0.1:7410", "\(folder)/key").connection() }
            #expect(throws: Problem.self) { try options("http://127.0.0.1:7410", "\(folder)/none").connection() }
        }
    }

    @Test("every command says what it does, and the root names them all")
    func help() {
        func visit(_ command: any ParsableCommand.Type, _ path: String) {
            let configuration = command.configuration
            #expect(!configuration.abstract.isEmpty, "\(path) has no abstract")
            for child in configuration.subcommands { visit(child, "\(path) \(child._commandName)") }
        }
        visit(Counterfoil.self, "counterfoil")
        let names = Counterfoil.configuration.subcommands.map { $0._commandName }
        for name in ["demo", "check", "submit", "report", "retract", "batch", "node", "custodian", "gateway", "log",
            "doctor", "statistics", "model", "decisions", "simulate", "reserve", "notices", "portfolio", "furnishing",
            "outcomes"]
        {
            #expect(names.contains(name))
        }
    }
}
