internal import Vocabulary

/// Who lives in the simulation.
struct Population: Sendable {
    let parameters: SimulationParameters

    /// One group of fraudsters lives in every so many persons.
    private static let ringSpacing = 400
    private static let ringDevices = 1 << 36

    private var start: Int64 { parameters.start.milliseconds }

    func person(_ number: Int) -> Person {
        var random = SimulationRandom(seed: parameters.seed, sort: 1, index: number)
        let archetype = archetype(of: number, &random)
        let isAlone = archetype.isFraud
        let household = isAlone ? parameters.persons / 3 + 1 + number : number / 3
        let strikesAt = strike(of: archetype, &random)
        return Person(
            number: number, archetype: archetype, household: household,
            usesHouseholdPhone: !isAlone && number % 3 == 2 && random.chance(250),
            changesPhoneAt: random.chance(120) ? moment(&random) : nil,
            usesSecondIdentityFrom: random.chance(archetype.isFraud ? 80 : 8) ? moment(&random) : nil,
            strikesAt: strikesAt, contact: contact(of: number, &random), hasEmail: random.chance(400),
            isPoorPayer: random.chance(100))
    }

    private func archetype(of number: Int, _ random: inout SimulationRandom) -> Archetype {
        let ring = number / Self.ringSpacing
        var ringRandom = SimulationRandom(seed: parameters.seed, sort: 2, index: ring)
        if number % Self.ringSpacing < ringRandom.between(4, 12) {
            return .ringMember(ring: ring, careful: ringRandom.chance(400))
        }
        return switch random.below(1000) {
        case ..<90: .shopper
        case ..<110: .stacker
        default: .ordinary
        }
    }

    /// In the middle of the simulated time, so that there is a before and an after.
    private func strike(of archetype: Archetype, _ random: inout SimulationRandom) -> Int64? {
        let span = Int64(parameters.days) * LocalTime.day
        switch archetype {
        case .ordinary, .shopper: return nil
        case .stacker: return start + span / 10 + Int64(random.below(Int(span * 8 / 10)))
        case .ringMember(let ring, _):
            var ringRandom = SimulationRandom(seed: parameters.seed, sort: 3, index: ring)
            return start + span / 5 + Int64(ringRandom.below(Int(span / 2)))
        }
    }

    private func moment(_ random: inout SimulationRandom) -> Int64 {
        start + Int64(random.below(parameters.days)) * LocalTime.day
    }

    /// Somebody of the household, or anybody; some give a ring's phone.
    private func contact(of number: Int, _ random: inout SimulationRandom) -> Int {
        if random.chance(500) { return min(number / 3 * 3 + random.below(3), parameters.persons - 1) }
        return random.below(parameters.persons)
    }
}

extension Population {
    /// What the person would give at a time; `random` decides what this form asks for.
    func identifiers(of person: Person, at time: Int64, _ random: inout SimulationRandom) -> OwnIdentifiers {
        let slot = person.number * 4
        let isSecond = person.usesSecondIdentityFrom.map { time >= $0 && random.chance(600) } ?? false
        let name = person.number * 2 + (isSecond ? 1 : 0)
        var own = OwnIdentifiers(
            nationalID: name, phones: [phone(of: person, at: time)],
            card: random.chance(550) ? slot + (random.chance(150) ? 1 : 0) : nil,
            device: random.chance(700) ? slot + (time - start > 200 * LocalTime.day ? 1 : 0) : nil,
            email: person.hasEmail ? slot : nil, address: person.household,
            employer: person.household % 5000, name: name)
        if person.changesPhoneAt.map({ time >= $0 }) ?? false, random.chance(100) { own.phones.append(slot) }
        if case .ringMember(let ring, let careful) = person.archetype {
            share(in: ring, careful: careful, person, at: time, &own, &random)
        }
        return own
    }

    func phone(of person: Person, at time: Int64) -> Int {
        if person.usesHouseholdPhone { return person.number / 3 * 12 }
        return person.number * 4 + (person.changesPhoneAt.map { time >= $0 } ?? false ? 1 : 0)
    }

    /// A ring's few devices, phones and flats; the careful one's come out only when it strikes.
    private func share(
        in ring: Int, careful: Bool, _ person: Person, at time: Int64, _ own: inout OwnIdentifiers,
        _ random: inout SimulationRandom
    ) {
        guard !careful || time >= person.strikesAt ?? .max else { return }
        if random.chance(careful ? 500 : 700) { own.device = (ring + 1) * 4 + random.below(2) + Self.ringDevices }
        // The ring's own numbers: the third phone and the address of its first person.
        let first = ring * Self.ringSpacing
        if random.chance(300) { own.phones = [first * 4 + 2 + random.below(2)] }
        if random.chance(400) { own.address = parameters.persons / 3 + 1 + first }
        if random.chance(150) { own.card = first * 4 + 3 }
    }

    /// The truth of a person about whom there is anything to tell.
    func truth(of number: Int) -> PersonTruth? {
        let person = person(number)
        var labels = person.archetype.labels
        if person.changesPhoneAt != nil { labels.append(.phoneChanger) }
        if person.usesSecondIdentityFrom != nil { labels.append(.secondIdentity) }
        guard !labels.isEmpty else { return nil }
        var ring: Int?
        if case .ringMember(let number, _) = person.archetype { ring = number }
        let identities = person.usesSecondIdentityFrom == nil ? [0] : [0, 1]
        let phones = person.changesPhoneAt == nil ? [0] : [0, 1]
        return PersonTruth(
            person: number, labels: labels, ring: ring,
            strikesAt: person.strikesAt.map { Instant(milliseconds: $0) },
            nationalIDs: identities.map { IdentifierRange.nationalID(number * 2 + $0) },
            phones: person.usesHouseholdPhone
                ? [IdentifierRange.phone(number / 3 * 12)] : phones.map { IdentifierRange.phone(number * 4 + $0) })
    }
}
