import Testing
import Vocabulary

@testable import Identity

@Suite("From an applicant to token inputs")
struct DerivationTests {
    private let normaliser: Normaliser

    init() throws {
        normaliser = Normaliser(
            defaultRegion: .china, today: try #require(CalendarDate(year: 2026, month: 1, day: 1)))
    }

    private func derive(_ json: String, malformed: MalformedValue = .refuse) throws -> DerivedIdentifiers {
        try Applicant(JSON(parsing: json)).identifiers(normaliser, malformed: malformed)
    }

    @Test("an applicant comes to the inputs of the vectors", arguments: OwnVectors.cases("match-keys.json"))
    func vectorsAreMet(vector: VectorCase) throws {
        let region = try #require(PhoneRegion(rawValue: vector.text("region")))
        let normaliser = Normaliser(defaultRegion: region, today: normaliser.today)
        let derived = try Applicant(#require(vector.json["applicant"])).identifiers(normaliser)
        let inputs = derived.inputs.map { JSON.strings([$0.kind.name, $0.role.name, $0.value]) }
        #expect(.array(inputs) == vector.json["inputs"])
        #expect(JSON.strings(derived.dropped.map(\.path)) == vector.json["dropped"])
    }

    @Test("there are match key vectors")
    func vectorsAreThere() { #expect(OwnVectors.cases("match-keys.json").count >= 4) }

    @Test("the order and repetition of what is given do not matter")
    func orderDoesNotMatter() throws {
        let left = try derive(
            """
            {"phones":["13912340987","15812340987"],
            "names":[{"full":"李明"},{"full":"Ming Li"}],"birthDate":"19900213"}
            """
        )
        let right = try derive(
            """
            {"birthDate":"1990-02-13","phones":["+86 158 1234 0987","0086 139 1234 0987","13912340987"],
            "names":[{"given":"明","family":"李"},{"full":"LI, ming"}]}
            """)
        #expect(left.inputs == right.inputs)
    }

    @Test("the same number keeps a role of its own for each role it is given in")
    func rolesAreKept() throws {
        let derived = try derive(
            #"{"phones":["13912340987"],"related":[{"role":"contact","phones":["13912340987","13912340987"]}]}"#)
        #expect(derived.inputs.map(\.role) == [.own, .contact])
    }

    @Test("staff stand under their own kind, whatever names them")
    func staffAreAKind() throws {
        let derived = try derive(
            #"{"phones":["13912340987"],"related":[{"role":"staff","phones":["15812340987"]}]}"#)
        #expect(derived.inputs.last == IdentifierInput(kind: .staff, role: .staff, value: "phone:+8615812340987"))
    }

    @Test("placeholders are dropped with path and rule, and the rest stays")
    func placeholdersAreDropped() throws {
        let derived = try derive(
            """
            {"nationalIDs":[{"scheme":"us-ssn","value":"000-00-0000"}],"phones":["00000000","13912340987"],
            "emails":["unknown@example.org"],"devices":[{"type":"idfa","value":"00000000-0000-0000-0000-000000000000"}],
            "names":[{"full":"N/A"}],"birthDate":"1900-01-01","addresses":[{"line":"unknown"}],"employers":["无业"]}
            """)
        #expect(derived.inputs == [IdentifierInput(kind: .phone, role: .own, value: "+8613912340987")])
        #expect(
            derived.dropped.map(\.path) == [
                "nationalIDs[0]", "phones[0]", "emails[0]", "devices[0]", "employers[0]", "addresses[0]", "names[0]",
                "birthDate",
            ])
        #expect(derived.dropped.allSatisfy { $0.rule == .placeholder })
    }

    @Test("blank fields are dropped like absent ones")
    func blanksAreDropped() throws {
        let derived = try derive(
            #"{"phones":["13912340987"," "],"emails":[""],"names":[{"full":"--"}],"employers":["&"]}"#)
        #expect(derived.inputs.map(\.kind) == [.phone])
        #expect(derived.dropped.map(\.path) == ["phones[1]", "emails[0]", "employers[0]", "names[0]"])
        #expect(derived.dropped.allSatisfy { $0.rule == .empty })
    }

    @Test("a broken rule refuses the applicant by path and rule", arguments: refusals)
    func brokenRuleRefuses(json: String, path: String, rule: NormalisationRule) throws {
        #expect(throws: IdentityFailure.refused(path: path, rule: rule)) { try derive(json) }
        let dropped = try derive(#"{"cards":["6225880137452901"],"# + json.dropFirst(), malformed: .drop).dropped
        #expect(dropped == [DroppedField(path: path, rule: rule)])
    }

    @Test("the path of a larger document stands in front")
    func pathHasAPrefix() throws {
        let json = try JSON(parsing: #"{"names":[{"full":"Marla Tenbrook"}],"birthDate":"1990-02-30"}"#)
        let applicant = try Applicant(json, path: "records[3].applicant")
        #expect(throws: IdentityFailure.refused(path: "records[3].applicant.birthDate", rule: .birthDate)) {
            try applicant.identifiers(normaliser, path: "records[3].applicant")
        }
    }

    @Test(
        "nothing of the person's own is no usable identifier",
        arguments: [
            "{}", #"{"phones":["00000000"]}"#, #"{"names":[{"full":"Marla Tenbrook"}]}"#,
            #"{"birthDate":"1990-02-13"}"#,
            #"{"related":[{"role":"contact","phones":["13912340987"]}]}"#, #"{"employers":["Blue Harbour"]}"#,
        ])
    func nothingOwnIsRefused(json: String) {
        #expect(throws: IdentityFailure.noUsableIdentifier) { try derive(json) }
    }

    @Test("more than 24 identifiers are refused, and match keys never make them more")
    func identifiersAreLimited() throws {
        func numbers(_ range: Range<Int>) -> String { range.map { "\"139123409\($0)\"" }.joined(separator: ",") }
        let related = { (range: Range<Int>) in #"{"role":"contact","phones":["# + numbers(range) + "]}" }
        let start = #"{"names":[{"full":"Marla Tenbrook"}],"birthDate":"1990-02-13","phones":["# + numbers(10..<18)
        let most = start + #"],"related":["# + related(20..<28) + "," + related(30..<38) + "]}"
        #expect(try derive(most).inputs.count == 24)
        let over = start + #"],"related":["# + related(20..<28) + "," + related(30..<38) + "," + related(40..<41) + "]}"
        #expect(throws: IdentityFailure.tooManyIdentifiers(limit: 24)) { try derive(over) }
        let fewer = start + "]}"
        #expect(try derive(fewer).inputs.filter(\.kind.isComposite).count <= 12)
    }

    @Test("every refusal leaves the gateway as a problem without the value")
    func refusalsAreProblems() {
        let failures: [IdentityFailure] =
            NormalisationRule.allCases.map { .refused(path: "phones[0]", rule: $0) }
            + [.noUsableIdentifier, .tooManyIdentifiers(limit: 24), .shape(FieldFailure(path: "x", rule: .unknown))]
        let codes = failures.map { Problem($0).code }
        #expect(Set(codes) == [.invalidIdentifier, .noUsableIdentifier, .tooManyIdentifiers, .unknownField])
        #expect(Set(failures.map(\.description)).count == failures.count)
        #expect(failures.allSatisfy { Problem($0).path ?? "" == $0.path })
    }

    private static let refusals: [(json: String, path: String, rule: NormalisationRule)] = [
        (#"{"nationalIDs":[{"scheme":"cn-rid","value":"110105194912310021"}]}"#, "nationalIDs[0]", .checkDigit),
        (#"{"nationalIDs":[{"scheme":"xx","value":"110105194912310021"}]}"#, "nationalIDs[0]", .unknownScheme),
        (#"{"phones":["13912340987","12912340987"]}"#, "phones[1]", .country),
        (#"{"emails":["marla.example.org"]}"#, "emails[0]", .syntax),
        (#"{"devices":[{"type":"imei","value":"352099001761480"}]}"#, "devices[0]", .checkDigit),
        (#"{"devices":[{"type":"serial","value":"352099001761480"}]}"#, "devices[0]", .unknownScheme),
        (#"{"birthDate":"1990-02-30"}"#, "birthDate", .birthDate),
        (#"{"birthDate":"2026-01-02"}"#, "birthDate", .birthDate),
        (#"{"birthDate":"13.02.90"}"#, "birthDate", .syntax),
        (#"{"related":[{"role":"agent","phones":["12912340987"]}]}"#, "related[0].phones[0]", .country),
        (#"{"related":[{"role":"staff","cards":["6225880137452901"]}]}"#, "related[0].cards[0]", .notForRole),
    ]
}
