import TestSupport
import Testing
import Vocabulary

@testable import Identity

@Suite("Applicants in JSON")
struct ApplicantReadingTests {
    @Test("every field of the schema is read, with its path")
    func everyFieldIsRead() throws {
        let applicant = try Applicant(JSON(parsing: Self.complete), path: "applicant")
        #expect(
            applicant.claims.map(\.path) == [
                "applicant.nationalIDs[0]", "applicant.phones[0]", "applicant.cards[0]", "applicant.emails[0]",
                "applicant.devices[0]", "applicant.employers[0]", "applicant.related[0].phones[0]",
                "applicant.related[1].nationalIDs[0]",
            ])
        #expect(applicant.claims.map(\.role) == [.own, .own, .own, .own, .own, .workplace, .contact, .staff])
        #expect(applicant.names == [.full("Marla Tenbrook"), .parts(given: "玛拉", family: nil)])
        #expect(applicant.birthDate == "1990-02-13")
        #expect(applicant.addresses.count == 2)
    }

    @Test("fields the schema names are the fields that are read, and no others")
    func schemaAndReaderAgree() throws {
        let schema = try OwnVectors.document("gateway/applicant.schema.json")
        let names = try #require(schema["properties"]?.members).map(\.name)
        let read = try #require(JSON(parsing: Self.complete).members).map(\.name)
        #expect(names.sorted() == read.sorted())
        let definitions = try #require(schema["$defs"])
        #expect(
            definitions["nationalIDs"]?["items"]?["properties"]?["scheme"]?["enum"]
                == JSON.strings(NationalIDScheme.allCases.map(\.rawValue)))
        #expect(
            definitions["devices"]?["items"]?["properties"]?["type"]?["enum"]
                == JSON.strings(DeviceType.allCases.map(\.rawValue)))
        let roles = schema["properties"]?["related"]?["items"]?["properties"]?["role"]?["enum"]
        #expect(roles == JSON.strings(IdentifierRole.allCases.filter { $0 != .own }.map(\.name)))
    }

    @Test("null and an empty list are the same as nothing")
    func nothingIsNothing() throws {
        #expect(try Applicant(JSON(parsing: #"{"phones":null,"names":[],"birthDate":null}"#)) == Applicant())
    }

    @Test("a wrong shape is refused by its path and rule", arguments: refusals)
    func wrongShapeIsRefused(json: String, path: String, rule: FieldFailure.Rule) throws {
        let document = try JSON(parsing: json)
        #expect(throws: FieldFailure(path: path, rule: rule)) { try Applicant(document) }
    }

    @Test("a refusal does not repeat what was given")
    func refusalKeepsTheValue() throws {
        let document = try JSON(parsing: #"{"phones":[{"number":"13912340987"}]}"#)
        let failure = #expect(throws: FieldFailure.self) { try Applicant(document) }
        #expect(failure?.description.contains("1391") == false)
    }

    @Test("interpolating an applicant or an identifier shows no value")
    func descriptionsShowNoValue() throws {
        let applicant = try Applicant(JSON(parsing: Self.complete))
        let texts = ["\(applicant)", String(reflecting: applicant)] + applicant.claims.map { "\($0)" }
        for text in texts { for secret in ["0987", "Marla", "X"] { #expect(!text.contains(secret)) } }
    }

    private static let refusals: [(json: String, path: String, rule: FieldFailure.Rule)] = [
        ("[]", "(document)", .wrongType(expected: "an object")),
        (#"{"phone":"13912340987"}"#, "phone", .unknown),
        (#"{"phones":"13912340987"}"#, "phones", .wrongType(expected: "a list")),
        (#"{"phones":[13912340987]}"#, "phones[0]", .wrongType(expected: "a string")),
        (#"{"phones":["1","2","3","4","5","6","7","8","9"]}"#, "phones", .tooMany(limit: 8)),
        (
            #"{"phones":["a","\#(String(repeating: "1", count: 513))"]}"#, "phones[1]",
            .malformed("longer than 512 bytes")
        ),
        (#"{"nationalIDs":["110"]}"#, "nationalIDs[0]", .wrongType(expected: "an object")),
        (#"{"nationalIDs":[{"value":"110"}]}"#, "nationalIDs[0].scheme", .missing),
        (#"{"nationalIDs":[{"scheme":"cn-rid"}]}"#, "nationalIDs[0].value", .missing),
        (#"{"nationalIDs":[{"scheme":"cn-rid","value":"1","country":"CN"}]}"#, "nationalIDs[0].country", .unknown),
        (#"{"devices":[{"type":"imei","value":1}]}"#, "devices[0].value", .wrongType(expected: "a string")),
        (#"{"names":["Marla"]}"#, "names[0]", .wrongType(expected: "an object")),
        (#"{"names":[{}]}"#, "names[0].full", .missing),
        (#"{"names":[{"full":"a b","given":"a"}]}"#, "names[0].full", .malformed("stands beside the name's parts")),
        (#"{"names":[{"full":"a b","middle":"c"}]}"#, "names[0].middle", .unknown),
        (#"{"birthDate":19900213}"#, "birthDate", .wrongType(expected: "a string")),
        (#"{"birthDate":"1990-02-13T00:00:00+00:00 and more"}"#, "birthDate", .malformed("longer than 32 bytes")),
        (#"{"addresses":[{}]}"#, "addresses[0].line", .missing),
        (
            #"{"addresses":[{"line":"a","street":"b"}]}"#, "addresses[0].line",
            .malformed("stands beside the address's parts")
        ),
        (#"{"addresses":[{"city":"b"}]}"#, "addresses[0].city", .unknown),
        (#"{"related":[{"phones":["1"]}]}"#, "related[0].role", .missing),
        (#"{"related":[{"role":"contact"}]}"#, "related[0]", .tooFew(minimum: 1)),
        (#"{"related":[{"role":"contact","names":[]}]}"#, "related[0].names", .unknown),
        (
            #"{"related":[{"role":"own","phones":["1"]}]}"#, "related[0].role",
            .malformed("not one of contact, guarantor, coBorrower, spouse, workplace, agent, staff")
        ),
    ]

    private static let complete = """
        {"nationalIDs":[{"scheme":"cn-rid","value":"11010519491231002X"}],"phones":["13912340987"],
        "cards":["6225880137452901"],"emails":["marla@example.org"],"devices":[{"type":"opaque","value":"fp_9931ac77"}],
        "names":[{"full":"Marla Tenbrook"},{"given":"玛拉"}],"birthDate":"1990-02-13",
        "addresses":[{"line":"12 Juniper Pl, Eastmere NSW 2746"},{"number":"4","street":"Hill Road"}],
        "employers":["Blue Harbour"],
        "related":[{"role":"contact","phones":["13912340988"]},
        {"role":"staff","nationalIDs":[{"scheme":"opaque","value":"S-10044"}]}]}
        """
}
