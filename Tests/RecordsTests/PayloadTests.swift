import Records
import Sodium
import Testing
import Vocabulary

@Suite("Payloads")
struct PayloadTests {
    @Test("a record of every kind, with every field, survives its JSON", arguments: Fixture.everyKind)
    func roundTrip(record: Record<CommittedIdentifier>) throws {
        let read = try Record(JSON(parsing: record.json.bytes), path: "records[0]")
        #expect(read == record)
        #expect(read.json.bytes == record.json.bytes)
    }

    @Test("every kind of record has its fixture")
    func completeness() {
        #expect(Set(Fixture.everyKind.map(\.body.kind)) == Set(RecordKind.allCases))
    }

    @Test("a submission and a check survive their JSON, read from verified bytes")
    func documents() throws {
        let key = SigningKey.generate()
        let records = Fixture.everyKind.enumerated().map { index, record in
            Record(
                recordID: Fixture.id(UInt64(index) + 100), eventTime: record.eventTime, subjects: record.subjects,
                body: record.body)
        }
        let submission = try Fixture.submission(records)
        let envelope = Envelope.sign(payloadType: .submission, payload: submission.json.bytes, key: key)
        #expect(try Submission(envelope.verify(by: key.publicKey, expecting: .submission)) == submission)
        for check in [try Fixture.check(), try Fixture.fullCheck()] {
            let asked = Envelope.sign(payloadType: .check, payload: check.json.bytes, key: key)
            #expect(try Check(asked.verify(by: key.publicKey, expecting: .check)) == check)
        }
    }

    @Test(
        "a submission that is not exactly the format is refused, by path",
        arguments: [
            (["consortium"], nil, "consortium"), (["member"], "North Bank", "member"),
            (["submission"], "1111", "submission"), (["madeAt"], "2026-02-25", "madeAt"),
            (["records"], [], "records"), (["records"], "x", "records"), (["note"], "x", "note"),
            (["records", "0", "recordID"], nil, "records[0].recordID"),
            (["records", "0", "recordID"], "11112222-3333-4444-8000-00000000000G", "records[0].recordID"),
            (["records", "0", "recordID"], "1111222233334444800000000000000000000", "records[0].recordID"),
            (["records", "0", "recordID"], "AAAA2222-3333-4444-8000-000000000001", "records[0].recordID"),
            (["records", "0", "kind"], "inquiry", "records[0].kind"),
            (["records", "0", "eventTime"], "2026-02-30T00:00:00Z", "records[0].eventTime"),
            (["records", "0", "eventTime"], "2026-02-20T00:00:00", "records[0].eventTime"),
            (["records", "0", "stage"], "lost", "records[0].stage"),
            (["records", "0", "loanRef"], "", "records[0].loanRef"),
            (["records", "0", "loanRef"], "a b", "records[0].loanRef"),
            (["records", "0", "loanRef"], .string(String(repeating: "a", count: 65)), "records[0].loanRef"),
            (["records", "0", "amountBand"], "12345", "records[0].amountBand"),
            (["records", "0", "amountBand"], .integer(12_345), "records[0].amountBand"),
            (["records", "0", "amountBand"], "1500-1501", "records[0].amountBand"),
            (["records", "0", "termMonths"], .integer(0), "records[0].termMonths"),
            (["records", "0", "dueBucket"], "45", "records[0].dueBucket"),
            (["records", "0", "channel"], "fax", "records[0].channel"),
            (["records", "0", "amount"], .integer(12_345), "records[0].amount"),
            (["records", "0", "subjects"], "x", "records[0].subjects"),
            (["records", "0", "subjects", "0", "role"], "owner", "records[0].subjects[0].role"),
            (["records", "0", "subjects", "0", "name"], "x", "records[0].subjects[0].name"),
            (["records", "0", "subjects", "0", "identifiers"], [], "records[0].subjects[0].identifiers"),
            (
                ["records", "0", "subjects", "0", "identifiers", "1", "kind"], "passport",
                "records[0].subjects[0].identifiers[1].kind"
            ),
            (
                ["records", "0", "subjects", "0", "identifiers", "1", "commitment"], "AAAA",
                "records[0].subjects[0].identifiers[1].commitment"
            ),
            (
                ["records", "0", "subjects", "0", "identifiers", "1", "value"], "x",
                "records[0].subjects[0].identifiers[1].value"
            ),
        ] as [([String], JSON?, String)])
    func malformed(path: [String], value: JSON?, field: String) throws {
        let json = try Fixture.submission([Fixture.everyKind[0]]).json.replacing(path, with: value)
        let failure = #expect(throws: FieldFailure.self) { try Submission(json) }
        #expect(failure?.path == field)
    }

    @Test(
        "a field that a kind of record does not have, or not so, is refused by name",
        arguments: [
            (1, "tier", "E5", "tier"), (1, "code", "frd", "code"), (1, "endedOn", "2026-2-1", "endedOn"),
            (1, "endedOn", "2026-02-30", "endedOn"), (1, "grounds", ["two words"], "grounds[0]"),
            (1, "reviewers", ["a", .integer(2)], "reviewers[1]"), (1, "evidenceDigest", "AAAA", "evidenceDigest"),
            (1, "productDecision", "sold", "productDecision"), (1, "underAge21", "yes", "underAge21"),
            (1, "stage", "paid", "stage"), (2, "reviewers", ["a"], "reviewers"),
            (2, "identityProven", .integer(1), "identityProven"), (3, "amends", "x", "amends"),
            (3, "stage", "paid", "stage"), (4, "reason", "mistake", "reason"), (4, "retracts", nil, "retracts"),
            (5, "signal", "a/b", "signal"), (5, "identityDigest", nil, "identityDigest"),
            (5, "grounds", "no", "grounds"), (6, "outcome", "maybe", "outcome"), (6, "decides", nil, "decides"),
        ] as [(Int, String, JSON?, String)])
    func malformedKinds(record: Int, field: String, value: JSON?, path: String) throws {
        let json = Fixture.everyKind[record].json.replacing([field], with: value)
        let failure = #expect(throws: FieldFailure.self) { try Record(json) }
        #expect(failure?.path == path)
    }

    @Test("a record id that stands twice in one submission is refused")
    func repeatedID() throws {
        let submission = try Fixture.submission([Fixture.everyKind[4], Fixture.everyKind[5]])
        let failure = #expect(throws: FieldFailure.self) { try Submission(submission.json) }
        #expect(failure?.path == "records[1].recordID")
    }

    @Test("the parser stops reading where no policy could admit what follows")
    func ceilings() throws {
        let record = Fixture.everyKind[4]
        let many = try Fixture.submission([Record<CommittedIdentifier>](repeating: record, count: 4097))
        #expect(throws: FieldFailure(path: "records", rule: .tooMany(limit: 4096))) { try Submission(many.json) }
        let wide = Fixture.subject(.borrower, [IdentifierKind](repeating: .phone, count: 257))
        let subject = Fixture.record(Fixture.loan(.applied), [wide])
        #expect(throws: FieldFailure(path: "subjects[0].identifiers", rule: .tooMany(limit: 256))) {
            try Record(subject.json)
        }
        let crowd = [Subject<CommittedIdentifier>](repeating: Fixture.borrower[0], count: 65)
        #expect(throws: FieldFailure(path: "subjects", rule: .tooMany(limit: 64))) {
            try Record(Fixture.record(Fixture.loan(.applied), crowd).json)
        }
    }

    @Test(
        "a check that is not exactly the format is refused, by path",
        arguments: [
            (["purpose"], "furnish", "purpose"), (["purpose"], nil, "purpose"), (["mode"], "reserve", "mode"),
            (["applicationRef"], nil, "applicationRef"), (["applicationRef"], "Zhang San", "applicationRef"),
            (["consent"], "AAAA", "consent"), (["subject"], nil, "subject"), (["subject"], [], "subject"),
            (["subject", "identifiers", "0", "role"], "self", "subject.identifiers[0].role"),
            (["check"], "no", "check"), (["name"], "x", "name"), (["profile"], "everything", "profile"),
            (["profile"], .integer(1), "profile"), (["asOf"], "2026-02-01T00:00:00Z", "asOf"),
            (["asOf"], .object([JSON.Member]()), "asOf.instant"), (["asOf", "instant"], "yesterday", "asOf.instant"),
            (["asOf", "instant"], "2026-02-26T00:00:00Z", "asOf.instant"), (["asOf", "size"], -1, "asOf.size"),
            (["asOf", "basis"], "events", "asOf.size"), (["asOf", "basis"], "known", "asOf.basis"),
            (["asOf", "until"], "x", "asOf.until"), (["mode"], "hard", "asOf"),
        ] as [([String], JSON?, String)])
    func malformedCheck(path: [String], value: JSON?, field: String) throws {
        let json = try Fixture.fullCheck().json.replacing(path, with: value)
        let failure = #expect(throws: FieldFailure.self) { try Check(json) }
        #expect(failure?.path == field)
    }

    @Test("identifiers may come with their members in any order")
    func memberOrder() throws {
        let identifier = Fixture.identifier(.phone)
        let members = try #require(identifier.json.members)
        #expect(try CommittedIdentifier(.object(members.reversed()), path: "x") == identifier)
    }
}
