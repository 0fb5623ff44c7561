import ConsortiumSupport
import Exchange
import Records
import TestSupport
import Testing
import Vocabulary

/// Alerts are decided before a statement is stored, answers afterwards: both must follow one rule.
@Suite("An alert and an answer")
struct AlertOracleTests {
    static let codes = ["FRD-DOC", "FRD-ID-IMPERSONATE", "FRD-AGENT", "FRD-INSIDER", "VIC-IMPERSONATED", "CRD-DEFAULT"]

    @Test("an alert comes exactly where the same question would now be answered with the signal", arguments: [
        101, 102, 103, 104, 105, 106,
    ] as [UInt64])
    func alertsAgreeWithAnswers(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var (alerts, silences, refusals) = (0, 0, 0)
        for round in 0..<40 {
            var consortium = try CoreConsortium(seed: seed)
            let asked = Self.identifiers(&generator)
            // Among them questions with too little to know a person by, which nothing is told.
            try consortium.ask(about: Person(asked), by: 0, mode: .hard, profile: nil)
            let statement = Self.statement(round, at: consortium.now, &generator)
            do throws(Problem) { try consortium.furnish(statement, by: 1) } catch {
                refusals += 1
                continue
            }
            consortium.now = consortium.now.adding(seconds: 60)
            let notices = try consortium.notices(of: 0).notices
            let answer = try consortium.ask(about: Person(asked), by: 0, profile: nil)
            let codes = notices.compactMap { $0["signal"]?["code"]?.string }
            #expect(codes == answer.codes, "seed \(seed), round \(round)")
            for (notice, signal) in zip(notices, answer.signals) {
                for member in ["reference", "role", "kinds", "match", "reporters"] {
                    #expect(notice["signal"]?[member] == signal[member], "seed \(seed), round \(round)")
                }
            }
            if answer.codes.isEmpty { silences += 1 } else { alerts += 1 }
        }
        #expect(alerts > 2 && silences > 2 && refusals < 30, "seed \(seed): \(alerts), \(silences), \(refusals)")
    }

    /// A few identifiers out of few, so that they meet often, in roles of every kind.
    private static func identifiers(
        _ generator: inout SeededGenerator,
        kinds: [IdentifierKind] = [.nationalID, .phone, .device, .staff, .nameBirthDate],
        roles: [IdentifierRole] = [.own, .own, .own, .agent, .staff, .contact]
    ) -> [Invented] {
        var found: [Invented] = []
        for kind in kinds where Int.random(in: 0..<4, using: &generator) > 0 {
            let role = kind == .nationalID ? .own : roles.randomElement(using: &generator) ?? .own
            found.append(Invented(kind, "\(kind.name)-\(Int.random(in: 0..<2, using: &generator))", role: role))
        }
        return found.isEmpty ? [Invented(.nationalID, "nationalID-0")] : found
    }

    private static func statement(_ round: Int, at now: Instant, _ generator: inout SeededGenerator) -> Statement {
        let code = codes.randomElement(using: &generator) ?? codes[0]
        let subject: [Invented] =
            switch code {
            case "FRD-ID-IMPERSONATE": identifiers(&generator, kinds: [.phone, .device], roles: [.own])
            case "FRD-AGENT": identifiers(&generator, kinds: [.phone, .device], roles: [.agent])
            case "FRD-INSIDER": identifiers(&generator, kinds: [.phone, .device], roles: [.staff])
            default: identifiers(&generator)
            }
        let person = Person(subject.filter { code != "FRD-ID-IMPERSONATE" || $0.kind != .nationalID })
        if code == "VIC-IMPERSONATED" { return .marker(code, for: person, at: now, name: "m\(round)") }
        let victim = Person(identifiers(&generator, kinds: [.nationalID, .phone], roles: [.own]))
        let role: SubjectRole = code == "CRD-DEFAULT" ? .borrower : .perpetrator
        let subjects = code == "CRD-DEFAULT" ? [person.as(role)] : [person.as(role), victim.as(.victim)]
        guard let name = try? CodeName(code), let grounds = try? ListedName("forged-document"),
            let first = try? OpaqueReference("rev-1"), let second = try? OpaqueReference("rev-2")
        else { preconditionFailure("Literals of this test alone.") }
        let report = Report(
            code: name, tier: .e3, productDecision: .terminated, grounds: [grounds],
            evidenceDigest: Bytes32 { $0[0] = 7 }, reviewers: [first, second])
        return .saying("r\(round)", at: now, subjects, .report(report))
    }
}
