import Exchange
import Records
import Registry
import Sodium
import Testing
import Vocabulary

/// Schema and parser refuse the same: a real document is broken in every place, one at a time.
@Suite("Broken documents")
struct BrokenDocumentTests {
    private let exchange: SampleExchange
    private let validator = SchemaValidator()

    init() throws { exchange = try SampleExchange() }

    /// What reads a document in the program.
    private typealias Parser = (JSON) throws -> Void

    /// - Parameters:
    ///   - isOpen: whether readers ignore fields that they do not know.
    ///   - isStricter: whether the program has rules of admission beside what the schema says.
    private func compare(
        _ document: JSON, _ schema: String, isOpen: Bool = false, isStricter: Bool = false, parse: Parser
    ) throws {
        #expect(try validator.violations(of: document, against: schema) == [])
        #expect(throws: Never.self) { try parse(document) }
        let broken = document.brokenEverywhere()
        #expect(broken.count > 8)
        for broken in broken {
            let isTaken = (try? parse(broken.document)) != nil
            let isValid = try validator.accepts(broken.document, as: schema)
            switch broken.way {
            case .unknown:
                #expect(isValid == isOpen, "schema: \(broken)")
                #expect(isTaken == isOpen, "parser: \(broken)")
            case .leftOut where isStricter: #expect(isValid || !isTaken, "\(broken): the parser takes it")
            case .leftOut: #expect(isValid == isTaken, "\(broken): the parser \(isTaken ? "takes" : "refuses") it")
            case .ofAnotherType:
                #expect(!isValid, "schema: \(broken)")
                #expect(!isTaken || isOpen, "parser: \(broken)")
            }
        }
    }

    @Test("a sealed request")
    func sealedRequest() throws {
        let request = try exchange.check(1, of: .borrower())
        try compare(request.json, "wire/sealed-request.schema.json") { _ = try SealedRequest(parsing: $0.bytes) }
    }

    @Test("a submission's payload")
    func submission() throws {
        let borrower = try SampleSubject.borrower()
        let records: [SampleRecord] = [
            .application(1, loan: "L-1", of: borrower), .laterStage(2, loan: "L-1", "signed"),
            .forgery(3, by: borrower.acting(as: "perpetrator")), .victim(4, borrower.acting(as: "victim")),
        ]
        let request = exchange.submission(1, by: 0, records: records + SampleRecord.references(to: 1, signal: "s-1"))
        let policy = exchange.sample.chain.current.policy
        let payload = try JSON(parsing: request.envelope.payload)
        try compare(payload, "payloads/submission.schema.json", isStricter: true) { json in
            let submission = try Submission(json)
            for record in submission.records { try Admission.check(record, policy: policy, now: SampleExchange.now) }
        }
    }

    @Test("a check's payload")
    func check() throws {
        let request = try exchange.check(1, of: .borrower())
        try compare(try JSON(parsing: request.envelope.payload), "payloads/check.schema.json") { _ = try Check($0) }
    }

    @Test("an evaluation's request")
    func evaluationRequest() throws {
        let request = try SampleCustodian.request()
        try compare(request.json, "wire/evaluation-request.schema.json") {
            _ = try EvaluationRequest(parsing: $0.bytes)
        }
    }

    @Test("a custodian's evaluation, in which unknown fields are ignored")
    func evaluation() async throws {
        let custodian = try SampleCustodian(of: exchange.sample)
        let evaluation = try await custodian.evaluate(SampleCustodian.request(), for: exchange.member(0))
        try compare(evaluation.json, "wire/evaluation.schema.json", isOpen: true) {
            _ = try Evaluation(parsing: $0.bytes)
        }
    }

    @Test("a submission's outcome, in which unknown fields are ignored")
    func outcome() async throws {
        let request = exchange.submission(1, by: 1, records: [.application(1, loan: "L-1", of: try .borrower())])
        let outcome = try await exchange.submit(request, by: 1)
        try compare(outcome.json, "wire/submission-outcome.schema.json", isOpen: true) {
            _ = try SubmissionOutcome(parsing: $0.bytes)
        }
    }

    /// A version with one entry in each of its long lists: all that a schema can say is said of one.
    private func short(_ version: RegistryVersion) -> JSON {
        var json = version.json
        for list in ["reasonCodes", "identifierKinds", "products", "memberClasses", "windows", "budgets"] {
            json = json.shortening(["policy", list])
        }
        json = json.shortening(["policy", "lending", "findings"]).shortening(["policy", "scorecard", "characteristics"])
        return json.withOpenBinAlone().shortening(["members"])
    }

    @Test("the registry's first version")
    func firstVersion() throws {
        try compare(short(exchange.sample.chain.current), "registry.schema.json") { _ = try RegistryVersion($0) }
    }

    @Test("a later version, with a suspended member whose key was replaced")
    func laterVersion() throws {
        let now = SampleExchange.now
        let changed = try exchange.sample.changed(at: now) { version throws(Problem) in
            let id = version.members[0].id
            let key = MemberKey(publicKey: SigningKey.generate().publicKey, validFrom: now)
            try version.rotateKey(of: id, to: key, ending: .superseded, since: now)
            try version.suspend(id, reason: "A sample.", until: now)
        }
        try compare(short(changed.chain.current), "registry.schema.json") { _ = try RegistryVersion($0) }
    }

    @Test("the registry's document")
    func registryDocument() throws {
        try compare(exchange.sample.chain.json, "wire/registry-document.schema.json") {
            _ = try RegistryDocument.envelopes(in: $0)
        }
    }

    @Test("words that a list does not have are refused by both")
    func unknownWords() throws {
        let check = try JSON(parsing: exchange.check(1, of: .borrower()).envelope.payload)
        let broken = [
            check.text.replacing("\"application\"", with: "\"curiosity\""),
            check.text.replacing("\"hard\"", with: "\"firm\""),
            check.text.replacing("\"borrower\"", with: "\"patron\""),
            check.text.replacing("\"contact\"", with: "\"cousin\""),
            check.text.replacing(SampleExchange.id(801), with: SampleExchange.id(801).uppercased() + "0"),
            check.text.replacing("\"demo\"", with: "7"),
            check.text.replacing("=\"", with: "\""),
            check.text.replacing("06:13:20Z", with: "06:13:20"),
        ]
        for text in broken {
            #expect(text != check.text)
            let document = try JSON(parsing: text)
            #expect(try !validator.accepts(document, as: "payloads/check.schema.json"))
            #expect(throws: FieldFailure.self) { try Check<CommittedIdentifier>(document) }
        }
    }
}
