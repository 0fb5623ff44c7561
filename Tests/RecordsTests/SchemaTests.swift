import Records
import Sodium
import TestSupport
import Testing
import Vocabulary

/// What `schemas/` tells a lender of another language is what the parser takes.
@Suite("Published schemas and vectors")
struct SchemaTests {
    private static let files: [RecordKind: String] = [
        .loanEvent: "loan-event", .report: "report", .marker: "marker", .amendment: "amendment",
        .retraction: "retraction", .dispute: "dispute", .disputeOutcome: "dispute-outcome",
    ]

    private static func schema(_ name: String) throws -> JSON {
        try JSON(parsing: Checkout.bytes("schemas/payloads/\(name).schema.json"))
    }

    private static func required(_ schema: JSON) -> Set<String> {
        Set(schema["required"]?.array?.compactMap(\.string) ?? [])
    }

    private static func definition(_ schema: JSON, _ property: String) throws -> JSON? {
        let value = schema["properties"]?[property]
        guard let name = value?["$ref"]?.string?.split(separator: "/").last else { return value }
        return try self.schema("common")["$defs"]?[String(name)]
    }

    @Test("a kind's schema names exactly the fields that its parser takes", arguments: Fixture.everyKind)
    func fields(record: Record<CommittedIdentifier>) throws {
        let schema = try Self.schema(try #require(Self.files[record.body.kind]))
        let properties = Set(try #require(schema["properties"]?.members).map(\.name))
        let written = Set(try #require(record.json.members).map(\.name))
        #expect(properties == written.union(["subjects"]))
        #expect(schema["additionalProperties"] == false)
        #expect(schema["properties"]?["kind"]?["const"]?.string == record.body.kind.name)
    }

    @Test(
        "what a kind's schema requires the parser or the admission misses, and nothing else",
        arguments: Fixture.everyKind)
    func requiredFields(record: Record<CommittedIdentifier>) throws {
        let required = Self.required(try Self.schema(try #require(Self.files[record.body.kind])))
        for member in try #require(record.json.members) {
            let json = record.json.replacing([member.name], with: nil)
            if required.contains(member.name), member.name != "subjects" {
                let failure = #expect(throws: FieldFailure.self) { try Record(json) }
                #expect(failure == FieldFailure(path: member.name, rule: .missing))
            } else {
                _ = try Record(json)
            }
        }
    }

    @Test("the payload schemas require exactly what their parsers require")
    func payloads() throws {
        let submission = try Fixture.submission([Fixture.everyKind[0]]).json
        let envelope = Envelope.sign(payloadType: .check, payload: [1], key: .generate()).json
        let documents = [
            ("submission", submission), ("envelope", envelope), ("check", try Fixture.fullCheck().json),
            ("checks", Fixture.batch([try Fixture.fullCheck()]).json), ("reservation", try Fixture.reservation().json),
            ("acknowledgement", try Fixture.acknowledgement().json), ("watch", try Fixture.watch().json),
        ]
        for (name, document) in documents {
            let schema = try Self.schema(name)
            let members = try #require(document.members)
            // The fixtures are of the kind that needs most.
            let required = Self.required(schema).union(schema["then"].map(Self.required) ?? [])
            #expect(Set(try #require(schema["properties"]?.members).map(\.name)) == Set(members.map(\.name)))
            for member in members {
                let json = document.replacing([member.name], with: nil)
                #expect(required.contains(member.name) == !reads(json, as: name), "\(name): \(member.name)")
            }
        }
    }

    private func reads(_ json: JSON, as name: String) -> Bool {
        switch name {
        case "submission": (try? Submission(json)) != nil
        case "check": (try? Check<CommittedIdentifier>(json)) != nil
        case "checks": (try? CheckBatch<CommittedIdentifier>(json)) != nil
        case "reservation": (try? ReservationRequest<CommittedIdentifier>(json)) != nil
        case "acknowledgement": (try? Acknowledgement(json)) != nil
        case "watch": (try? WatchRequest(json)) != nil
        default: (try? Envelope(json)) != nil
        }
    }

    @Test(
        "every word that a schema lists is taken by the parser, and every word of the parser is listed",
        arguments: [
            (RecordKind.loanEvent, "stage", LoanStage.allCases.count),
            (.loanEvent, "channel", LoanChannel.allCases.count), (.loanEvent, "dueBucket", DueBucket.allCases.count),
            (.loanEvent, "amountBand", AmountBand.count), (.report, "tier", EvidenceTier.allCases.count),
            (.report, "productDecision", ProductDecision.allCases.count),
            (.retraction, "reason", RetractionReason.allCases.count),
            (.dispute, "grounds", DisputeGrounds.allCases.count),
            (.disputeOutcome, "outcome", DisputeOutcome.Outcome.allCases.count),
        ])
    func words(kind: RecordKind, field: String, count: Int) throws {
        let record = try #require(Fixture.everyKind.first { $0.body.kind == kind })
        let schema = try Self.schema(try #require(Self.files[kind]))
        let words = try #require(try Self.definition(schema, field)?["enum"]?.array)
        #expect(Set(words).count == count)
        for word in words {
            let json = record.json.replacing([field], with: word)
            #expect(try Record(json).json == json)
        }
    }

    @Test("the roles and purposes listed are the parser's")
    func sharedWords() throws {
        let common = try Self.schema("common")
        let identifierRoles = common["$defs"]?["identifier"]?["properties"]?["role"]?["enum"]
        #expect(identifierRoles == .strings(IdentifierRole.allCases.map(\.name)))
        let subjectRoles = common["$defs"]?["subject"]?["properties"]?["role"]?["enum"]
        #expect(subjectRoles == .strings(SubjectRole.allCases.map(\.name)))
        let purposes = common["$defs"]?["purpose"]?["enum"]
        #expect(purposes == .strings(Purpose.allCases.filter { $0 != .furnish }.map(\.rawValue)))
        #expect(common["$defs"]?["mode"]?["enum"] == .strings(CheckMode.allCases.map(\.name)))
        let bases = common["$defs"]?["asOf"]?["properties"]?["basis"]?["enum"]
        #expect(bases == .strings(AsOf.Basis.allCases.map(\.name)))
        for profile in try #require(common["$defs"]?["profile"]?["enum"]?.array) {
            let json = try Fixture.check().json.replacing(["profile"], with: profile)
            #expect(try Check(json).profile == profile.string)
        }
    }

    @Test("the commitments published are the ones we make")
    func commitments() throws {
        let vectors = try JSON(parsing: Checkout.bytes("schemas/vectors/commitments.json"))
        let cases = try #require(vectors["cases"]?.array)
        var openings: [Opening] = []
        for vector in cases {
            let kind = try #require(IdentifierKind(name: vector["kind"]?.string ?? ""))
            let opening = Opening(
                salt: try Bytes32(hex: vector["salt"]?.string ?? ""),
                token: try Bytes32(hex: vector["token"]?.string ?? ""))
            #expect(vector["number"]?.integer == Int64(kind.rawValue))
            #expect(Commitment.of(kind, opening).base64 == vector["commitment"]?.string)
            openings.append(opening)
        }
        #expect(!cases.isEmpty)
        #expect(Base64.encode(Openings.encode(openings)) == vectors["openings"]?.string)
    }

    @Test("the envelopes published verify, hash and are signed as ours are")
    func envelopes() throws {
        let policy = try Fixture.policy()
        let vectors = try JSON(parsing: Checkout.bytes("schemas/vectors/envelopes.json"))
        for vector in try #require(vectors["cases"]?.array) {
            let envelope = try Envelope(try #require(vector["envelope"]), path: "envelope")
            let key = try PublicKey(base64: vector["publicKey"]?.string ?? "")
            let verified = try envelope.verify(by: key, expecting: envelope.payloadType)
            #expect(String(decoding: envelope.pae, as: UTF8.self) == vector["pae"]?.string)
            #expect(verified.hash.description == vector["hash"]?.string)
            var seed = try Hex.decode(vector["seed"]?.string ?? "")
            let secret = try SigningKey(seed: SecretBytes(wiping: &seed))
            let signed = Envelope.sign(payloadType: envelope.payloadType, payload: envelope.payload, key: secret)
            #expect(signed == envelope)
            if envelope.payloadType == .submission {
                try Admission.check(Submission(verified), policy: policy, now: Fixture.now)
            } else {
                try Admission.check(Check(verified), policy: policy, now: Fixture.now)
            }
        }
    }
}
