import Records
import TestSupport
import Testing
import Vocabulary

@Suite("The policy's rules for multi-lending")
struct LendingPolicyTests {
    static let agreed: KeyValuePairs<String, JSON> = [
        "reservation": .object(["defaultSeconds": 86400, "maximumSeconds": 604_800, "confirmedDays": 30]),
        "notices": .object([
            "beatSeconds": 60, "openApplicationDays": 30, "correctionDays": 720, "acknowledgeDays": 7,
        ]),
        "reciprocity": .object([
            "graceDays": 90, "minimumChecks": 100, "minimumFreshPercent": 50, "minimumCompletePercent": 50,
            "freshDays": 35, "outcomeDays": 30, "enforced": true,
        ]),
    ]

    @Test("the published settings are those agreed on")
    func settings() throws {
        let policy = try Fixture.policy()
        for (name, json) in Self.agreed { #expect(policy.json[name] == json) }
        #expect((policy.lending.runGapDays, policy.lending.shoppingDays) == (7, 14))
        #expect(policy.version == 2)
        #expect((policy.scorecard.minimum, policy.scorecard.maximum) == (0, 1000))
        #expect((10...16).contains(policy.scorecard.characteristics.count))
    }

    @Test(
        "the agreed findings are there, each with its cell and bound",
        arguments: [
            ("STK-LIVE", "exposure.others.liveApplicationMembers", 2),
            ("STK-GAP", "exposure.others.signedNotFunded", 1), ("STK-RESERVED", "exposure.others.reservations", 1),
            ("STK-BURST-24H", "committed.others.subject.all.24h.members", 2),
            ("STK-BURST-7D", "committed.others.subject.all.7d.members", 3),
            ("STK-ROLLOVER", "stacking.others.rollovers", 1), ("STK-SHOPPING", "stacking.others.largestEpisode", 3),
            ("CAP-LENDERS", "exposure.others.openLenders", 3), ("IDN-PHONE-SHARED", "identity.IDsPerPhone", 3),
        ] as [(String, String, Int)])
    func findings(code: String, cell: String, atLeast: Int) throws {
        let rule = try #require(try Fixture.policy().lending.findings.first { $0.code.text == code })
        #expect(rule.cell.text == cell)
        #expect(rule.applies(to: atLeast) && !rule.applies(to: atLeast - 1) && !rule.applies(to: nil))
        #expect(rule.effect == (code == "STK-SHOPPING" ? .informational : .adverse))
    }

    @Test("every section of a policy is needed: none is silently a default")
    func required() throws {
        let policy = try Fixture.policy().json
        for name in ["lending", "scorecard", "reservation", "notices", "reciprocity", "quotas"] {
            #expect(throws: FieldFailure(path: "policy.\(name)", rule: .missing)) {
                try Policy(policy.replacing([name], with: nil))
            }
        }
    }

    @Test(
        "a section that is not exactly the format is refused, by path",
        arguments: [
            (["lending", "runGapDays"], .integer(0), "lending.runGapDays"),
            (["lending", "shoppingDays"], "14", "lending.shoppingDays"),
            (["lending", "note"], "x", "lending.note"),
            (["lending", "findings", "0", "code"], "stk-live", "lending.findings[0].code"),
            (["lending", "findings", "1", "code"], "STK-LIVE", "lending.findings[1].code"),
            (["lending", "findings", "0", "cell"], "exposure.all.openLenders", "lending.findings[0].cell"),
            (["lending", "findings", "0", "atLeast"], nil, "lending.findings[0].atLeast"),
            (["lending", "findings", "0", "atLeast"], .integer(4), "lending.findings[0].atLeast"),
            (["lending", "findings", "0", "effect"], "neutral", "lending.findings[0].effect"),
            (["lending", "findings", "0", "labels", "zh"], nil, "lending.findings[0].labels.zh"),
            (["lending", "findings", "0", "labels", "en"], "", "lending.findings[0].labels.en"),
            (["lending", "findings", "0", "labels", "de"], "x", "lending.findings[0].labels.de"),
            (["lending", "findings", "0", "points"], .integer(1), "lending.findings[0].points"),
            (["reservation", "defaultSeconds"], .integer(604_801), "reservation.defaultSeconds"),
            (["reservation", "maximumSeconds"], .integer(0), "reservation.maximumSeconds"),
            (["reservation", "confirmedDays"], nil, "reservation.confirmedDays"),
            (["notices", "beatSeconds"], .integer(0), "notices.beatSeconds"),
            (["notices", "webhook"], "x", "notices.webhook"),
            (["reciprocity", "minimumFreshPercent"], .integer(101), "reciprocity.minimumFreshPercent"),
            (["reciprocity", "minimumCompletePercent"], .integer(-1), "reciprocity.minimumCompletePercent"),
            (["reciprocity", "enforced"], nil, "reciprocity.enforced"),
            (["reciprocity", "enforced"], .integer(1), "reciprocity.enforced"),
            (["quotas", "application"], nil, "quotas.application"),
            (["quotas", "application", "misses"], .integer(100_001), "quotas.application.misses"),
            (["quotas", "preScreen", "checks"], .integer(-1), "quotas.preScreen.checks"),
            (["quotas", "furnish"], .object(["checks": 1, "misses": 1]), "quotas.furnish"),
            (["quotas", "monitoring", "hits"], .integer(1), "quotas.monitoring.hits"),
        ] as [([String], JSON?, String)])
    func malformed(path: [String], value: JSON?, field: String) throws {
        let json = try Fixture.policy().json.replacing(path, with: value)
        let failure = #expect(throws: FieldFailure.self) { try Policy(json) }
        #expect(failure?.path == "policy.\(field)")
    }

    @Test("a purpose has a quota with a lower one for misses, and furnishing has none because it is no check")
    func quotas() throws {
        let quotas = try Fixture.policy().quotas
        #expect(quotas[.application] == CheckQuotas.Quota(checks: 100_000, misses: 50_000))
        for purpose in CheckQuotas.purposes { #expect(quotas[purpose].misses <= quotas[purpose].checks) }
        #expect(quotas[.furnish] == CheckQuotas.Quota(checks: 0, misses: 0))
    }
}
