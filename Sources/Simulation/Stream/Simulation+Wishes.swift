internal import Records
internal import Vocabulary

// When people apply, and where.
extension Simulation {
    private static let dayCount = 243

    func planFirstWishes(of number: Int) {
        var random = SimulationRandom(seed: parameters.seed, sort: 4, index: number)
        let start = parameters.start.milliseconds
        let person = population.person(number)
        let day = Int64(firstDay(of: person, &random)) * LocalTime.day
        plan(.wish(person: number, count: 0), at: start + day)
        if let strikesAt = person.strikesAt { plan(.wish(person: number, count: -1), at: strikesAt) }
        guard parameters.books, random.chance(150) else { return }
        let applied = start - Int64(random.between(20, 1000)) * LocalTime.day
        plan(
            .apply(
                ApplicationPlan(
                    person: number, member: memberList.pick(&random),
                    time: time.moment(onDayOf: applied, nightly: false, &random), intent: .book)), at: applied)
    }

    /// Any day; of students, more often than not one of the fortnight in which their term begins.
    private func firstDay(of person: Person, _ random: inout SimulationRandom) -> Int {
        let day = random.below(Self.dayCount)
        guard let community = person.community, community.sort == .dormitory, random.chance(600) else { return day }
        var term = SimulationRandom(seed: parameters.seed, sort: 26, index: community.first)
        return term.below(Self.dayCount - 14) + random.below(14)
    }

    /// - Parameter count: -1 for a strike, which comes once and beside the ordinary ones.
    func wish(of number: Int, count: Int, at now: Int64) {
        var random = SimulationRandom(seed: parameters.seed, sort: UInt64(count + 100), index: number)
        let person = population.person(number)
        guard count >= 0 else { return strike(person, at: now, &random) }
        let gap = Int64(random.between(60, 2 * Self.dayCount - 60)) * LocalTime.day
        plan(.wish(person: number, count: count + 1), at: now + gap)
        if count == 0, let community = person.community, case .agency(let colludes) = community.sort {
            broker(person, at: community, colludes, from: now, &random)
        } else if case .shopper = person.archetype, random.chance(600) {
            shop(person, at: now, &random)
        } else {
            let day = time.isWeekend(now) && random.chance(300) ? now + 2 * LocalTime.day : now
            let moment = time.moment(onDayOf: day, nightly: random.chance(30), &random)
            planApplication(
                ApplicationPlan(
                    person: number, member: memberList.pick(&random), time: moment, intent: .ordinary), notBefore: now)
        }
    }

    /// An agent brings people to one lender, and to a second one at times.
    private func broker(
        _ person: Person, at agency: Community, _ colludes: Bool, from now: Int64, _ random: inout SimulationRandom
    ) {
        var traits = SimulationRandom(seed: parameters.seed, sort: 27, index: agency.first)
        let lenders = [memberList.pick(&traits), memberList.pick(&traits)]
        let plan = ApplicationPlan(
            person: person.number, member: random.chance(700) ? lenders[0] : lenders[1],
            time: time.moment(onDayOf: now, nightly: false, &random), intent: .brokered(colludes: colludes))
        planApplication(plan, notBefore: now)
    }

    /// Many lenders, one product, within two weeks, for one loan.
    private func shop(_ person: Person, at now: Int64, _ random: inout SimulationRandom) {
        let lenders = memberList.pick(random.between(3, 8), &random)
        let taken = random.below(lenders.count)
        let product = random.pick(members[lenders[0]].products)
        let span = random.between(1, 16)
        for (index, member) in lenders.enumerated() {
            let day = now + Int64(random.below(span)) * LocalTime.day
            let plan = ApplicationPlan(
                person: person.number, member: member, time: time.moment(onDayOf: day, nightly: false, &random),
                product: product, intent: .shopping(isTaken: index == taken))
            planApplication(plan, notBefore: now)
        }
    }

    /// Many loans within one to three days, by night and at weekends; a ring's members each do so.
    private func strike(_ person: Person, at now: Int64, _ random: inout SimulationRandom) {
        var intent = Intent.stacking
        if case .ringMember = person.archetype { intent = .ring }
        let lenders = memberList.pick(random.between(intent == .ring ? 2 : 5, intent == .ring ? 6 : 12), &random)
        let hours = random.between(20, 66)
        for member in lenders {
            let moment = now + random.milliseconds(0, hours * 3600)
            let hidden = random.chance(400) ? time.moment(onDayOf: moment, nightly: true, &random) : moment
            planApplication(
                ApplicationPlan(person: person.number, member: member, time: hidden, intent: intent), notBefore: now)
        }
    }

    /// What is planned earlier than now happens at once.
    private func planApplication(_ application: ApplicationPlan, notBefore now: Int64) {
        var application = application
        application.time = max(application.time, now)
        plan(.apply(application), at: application.time)
    }
}
