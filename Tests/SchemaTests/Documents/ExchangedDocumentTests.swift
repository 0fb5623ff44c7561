import Exchange
import Records
import Registry
import Testing
import Vocabulary

/// What really goes over the wire is what the schemas say, described to the last field.
@Suite("Documents exchanged")
struct ExchangedDocumentTests {
    private let exchange: SampleExchange
    private var validator = SchemaValidator()

    init() throws {
        exchange = try SampleExchange()
        validator.refusesUndescribed = true
    }

    private func expectFit(_ document: JSON, _ schema: String) throws {
        #expect(try validator.violations(of: document, against: schema) == [])
    }

    private func expectFit(_ envelope: Envelope, _ schema: String) throws {
        try expectFit(envelope.json, "payloads/envelope.schema.json")
        try expectFit(JSON(parsing: envelope.payload), schema)
    }

    /// Two lenders furnish, so that the third has something to be told.
    private func furnish() async throws {
        let borrower = try SampleSubject.borrower(), housemate = try SampleSubject.housemate(as: "borrower")
        let first = exchange.submission(
            1, by: 1,
            records: [
                .application(1, loan: "L-1", of: borrower), .laterStage(2, loan: "L-1", "signed"),
                .forgery(3, by: borrower.acting(as: "perpetrator")),
            ])
        let second = exchange.submission(
            2, by: 2,
            records: [
                .application(1, loan: "L-9", of: housemate), .application(2, loan: "L-10", of: borrower),
                .victim(3, try SampleSubject.housemate(as: "victim")),
            ])
        for (place, request) in [(1, first), (2, second)] {
            try expectFit(request.json, "wire/sealed-request.schema.json")
            try expectFit(request.envelope, "payloads/submission.schema.json")
            let outcome = try await exchange.submit(request, by: place)
            try expectFit(outcome.json, "wire/submission-outcome.schema.json")
        }
    }

    private func answer(to request: SealedRequest) async throws -> JSON {
        try expectFit(request.json, "wire/sealed-request.schema.json")
        try expectFit(request.envelope, "payloads/check.schema.json")
        let envelope = try await exchange.ask(request)
        try expectFit(envelope, "payloads/answer.schema.json")
        return try JSON(parsing: envelope.payload)
    }

    @Test("submissions, outcomes, checks and a full answer are described to the last field")
    func wholePath() async throws {
        try await furnish()
        let answer = try await answer(to: exchange.check(1, of: SampleSubject.borrower()))
        #expect(answer["status"] == "found")
        #expect(answer["signals"]?.array?.contains { $0["code"] == "FRD-DOC" && $0["evidence"] == "E3" } == true)
        #expect(answer["findings"]?.array?.isEmpty == false)
        #expect(answer["score"]?["reasons"]?.array?.isEmpty == false)
        #expect(answer["statistics"]?["values"]?.array?.isEmpty == false)
        #expect(answer["linkage"]?.array?.isEmpty == false)
        let housemate = try await self.answer(to: exchange.check(2, of: .housemate(as: "borrower"), mode: "soft"))
        #expect(housemate["signals"]?.array?.contains { $0["effect"] == "protective" } == true)
    }

    @Test("an answer that finds nothing, or cannot look, is of the same form")
    func emptyAnswers() async throws {
        #expect(try await answer(to: exchange.check(1, of: .stranger()))["status"] == "noRecord")
        #expect(try await answer(to: exchange.check(2, of: .vague()))["status"] == "notEnoughIdentifiers")
    }

    @Test("records that refer to earlier ones are described and taken")
    func references() async throws {
        try await furnish()
        let answer = try await answer(to: exchange.check(1, of: .borrower()))
        let forgery = try #require(answer["signals"]?.array?.first { $0["code"] == "FRD-DOC" })
        let signal = try #require(forgery["reference"]?.string)
        let records = SampleRecord.references(to: 3, signal: signal)
        // A signal's reference is the asker's own, the records referred to are the reporter's.
        for (number, place, kinds) in [(10, 0, ["dispute"]), (11, 1, ["amendment", "disputeOutcome", "retraction"])] {
            for kind in kinds {
                let chosen = records.filter { record in record.json["kind"]?.string == kind }
                let request = exchange.submission(number * 10 + kind.count, by: place, records: chosen)
                try expectFit(request.envelope, "payloads/submission.schema.json")
                try expectFit(
                    try await exchange.submit(request, by: place).json, "wire/submission-outcome.schema.json")
            }
        }
    }

    @Test("the registry is as its schema says: every version, and the policy in it")
    func registry() throws {
        let changed = try exchange.sample.changed(at: SampleExchange.now) { version throws(Problem) in
            try version.suspend(
                version.members[1].id, reason: "A sample.", until: SampleExchange.now.adding(seconds: 86_400))
            try version.revoke(version.members[2].id)
        }
        try expectFit(changed.chain.json, "wire/registry-document.schema.json")
        let envelopes = try RegistryDocument.envelopes(in: changed.chain.json)
        #expect(envelopes.count == 2)
        for envelope in envelopes { try expectFit(envelope, "registry.schema.json") }
    }
}
