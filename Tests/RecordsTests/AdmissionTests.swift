import Records
import Testing
import Vocabulary

@Suite("Admission")
struct AdmissionTests {
    let policy: Policy

    init() throws { policy = try Fixture.policy() }

    @Test("a record that breaks a rule is refused by the rule's name and place", arguments: AdmissionCases.records)
    func refusals(refused: Refused) {
        let failure = #expect(throws: AdmissionFailure.self) {
            try Admission.check(refused.record, policy: policy, now: Fixture.now)
        }
        #expect(failure?.rule == refused.rule)
        #expect(failure?.path == refused.path)
        #expect(failure?.hint.isEmpty == false)
    }

    @Test("every rule is refused by some test")
    func completeness() {
        let elsewhere: Set<AdmissionRule> = [
            .madeInFuture, .tooManyRecords, .preScreenIsSoft, .loanSubjectsMissing, .loanSubjectsInherited,
            .kindNotInPolicy,
        ]
        let tested = Set(AdmissionCases.records.map(\.rule))
        #expect(tested.isDisjoint(with: elsewhere))
        #expect(tested.union(elsewhere) == Set(AdmissionRule.allCases))
    }

    @Test("every rule has a sentence and a code that says no more than it", arguments: AdmissionRule.allCases)
    func sentences(rule: AdmissionRule) {
        #expect(rule.sentence.hasSuffix("."))
        let problem = Problem(AdmissionFailure(rule, path: "records[0]", hint: "Do this."))
        #expect(problem.detail.contains(rule.rawValue))
        #expect(problem.code == rule.code)
        #expect(problem.path == "records[0]")
    }

    @Test("the first stage of a loan, its later stages and reports of each attachment are admitted")
    func admitted() throws {
        let agent = Fixture.subject(.perpetrator, [.nationalID, .phone], identifierRole: .agent)
        let insider = Fixture.subject(.perpetrator, [.nationalID], identifierRole: .staff)
        let staff = Fixture.subject(.perpetrator, [.staff])
        let instrument = Fixture.subject(.perpetrator, [.phone, .card, .device, .email])
        let victim = Fixture.subject(.victim, [.nationalID, .nameBirthDate])
        let records = [
            Fixture.record(Fixture.loan(.applied), Fixture.borrower),
            Fixture.record(Fixture.loan(.paid)),
            Fixture.record(Fixture.loan(.overdue) { $0.dueBucket = .days31To60 }),
            Fixture.record(Fixture.report(), Fixture.perpetrator),
            Fixture.record(Fixture.report("FRD-ID-IMPERSONATE"), [instrument, victim]),
            Fixture.record(Fixture.report("FRD-AGENT"), [agent]),
            Fixture.record(Fixture.report("FRD-INSIDER"), [insider]),
            Fixture.record(Fixture.report("FRD-INSIDER"), [staff]),
            Fixture.record(Fixture.report("FRD-MISUSE") { $0.underAge21 = true }, Fixture.perpetrator),
            Fixture.record(Fixture.report("CRD-CURED") { $0.parent = Fixture.id(2) }, Fixture.borrower),
            Fixture.record(
                .report(
                    Report(
                        code: Fixture.code("SUS-REVIEW"), tier: .e1, grounds: [Fixture.listed("behaviour-pattern")])),
                Fixture.perpetrator),
            Fixture.record(.report(Report(code: Fixture.code("DEC-REFUSED"))), Fixture.borrower),
            Fixture.record(.marker(Marker(code: Fixture.code("PRO-SELF"), identityProven: true)), Fixture.borrower),
        ]
        for record in records { try Admission.check(record, policy: policy, now: Fixture.now) }
        for record in Fixture.everyKind where record.body.kind != .report {
            try Admission.check(record, policy: policy, now: Fixture.now)
        }
    }

    @Test("every code of the policy can be told, with what its row asks for")
    func everyCode() throws {
        for code in policy.reasonCodes.all where !code.isMarker {
            let role: SubjectRole = code.family == .fraud || code.family == .suspicion ? .perpetrator : .borrower
            let identifierRole: IdentifierRole =
                switch code.attachment {
                case .subject, .instrument: .own
                case .intermediary: .agent
                case .staff: .staff
                }
            let body = Fixture.report(code.name.text) {
                $0.tier = code.minimumTier ?? .e2
                $0.productDecision = code.productDecisions.first ?? .terminated
                $0.parent = code.retention == .asParent ? Fixture.id(2) : nil
            }
            let record = Fixture.record(body, [Fixture.subject(role, [.phone], identifierRole: identifierRole)])
            try Admission.check(record, policy: policy, now: Fixture.now)
        }
    }

    @Test("events at the edges of the time limits are admitted")
    func timeEdges() throws {
        for seconds in [300, -10_957 * 86_400] as [Int64] {
            let record = Fixture.record(
                Fixture.loan(.applied), Fixture.borrower, eventTime: Fixture.now.adding(seconds: seconds))
            try Admission.check(record, policy: policy, now: Fixture.now)
        }
    }

    @Test("an event that ended today, in the consortium's zone, is admitted")
    func endedToday() throws {
        // 17:00 UTC is the next day in Shanghai.
        let evening = try Instant("2026-02-25T17:00:00Z")
        let record = Fixture.record(
            Fixture.report { $0.endedOn = CalendarDate(year: 2026, month: 2, day: 26) }, Fixture.perpetrator)
        try Admission.check(record, policy: policy, now: evening)
    }

    @Test("a loan's first stage needs subjects and its later ones must not have them")
    func loans() throws {
        let first = Fixture.record(Fixture.loan(.applied), Fixture.borrower)
        let later = Fixture.record(Fixture.loan(.disbursed))
        try Admission.checkLoan(first, isKnown: false)
        try Admission.checkLoan(later, isKnown: true)
        try Admission.checkLoan(Fixture.record(Fixture.report(), Fixture.perpetrator), isKnown: true)
        let missing = #expect(throws: AdmissionFailure.self) { try Admission.checkLoan(later, isKnown: false) }
        #expect(missing?.rule == .loanSubjectsMissing)
        let inherited = #expect(throws: AdmissionFailure.self) { try Admission.checkLoan(first, isKnown: true) }
        #expect(inherited?.rule == .loanSubjectsInherited)
    }

    @Test("a refusal inside a submission names the record")
    func submission() throws {
        let records = [Fixture.record(Fixture.loan(.applied), Fixture.borrower), AdmissionCases.records[0].record]
        let failure = #expect(throws: AdmissionFailure.self) {
            try Admission.check(Fixture.submission(records), policy: policy, now: Fixture.now)
        }
        #expect(failure?.path == "records[1].eventTime")
        let early = #expect(throws: AdmissionFailure.self) {
            try Admission.check(
                Fixture.submission(records), policy: policy, now: Fixture.now.adding(seconds: -301))
        }
        #expect(early?.rule == .madeInFuture)
        let many = [Record<CommittedIdentifier>](repeating: records[0], count: 1001)
        let crowded = #expect(throws: AdmissionFailure.self) {
            try Admission.check(Fixture.submission(many), policy: policy, now: Fixture.now)
        }
        #expect(crowded?.rule == .tooManyRecords)
    }

    @Test("a kind that the policy leaves out is not admitted")
    func kinds() throws {
        let kinds = try #require(try Fixture.policyFile("identifier-kinds").array)
        let others = JSON.array(kinds.filter { $0["kind"] != "phone" })
        let withoutPhone = try Policy(policy.json.replacing(["identifierKinds"], with: others))
        let failure = #expect(throws: AdmissionFailure.self) {
            try Admission.check(
                Fixture.record(Fixture.loan(.applied), Fixture.borrower), policy: withoutPhone, now: Fixture.now)
        }
        #expect(failure?.rule == .kindNotInPolicy)
        #expect(failure?.path == "subjects[0].identifiers[1].kind")
    }

    @Test("a check keeps to its mode, its product, its subject's role and its time")
    func checks() throws {
        try Admission.check(Fixture.check(), policy: policy, now: Fixture.now)
        try Admission.check(Fixture.check(purpose: .preScreen, mode: .soft), policy: policy, now: Fixture.now)
        let refused: [(Check<CommittedIdentifier>, AdmissionRule, String)] = [
            (try Fixture.check(purpose: .preScreen), .preScreenIsSoft, "mode"),
            (try Fixture.check(product: Fixture.listed("pawn")), .productNotListed, "product"),
            (try Fixture.check(subject: Fixture.perpetrator[0]), .subjectRole, "subject.role"),
            (try Fixture.check(madeAt: Fixture.now.adding(seconds: 301)), .madeInFuture, "madeAt"),
            (
                try Fixture.check(
                    subject: Fixture.subject(.borrower, [IdentifierKind](repeating: .phone, count: 25))),
                .tooManyIdentifiers, "subject.identifiers"
            ),
        ]
        for (check, rule, path) in refused {
            let failure = #expect(throws: AdmissionFailure.self) {
                try Admission.check(check, policy: policy, now: Fixture.now)
            }
            #expect(failure?.rule == rule)
            #expect(failure?.path == path)
        }
    }

    @Test("an amendment is applied to the earlier record and the result admitted anew")
    func amendments() throws {
        let original = Fixture.record(Fixture.report(), Fixture.perpetrator)
        let amendment = Amendment(amends: original.recordID, code: Fixture.code("FRD-DOC"), tier: .e2)
        let body = try #require(amendment.applied(to: original.body))
        let failure = #expect(throws: AdmissionFailure.self) {
            try Admission.check(Fixture.record(body, original.subjects), policy: policy, now: Fixture.now)
        }
        #expect(failure?.rule == .tierTooLow)
        #expect(amendment.applied(to: Fixture.loan(.paid)) == nil)
        let markerOnly = Amendment(amends: original.recordID, productDecision: .refused)
        #expect(markerOnly.applied(to: Fixture.everyKind[2].body) == nil)
    }

    @Test("no refusal repeats what the record says")
    func silence() {
        let secret = "zhang-san-13800138000"
        let record = Fixture.record(
            Fixture.report {
                $0.reviewers = [Fixture.reference(secret)]
                $0.grounds = [Fixture.listed(secret)]
            }, Fixture.perpetrator)
        let failure = #expect(throws: AdmissionFailure.self) {
            try Admission.check(record, policy: policy, now: Fixture.now)
        }
        #expect(failure?.description.contains(secret) == false)
    }

    @Test("a code is carried by the identifiers that it attaches to, and never by a victim")
    func carrying() throws {
        func carries(_ name: String, _ kind: IdentifierKind, _ role: IdentifierRole, _ of: SubjectRole) throws -> Bool {
            let code = try #require(policy.reasonCodes[Fixture.code(name)])
            return code.isCarried(by: Fixture.identifier(kind, role), of: of, evidence: policy.evidence)
        }
        #expect(try carries("FRD-DOC", .nationalID, .own, .perpetrator))
        #expect(try !carries("FRD-DOC", .phone, .contact, .perpetrator))
        #expect(try !carries("FRD-DOC", .nationalID, .own, .victim))
        #expect(try carries("FRD-ID-IMPERSONATE", .device, .own, .perpetrator))
        #expect(try !carries("FRD-ID-IMPERSONATE", .nationalID, .own, .perpetrator))
        #expect(try carries("FRD-AGENT", .phone, .agent, .perpetrator))
        #expect(try !carries("FRD-AGENT", .phone, .own, .perpetrator))
        #expect(try carries("FRD-INSIDER", .staff, .own, .perpetrator))
    }
}
