internal import Records
internal import Vocabulary

// The lives of loans, and what is told of them.
extension Simulation {
    func apply(_ plan: ApplicationPlan) {
        let number = newLoanNumber()
        var random = SimulationRandom(seed: parameters.seed, sort: 6, index: number)
        let person = population.person(plan.person)
        let brokered = brokered(plan.intent)
        let own = population.identifiers(of: person, at: plan.time, isBrokered: brokered != nil, &random)
        let staff = staff(for: plan, own, colludes: brokered ?? false, of: person, &random)
        let related = population.related(
            to: person, at: plan.time, isBrokered: brokered != nil, staff: staff, &random)
        let product = plan.product ?? random.pick(members[plan.member].products)
        let loan = Loan(
            reference: "L" + digits(number, 8), plan: plan, product: product, own: own, related: related,
            channel: brokered == nil ? nil : .agent, person: person, random: random)
        let isAsked = loan.random.chance(180)
        step(loan, to: isAsked ? .inquired : .applied, at: plan.time)
        guard !isBeforeStart(plan.time) else { return }
        if loan.random.chance(40) {
            self.plan(.check(loan, soft: true), at: plan.time + loan.random.milliseconds(5, 60))
        }
        if loan.random.chance(850) {
            self.plan(.check(loan, soft: false), at: plan.time + loan.random.milliseconds(60, 7200))
        }
    }

    /// Whether the agent colludes; `nil` where there is none.
    private func brokered(_ intent: Intent) -> Bool? {
        if case .brokered(let colludes) = intent { colludes } else { nil }
    }

    /// The loan officer who takes the application, as a person after those of the population: one of the member's, or
    /// always the same one for a colluding agent. Nobody takes what comes by the person's own device.
    private func staff(
        for plan: ApplicationPlan, _ own: OwnIdentifiers, colludes: Bool, of person: Person,
        _ random: inout SimulationRandom
    ) -> Int? {
        guard parameters.communities else { return nil }
        if colludes { return parameters.persons + memberList.staff(0, of: plan.member) }
        let isBrokered = brokered(plan.intent) != nil
        guard own.device == nil || isBrokered, random.chance(600) else { return nil }
        // The first officer is kept for the colluding agents.
        let officer = random.between(1, memberList.staffCount(of: plan.member) - 1)
        return parameters.persons + memberList.staff(officer, of: plan.member)
    }

    /// The loan reaches a stage: plans its telling, what is reported of it, and what comes next.
    func step(_ loan: Loan, to stage: LoanStage, at now: Int64) {
        LoanLife.enter(stage, loan)
        let labels = loan.intent == .book ? [TruthLabel.book] : []
        let telling = Telling(loan: loan, eventTime: now, event: loanEvent(of: loan), labels: labels)
        planTelling(telling)
        planStatements(about: loan, at: now)
        if let next = LoanLife.next(of: loan) {
            plan(.step(loan, next.stage, turn: loan.turn), at: now + next.delay)
        }
        planRollover(of: loan, at: now)
    }

    /// Who cannot pay borrows elsewhere, and pays with the new money.
    private func planRollover(of loan: Loan, at now: Int64) {
        let isLate = loan.stage == .overdue && loan.bucket <= 2
        if isLate, !isBeforeStart(now), loan.intent != .ring, loan.random.chance(200) {
            let time = now + loan.random.milliseconds(3600, 12 * 86_400)
            let application = ApplicationPlan(
                person: loan.person, member: memberList.pick(&loan.random), time: time, intent: .rollover, repays: loan)
            plan(.apply(application), at: time)
        }
        if loan.stage == .disbursed, let old = loan.repays, old.stage == .overdue {
            plan(.step(old, .cured, turn: old.turn), at: now + loan.random.milliseconds(600, 8 * 86_400))
        }
    }

    private func planTelling(_ telling: Telling) {
        var telling = telling
        let received = receivedTime(of: telling.eventTime, by: telling.loan)
        if received - telling.eventTime > 7 * LocalTime.day { telling.labels.append(.late) }
        plan(.tell(telling), at: received)
    }

    /// At once, in the night after, weeks later – or, of what was before the beginning, in its first days.
    private func receivedTime(of eventTime: Int64, by loan: Loan) -> Int64 {
        let start = parameters.start.milliseconds
        if eventTime < start { return start + loan.random.milliseconds(0, 3 * 86_400) }
        if loan.random.chance(35) { return eventTime + loan.random.milliseconds(8 * 86_400, 60 * 86_400) }
        guard members[loan.member].reportsByNight else { return eventTime + loan.random.milliseconds(2, 1200) }
        let night = time.nextMidnight(after: eventTime) + 2 * 3_600_000
        return night + loan.random.milliseconds(0, 3600)
    }

    /// What a lender states of a stage; not every lender states everything.
    private func loanEvent(of loan: Loan) -> LoanEvent {
        guard let stage = loan.stage, let reference = try? OpaqueReference(loan.reference) else {
            preconditionFailure("A loan is stepped before it is told of, and its reference is ours.")
        }
        var event = LoanEvent(loanRef: reference, stage: stage)
        let isEarly = stage.rawValue <= LoanStage.disbursed.rawValue
        if loan.random.chance(isEarly ? 930 : 250) { event.product = policy.products[loan.product] }
        if loan.random.chance(isEarly ? 800 : 100) { event.channel = loan.channel }
        if stage != .inquired, loan.random.chance(isEarly ? 900 : 80) {
            event.amountBand = loan.amount
            event.termMonths = UInt16(loan.termMonths)
        }
        if stage == .signed || stage == .disbursed, loan.random.chance(850) { event.instalmentBand = loan.instalment }
        if !isEarly || stage == .disbursed, loan.random.chance(800) { event.balanceBand = loan.balance }
        if stage == .overdue { event.dueBucket = DueBucket(rawValue: UInt8(loan.bucket)) }
        return event
    }

    func tell(_ telling: Telling, at now: Int64) -> SimulatedEvent {
        let loan = telling.loan
        var told = telling
        let isMistaken = !telling.isRetold && loan.random.chance(14)
        if isMistaken { misstate(&told, loan) }
        let subjects = loan.isTold ? [] : [borrower(of: loan)]
        loan.isTold = true
        let id = newID()
        if isMistaken { planRetelling(of: telling, toldAs: id, at: now) }
        let json = documents.record(id, at: told.eventTime, .loanEvent(told.event), subjects: subjects)
        let labels = telling.labels + (isMistaken ? [.mistake] : [])
        return event(.record(json), by: loan.member, about: loan.person, at: now, labels)
    }

    /// A wrong day or a wrong amount.
    private func misstate(_ telling: inout Telling, _ loan: Loan) {
        if loan.random.chance(500) || telling.event.amountBand == nil {
            telling.eventTime -= loan.random.milliseconds(3600, 40 * 86_400)
        } else {
            telling.event.amountBand = AmountBand(containing: loan.amount.lowerBound * 10)
        }
    }

    private func planRetelling(of telling: Telling, toldAs id: RecordID, at now: Int64) {
        let loan = telling.loan
        let found = now + loan.random.milliseconds(600, 40 * 86_400)
        let retraction = Correction(
            record: id, reporter: loan.member, person: loan.person, kind: .retraction(.error), random: loan.random)
        plan(.correct(retraction), at: found)
        guard loan.random.chance(800) else { return }
        var right = telling
        right.isRetold = true
        plan(.tell(right), at: found + 60_000)
    }

    func borrower(of loan: Loan) -> JSON {
        if parameters.communities {
            return documents.subject(.borrower, documents.applicant(loan.own, related: loan.related))
        }
        let person = population.person(loan.person)
        var contact: Int?
        if loan.random.chance(450), person.contact != loan.person {
            contact = population.phone(of: population.person(person.contact), at: loan.appliedAt)
        }
        return documents.subject(.borrower, documents.applicant(loan.own, contact: contact))
    }

    func check(_ loan: Loan, soft: Bool, at now: Int64) -> SimulatedEvent {
        let json = JSON.object([
            "check": .string(newID().description), "purpose": soft ? "preScreen" : "application",
            "mode": soft ? "soft" : "hard", "applicationRef": .string("A" + loan.reference),
            "consent": .string(statements.digest(&loan.random)),
            "product": loan.random.chance(900) ? .string(policy.products[loan.product].text) : nil,
            "applicant": documents.applicant(loan.own, related: loan.related),
        ])
        return event(.check(json), by: loan.member, about: loan.person, at: now, [])
    }
}
