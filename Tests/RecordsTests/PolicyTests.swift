import Records
import TestSupport
import Testing
import Vocabulary

@Suite("The published policy")
struct PolicyTests {
    @Test("the policy survives its JSON, member by member")
    func roundTrip() throws {
        let policy = try Fixture.policy()
        let read = try Policy(JSON(parsing: policy.json.bytes))
        #expect(read == policy)
        #expect(read.json == policy.json)
    }

    @Test("the files say exactly what the assembled policy says: nothing is read past")
    func files() throws {
        let policy = try Fixture.policy()
        #expect(policy.reasonCodes.json == (try Fixture.policyFile("reason-codes")))
        #expect(policy.identifierKinds.json == (try Fixture.policyFile("identifier-kinds")))
        #expect(policy.scorecard.json == (try Fixture.policyFile("scorecard")))
        for member in try #require(try Fixture.policyFile("default-policy").members) {
            #expect(policy.json[member.name] == member.value)
        }
    }

    @Test(
        "the codes are those of the domain: severity, evidence, days, effect",
        arguments: [
            ("FRD-ID-FALSE", 5, "E3", 1825, "adverse"), ("FRD-ID-IMPERSONATE", 5, "E3", 1825, "adverse"),
            ("FRD-APP-REFUSED", 3, "E3", 1095, "adverse"), ("FRD-APP-GRANTED", 4, "E3", 1825, "adverse"),
            ("FRD-DOC", 4, "E3", 1825, "adverse"), ("FRD-FIRST-PARTY", 5, "E3", 1825, "adverse"),
            ("FRD-STACK", 4, "E3", 1095, "adverse"), ("FRD-TAKEOVER", 5, "E3", 1825, "adverse"),
            ("FRD-MISUSE", 4, "E3", 1825, "adverse"), ("FRD-ASSET", 4, "E3", 1825, "adverse"),
            ("FRD-AGENT", 5, "E3", 1825, "adverse"), ("FRD-INSIDER", 5, "E3", 1825, "adverse"),
            ("FRD-ABET", 3, "E3", 1095, "adverse"), ("FRD-RING", 5, "E3", 1825, "adverse"),
            ("CRD-OD-1", 1, "E2", 365, "adverse"), ("CRD-OD-2", 2, "E2", 730, "adverse"),
            ("CRD-DEFAULT", 3, "E2", 1825, "adverse"), ("CRD-WRITEOFF", 4, "E2", 1825, "adverse"),
            ("CRD-LOST", 3, "E2", 730, "adverse"), ("CRD-CURED", 0, "E2", nil, "positive"),
            ("CRT-DISHONEST", 4, "E4", 0, "adverse"), ("CRT-EXEC", 3, "E4", 0, "adverse"),
            ("CRT-CLOSED", 1, "E4", 1825, "neutral"), ("SUS-REVIEW", 2, "E1", 0, "informational"),
            ("DEC-REFUSED", 0, nil, 180, "statistic"), ("VIC-IMPERSONATED", nil, "E2", 395, "protective"),
            ("VIC-TAKEOVER", nil, "E2", 395, "protective"), ("PRO-SELF", nil, nil, 0, "protective"),
            ("PRO-DECEASED", nil, "E4", nil, "protective"),
        ] as [(String, UInt8?, String?, Int?, String)])
    func codes(name: String, severity: UInt8?, tier: String?, days: Int?, effect: String) throws {
        let code = try #require(try Fixture.policy().reasonCodes[Fixture.code(name)])
        #expect(code.severity == severity)
        #expect(code.minimumTier?.name == tier)
        #expect(code.effect.name == effect)
        let stated: Int? =
            switch code.retention {
            case .days(let days), .afterEnd(let days, _): days
            case .asParent, .unlimited: nil
            }
        #expect(stated == days)
        #expect(!code.english.isEmpty && !code.chinese.isEmpty)
    }

    @Test("the codes attach, signal and score as the domain says")
    func effects() throws {
        let codes = try Fixture.policy().reasonCodes
        #expect(codes.all.count == 29)
        #expect(
            codes.all.filter { $0.attachment != .subject }.map(\.name.text) == [
                "FRD-ID-IMPERSONATE", "FRD-AGENT", "FRD-INSIDER",
            ])
        #expect(codes.all.filter { !$0.isSignal }.map(\.name.text) == ["DEC-REFUSED"])
        #expect(codes.all.filter(\.isMarker).allSatisfy { $0.family == .victim || $0.family == .protection })
        #expect(codes[Fixture.code("SUS-REVIEW")]?.isScored == false)
    }

    @Test("the settings are the design's")
    func settings() throws {
        let policy = try Fixture.policy()
        #expect(policy.limits == .ceiling)
        #expect(policy.windows.map(\.name) == ["1h", "24h", "7d", "15d", "30d", "60d", "90d", "180d", "360d", "720d"])
        #expect(policy.countBands == .standard)
        #expect(policy.disclosure.minimumSegmentMembers == 3)
        #expect(policy.disclosure.exactCountsFromMembers == 20)
        #expect(policy.disclosure.demoBelowMembers == 5)
        #expect(policy.memberClass(named: Fixture.listed("bank"))?.segment == .bank)
        #expect(policy.memberClass(named: Fixture.listed("shop")) == nil)
    }

    @Test("phones have a smaller budget than national IDs, and what is not listed has none")
    func budgets() throws {
        let policy = try Fixture.policy()
        #expect(
            policy.budgets.tokensPerDay(.phone, .application) < policy.budgets.tokensPerDay(.nationalID, .application))
        let none = try Policy(policy.json.replacing(["budgets", "phone"], with: nil))
        #expect(none.budgets.tokensPerDay(.phone, .application) == 0)
    }

    @Test(
        "a policy that is not exactly the format is refused, by path",
        arguments: [
            (["version"], .integer(0), "policy.version"), (["currency"], "yuan", "policy.currency"),
            (["timeZone", "offsetMinutes"], .integer(900), "policy.timeZone.offsetMinutes"),
            (["reasonCodes"], nil, "policy.reasonCodes"), (["reasonCodes"], "x", "policy.reasonCodes"),
            (["reasonCodes", "0", "severity"], .integer(6), "policy.reasonCodes[0].severity"),
            (["reasonCodes", "0", "family"], "CRD", "policy.reasonCodes[0].family"),
            (["reasonCodes", "1", "code"], "FRD-ID-FALSE", "policy.reasonCodes[1].code"),
            (["reasonCodes", "0", "retention", "rule"], "ever", "policy.reasonCodes[0].retention.rule"),
            (["reasonCodes", "0", "retention", "years"], .integer(5), "policy.reasonCodes[0].retention.years"),
            (["reasonCodes", "0", "note"], "x", "policy.reasonCodes[0].note"),
            (["identifierKinds", "0", "number"], .integer(2), "policy.identifierKinds[0].number"),
            (["identifierKinds", "0", "keyClass"], "phone", "policy.identifierKinds[0].keyClass"),
            (["identifierKinds", "0", "match"], "always", "policy.identifierKinds[0].match"),
            (["identifierKinds", "0", "union"], nil, "policy.identifierKinds[0].union"),
            (["identifierKinds", "0", "cap"], .integer(0), "policy.identifierKinds[0].cap"),
            (["evidence", "instrumentKinds"], ["passport"], "policy.evidence.instrumentKinds[0]"),
            (["limits", "recordsPerSubmission"], .integer(1001), "policy.limits.recordsPerSubmission"),
            (["countBands"], [.integer(0), .integer(0)], "policy.countBands"),
            (["countBands"], [.integer(1)], "policy.countBands"),
            (["memberClasses", "0", "segment"], "public", "policy.memberClasses[0].segment"),
            (["budgets", "face"], .object([]), "policy.budgets.face"),
            (["budgets", "phone", "marketing"], .integer(1), "policy.budgets.phone.marketing"),
            (["bonus"], true, "policy.bonus"),
        ] as [([String], JSON?, String)])
    func malformed(path: [String], value: JSON?, field: String) throws {
        let json = try Fixture.policy().json.replacing(path, with: value)
        let failure = #expect(throws: FieldFailure.self) { try Policy(json) }
        #expect(failure?.path == field)
    }

    @Test("the settings file may not bring the lists that stand in their own files")
    func assembling() throws {
        let settings = try Fixture.policyFile("default-policy").replacing(["reasonCodes"], with: [])
        #expect(throws: FieldFailure(path: "policy.reasonCodes", rule: .unknown)) {
            try Policy.assembling(
                settings: settings, reasonCodes: [], identifierKinds: Fixture.policyFile("identifier-kinds"),
                scorecard: Fixture.policyFile("scorecard"))
        }
    }
}
