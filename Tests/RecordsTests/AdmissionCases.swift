import Records
import Vocabulary

/// A record that must be refused, with the rule and the place that the refusal names.
struct Refused: CustomStringConvertible, Sendable {
    let rule: AdmissionRule
    let path: String
    let record: Record<CommittedIdentifier>

    init(
        _ rule: AdmissionRule, _ path: String, _ body: RecordBody, _ subjects: [Subject<CommittedIdentifier>] = [],
        eventTime: Instant = Fixture.eventTime
    ) {
        (self.rule, self.path) = (rule, path)
        record = Fixture.record(body, subjects, eventTime: eventTime)
    }

    var description: String { "\(rule.rawValue) at \(path)" }
}

enum AdmissionCases {
    private static let perpetrator = Fixture.perpetrator
    private static let borrower = Fixture.borrower

    static let records: [Refused] = times + subjects + loans + codes + evidence + attachments + statements + references

    private static let times: [Refused] = [
        Refused(
            .eventTimeInFuture, "eventTime", Fixture.loan(.applied), borrower,
            eventTime: Fixture.now.adding(seconds: 301)),
        Refused(
            .eventTimeTooOld, "eventTime", Fixture.loan(.applied), borrower,
            eventTime: Fixture.now.adding(seconds: -10_958 * 86_400)),
    ]

    private static let subjects: [Refused] = [
        Refused(.subjectsMissing, "subjects", Fixture.report()),
        Refused(.subjectsMissing, "subjects", marker("PRO-DECEASED", .e4)),
        Refused(
            .tooManySubjects, "subjects", Fixture.loan(.applied),
            [Subject<CommittedIdentifier>](repeating: borrower[0], count: 9)),
        Refused(
            .tooManyIdentifiers, "subjects[0].identifiers", Fixture.loan(.applied),
            [Fixture.subject(.borrower, [IdentifierKind](repeating: .phone, count: 25))]),
        Refused(
            .tooManyMatchKeys, "subjects[0].identifiers", Fixture.loan(.applied),
            [Fixture.subject(.borrower, [.phone] + [IdentifierKind](repeating: .nameBirthDate, count: 13))]),
        Refused(.subjectRole, "subjects[0].role", Fixture.loan(.applied), perpetrator),
        Refused(.subjectRole, "subjects[0].role", Fixture.report(), borrower),
        Refused(.subjectRole, "subjects[0].role", marker("PRO-DECEASED", .e4), perpetrator),
        Refused(
            .subjectRole, "subjects[1].role", Fixture.report("CRD-DEFAULT"),
            borrower + [Fixture.subject(.victim, [.phone])]),
        Refused(.noAttachedSubject, "subjects", Fixture.report(), [Fixture.subject(.victim, [.nationalID])]),
        Refused(
            .noOwnIdentifier, "subjects[0].identifiers", Fixture.loan(.applied),
            [Fixture.subject(.borrower, [.phone], identifierRole: .contact)]),
        Refused(
            .noOwnIdentifier, "subjects[0].identifiers", Fixture.report(),
            [Fixture.subject(.perpetrator, [.phone], identifierRole: .contact)]),
        Refused(
            .matchKeysAlone, "subjects[0].identifiers", Fixture.report(),
            [Fixture.subject(.perpetrator, [.nameBirthDate, .namePhone])]),
        Refused(
            .matchKeysAlone, "subjects[0].identifiers", Fixture.report(),
            [
                Subject(
                    role: .perpetrator,
                    identifiers: [Fixture.identifier(.nameBirthDate), Fixture.identifier(.phone, .contact)])
            ]),
        Refused(
            .matchKeysAlone, "subjects[1].identifiers", Fixture.report(),
            perpetrator + [Fixture.subject(.victim, [.nameBirthDate])]),
        Refused(
            .matchKeysAlone, "subjects[0].identifiers", marker("PRO-DECEASED", .e4),
            [Fixture.subject(.victim, [.nameBirthDate])]),
    ]

    private static let loans: [Refused] = [
        Refused(
            .productNotListed, "product", Fixture.loan(.applied) { $0.product = Fixture.listed("pawn") }, borrower),
        Refused(.dueBucketMissing, "dueBucket", Fixture.loan(.overdue)),
        Refused(.dueBucketNotAllowed, "dueBucket", Fixture.loan(.paid) { $0.dueBucket = .days1To30 }),
    ]

    private static let codes: [Refused] = [
        Refused(.codeUnknown, "code", Fixture.report("FRD-OTHER"), perpetrator),
        Refused(.codeUnknown, "code", marker("VIC-OTHER", .e4), borrower),
        Refused(
            .codeUnknown, "code", .amendment(Amendment(amends: Fixture.id(2), code: Fixture.code("FRD-OTHER")))),
        Refused(.codeIsMarker, "code", Fixture.report("VIC-TAKEOVER"), perpetrator),
        Refused(.codeIsNotMarker, "code", marker("FRD-DOC", .e4), borrower),
    ]

    private static let evidence: [Refused] = [
        Refused(.tierMissing, "tier", Fixture.report { $0.tier = nil }, perpetrator),
        Refused(.tierTooLow, "tier", Fixture.report { $0.tier = .e2 }, perpetrator),
        Refused(.tierTooLow, "tier", Fixture.report("CRT-EXEC") { $0.tier = .e3 }, borrower),
        Refused(.tierTooLow, "tier", marker("PRO-DECEASED", .e2), borrower),
        Refused(.tierMissing, "tier", marker("VIC-TAKEOVER", nil), borrower),
        Refused(.groundsMissing, "grounds", Fixture.report { $0.grounds = [] }, perpetrator),
        Refused(
            .groundsMissing, "grounds",
            .report(Report(code: Fixture.code("SUS-REVIEW"), tier: .e1)), perpetrator),
        Refused(
            .groundNotListed, "grounds[1]",
            Fixture.report { $0.grounds = [Fixture.listed("other"), Fixture.listed("intuition")] }, perpetrator),
        Refused(
            .evidenceDigestMissing, "evidenceDigest", Fixture.report { $0.evidenceDigest = nil }, perpetrator),
        Refused(
            .evidenceDigestMissing, "evidenceDigest",
            .report(Report(code: Fixture.code("CRD-OD-1"), tier: .e2)), borrower),
        Refused(
            .evidenceDigestMissing, "evidenceDigest",
            .marker(Marker(code: Fixture.code("VIC-TAKEOVER"), tier: .e2)), borrower),
        Refused(
            .productDecisionMissing, "productDecision", Fixture.report { $0.productDecision = nil }, perpetrator),
        Refused(
            .productDecisionDoesNotFit, "productDecision",
            Fixture.report("FRD-APP-REFUSED") { $0.productDecision = .benefitTaken }, perpetrator),
        Refused(
            .productDecisionDoesNotFit, "productDecision",
            Fixture.report("FRD-APP-GRANTED") { $0.productDecision = .refused }, perpetrator),
        Refused(.reviewersTooFew, "reviewers", Fixture.report { $0.reviewers = [] }, perpetrator),
        Refused(
            .reviewersTooFew, "reviewers", Fixture.report { $0.reviewers = [Fixture.reference("r")] }, perpetrator),
        Refused(
            .reviewerRepeated, "reviewers",
            Fixture.report { $0.reviewers = [Fixture.reference("r"), Fixture.reference("r")] }, perpetrator),
        Refused(.identityProofMissing, "identityProven", marker("PRO-SELF", nil), borrower),
    ]

    private static let attachments: [Refused] = [
        Refused(
            .impersonationNamesPerson, "subjects[0].identifiers[1].kind", impersonation,
            [Fixture.subject(.perpetrator, [.phone, .nationalID])]),
        Refused(
            .impersonationNamesPerson, "subjects[1].identifiers[0].kind", impersonation,
            [Fixture.subject(.perpetrator, [.phone]), Fixture.subject(.associate, [.nationalID])]),
        Refused(
            .impersonationByMatchKey, "subjects[0].identifiers[1].kind", impersonation,
            [Fixture.subject(.perpetrator, [.device, .nameBirthDate])]),
        Refused(
            .instrumentOnly, "subjects[0].identifiers[0].kind", impersonation,
            [Fixture.subject(.perpetrator, [.address])]),
        Refused(
            .intermediaryOnly, "subjects[0].identifiers[0].role", Fixture.report("FRD-AGENT"),
            [Fixture.subject(.perpetrator, [.phone])]),
        Refused(
            .staffOnly, "subjects[0].identifiers[0].role", Fixture.report("FRD-INSIDER"),
            [Fixture.subject(.perpetrator, [.nationalID])]),
    ]

    private static let statements: [Refused] = [
        Refused(
            .endedBeforeEvent, "endedOn",
            Fixture.report { $0.endedOn = CalendarDate(year: 2026, month: 2, day: 23) }, perpetrator),
        Refused(
            .endedInFuture, "endedOn",
            Fixture.report { $0.endedOn = CalendarDate(year: 2026, month: 2, day: 26) }, perpetrator),
        Refused(
            .notifiedInFuture, "subjectNotifiedAt",
            Fixture.report { $0.subjectNotifiedAt = Fixture.now.adding(seconds: 301) }, perpetrator),
        Refused(.underAgeNotApplicable, "underAge21", Fixture.report { $0.underAge21 = true }, perpetrator),
        Refused(.parentMissing, "parent", Fixture.report("CRD-CURED"), borrower),
        Refused(.parentNotAllowed, "parent", Fixture.report { $0.parent = Fixture.id(3) }, perpetrator),
        Refused(
            .refersToItself, "parent", Fixture.report("CRD-CURED") { $0.parent = Fixture.id(1) }, borrower),
    ]

    private static let references: [Refused] = [
        Refused(
            .subjectsNotAllowed, "subjects", .retraction(Retraction(retracts: Fixture.id(2), reason: .error)),
            borrower),
        Refused(.subjectsNotAllowed, "subjects", Fixture.everyKind[3].body, borrower),
        Refused(.subjectsNotAllowed, "subjects", Fixture.everyKind[5].body, borrower),
        Refused(.subjectsNotAllowed, "subjects", Fixture.everyKind[6].body, borrower),
        Refused(.refersToItself, "retracts", .retraction(Retraction(retracts: Fixture.id(1), reason: .error))),
        Refused(
            .refersToItself, "amends", .amendment(Amendment(amends: Fixture.id(1), tier: .e4))),
        Refused(
            .refersToItself, "decides",
            .disputeOutcome(DisputeOutcome(decides: Fixture.id(1), outcome: .upheld))),
        Refused(.amendmentEmpty, "", .amendment(Amendment(amends: Fixture.id(2)))),
        Refused(
            .groundNotListed, "grounds[0]",
            .amendment(Amendment(amends: Fixture.id(2), grounds: [Fixture.listed("intuition")]))),
        Refused(
            .reviewerRepeated, "reviewers",
            .amendment(
                Amendment(amends: Fixture.id(2), reviewers: [Fixture.reference("r"), Fixture.reference("r")]))),
    ]

    private static let impersonation = Fixture.report("FRD-ID-IMPERSONATE")

    private static func marker(_ code: String, _ tier: EvidenceTier?) -> RecordBody {
        .marker(Marker(code: Fixture.code(code), tier: tier, evidenceDigest: Fixture.bytes32(1)))
    }
}
