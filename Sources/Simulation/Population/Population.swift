internal import Vocabulary

/// Who lives in the simulation.
struct Population: Sendable {
    let parameters: SimulationParameters

    private static let ringDevices = 1 << 36

    private var start: Int64 { parameters.start.milliseconds }

    func person(_ number: Int) -> Person {
        var random = SimulationRandom(seed: parameters.seed, sort: 1, index: number)
        let archetype = archetype(of: number, &random)
        let isAlone = archetype.isFraud
        let community = isAlone ? nil : community(of: number)
        let strikesAt = strike(of: archetype, number, &random)
        return Person(
            number: number, archetype: archetype, community: community,
            household: household(of: number, community, isAlone: isAlone),
            usesHouseholdPhone: !isAlone && number % 3 == 2 && random.chance(250),
            changesPhoneAt: random.chance(120) ? moment(&random) : nil,
            usesSecondIdentityFrom: random.chance(archetype.isFraud ? 80 : 8) ? moment(&random) : nil,
            strikesAt: strikesAt, contact: contact(of: number, &random), hasEmail: random.chance(400),
            isPoorPayer: random.chance(100))
    }

    private func household(of number: Int, _ community: Community?, isAlone: Bool) -> Int {
        if parameters.communities { return home(of: number, community, isFraud: isAlone) }
        return isAlone ? parameters.persons / 3 + 1 + number : number / 3
    }

    private func archetype(of number: Int, _ random: inout SimulationRandom) -> Archetype {
        let district = number / Community.districtSize
        let ring = ring(district)
        if number % Community.districtSize < ring.size { return .ringMember(ring: district, ring.habit) }
        return switch random.below(1000) {
        case ..<90: .shopper
        case ..<110: .stacker
        default: .ordinary
        }
    }

    /// In the middle of the simulated time, so that there is a before and an after.
    private func strike(of archetype: Archetype, _ number: Int, _ random: inout SimulationRandom) -> Int64? {
        let span = Int64(parameters.days) * LocalTime.day
        switch archetype {
        case .ordinary, .shopper: return nil
        case .stacker: return start + span / 10 + Int64(random.below(Int(span * 8 / 10)))
        case .ringMember(let ring, let habit):
            var ringRandom = SimulationRandom(seed: parameters.seed, sort: 3, index: ring)
            let strike = start + span / 5 + Int64(ringRandom.below(Int(span / 2)))
            // A large ring strikes cell after cell.
            guard parameters.communities else { return strike }
            let cell = number % Community.districtSize / Self.cellSize
            return habit == .large ? strike + Int64(cell) * 3 * LocalTime.day : strike
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
    ///
    /// - Parameter isBrokered: whether the form is filled in at the person's agency.
    func identifiers(
        of person: Person, at time: Int64, isBrokered: Bool = false, _ random: inout SimulationRandom
    ) -> OwnIdentifiers {
        let slot = person.number * 4
        let isSecond = person.usesSecondIdentityFrom.map { time >= $0 && random.chance(600) } ?? false
        let name = person.number * 2 + (isSecond ? 1 : 0)
        var own = OwnIdentifiers(
            nationalID: name, phones: [phone(of: person, at: time)],
            card: random.chance(550) ? slot + (random.chance(150) ? 1 : 0) : nil,
            device: random.chance(700) ? slot + (time - start > 200 * LocalTime.day ? 1 : 0) : nil,
            email: person.hasEmail ? slot : nil, address: person.household,
            employer: parameters.communities ? employer(of: person) : person.household % 5000, name: name)
        if isOldPhoneGiven(of: person, at: time), random.chance(100) { own.phones.append(slot) }
        if let community = person.community {
            share(in: community, person, isBrokered: isBrokered, &own, &random)
        }
        guard case .ringMember(let ring, let habit) = person.archetype else { return own }
        if parameters.communities {
            share(in: ring, habit, person, at: time, &own, &random)
        } else {
            share(in: ring, careful: habit == .careful, person, at: time, &own, &random)
        }
        return own
    }

    /// Whether forms may still name the phone of before; not when it may be somebody else's.
    private func isOldPhoneGiven(of person: Person, at time: Int64) -> Bool {
        guard let changed = person.changesPhoneAt else { return false }
        return time >= changed && (!parameters.communities || time < changed + 60 * LocalTime.day)
    }

    func phone(of person: Person, at time: Int64) -> Int {
        if person.usesHouseholdPhone, !parameters.communities { return person.number / 3 * 12 }
        if let recycled = recycledPhone(of: person.number), time >= recycled.from { return recycled.slot }
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
        let first = ring * Community.districtSize
        if random.chance(300) { own.phones = [first * 4 + 2 + random.below(2)] }
        if random.chance(400) { own.address = parameters.persons / 3 + 1 + first }
        if random.chance(150) { own.card = first * 4 + 3 }
    }
}
