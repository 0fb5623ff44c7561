internal import Vocabulary

/// Somebody who stands in a person's application without being the applicant.
struct RelatedPerson: Hashable, Sendable {
    let role: IdentifierRole
    var nationalID: Int?
    var phone: Int?
}

// What communities and rings share, where the world has communities.
//
// Slots are apart: a person's own phones and cards are the first two of its four, shared ones the last two of the
// first person's; shared devices lie above all own ones. Families' homes lie below the number of persons, then come
// dormitories, who lives alone and flats of rings, in one stretch of that length each.
extension Population {
    private static let sharedDevices = 1 << 37

    func share(
        in community: Community, _ person: Person, isBrokered: Bool, _ own: inout OwnIdentifiers,
        _ random: inout SimulationRandom
    ) {
        let first = community.first
        let device = Self.sharedDevices + first * 64
        var traits = SimulationRandom(seed: parameters.seed, sort: 22, index: first)
        switch community.sort {
        case .family:
            let hasTablet = traits.chance(350)
            if hasTablet, random.chance(400) { own.device = device }
            if person.usesHouseholdPhone, random.chance(600) { own.phones = [first * 4 + 2] }
            if person.number == first + 1, random.chance(80) { own.card = first * 4 + 2 }
        case .dormitory:
            let hasLaboratory = traits.chance(300)
            let room = (person.number - first) / 6
            var roomTraits = SimulationRandom(seed: parameters.seed, sort: 23, index: first + room)
            if roomTraits.chance(200), random.chance(500) { own.device = device + 1 + room }
            if hasLaboratory, random.chance(60) { own.device = device }
        case .agency:
            guard isBrokered else { return }
            if random.chance(500) { own.device = device }
            if random.chance(150) { own.phones = [first * 4 + 2] }
        case .firm:
            if random.chance(80) { own.device = device }
            if random.chance(60) { own.phones = [first * 4 + 2] }
        }
    }

    func share(
        in ring: Int, _ habit: RingHabit, _ person: Person, at time: Int64, _ own: inout OwnIdentifiers,
        _ random: inout SimulationRandom
    ) {
        let first = ring * Community.districtSize
        let place = person.number - first
        let devices = Self.sharedDevices + first * 64
        let flats = 3 * parameters.persons + first
        switch habit {
        case .open:
            if random.chance(700) { own.device = devices + random.below(2) }
            if random.chance(300) { own.phones = [first * 4 + 2 + random.below(2)] }
            if random.chance(400) { own.address = flats }
            if random.chance(150) { own.card = first * 4 + 3 }
        case .careful:
            guard time >= person.strikesAt ?? .max else { return }
            shareCarefully(in: ring, &own, &random)
        case .rotating:
            // Each of as many devices as members is used by four of them.
            let size = self.ring(ring).size
            if random.chance(850) { own.device = devices + (place + random.below(4)) % size }
            if random.chance(200) { own.phones = [(first + (place + random.below(3)) % size) * 4 + 2] }
        case .large:
            let cell = place / Self.cellSize
            if random.chance(600) { own.device = devices + cell * 2 + random.below(2) }
            if random.chance(250) { own.card = (first + cell + random.below(2)) * 4 + 3 }
            if random.chance(150) { own.phones = [(first + cell) * 4 + 2] }
            if random.chance(150) { own.address = flats + cell }
        }
    }

    /// One or two kinds, the same for all of the ring.
    private func shareCarefully(
        in ring: Int, _ own: inout OwnIdentifiers, _ random: inout SimulationRandom
    ) {
        let first = ring * Community.districtSize
        var traits = SimulationRandom(seed: parameters.seed, sort: 24, index: ring)
        let kinds: [IdentifierKind] = traits.pick([
            [.device], [.card], [.device, .phone], [.device, .card], [.card, .phone], [.phone, .device],
        ])
        for kind in kinds where random.chance(600) {
            switch kind {
            case .device: own.device = Self.sharedDevices + first * 64 + random.below(2)
            case .card: own.card = first * 4 + 2 + random.below(2)
            default: own.phones = [first * 4 + 2 + random.below(2)]
            }
        }
    }

    /// Where a person lives and works, where the world has communities.
    func home(of number: Int, _ community: Community?, isFraud: Bool) -> Int {
        guard !isFraud, let community else { return 2 * parameters.persons + number }
        return switch community.sort {
        case .family: community.first
        case .dormitory: parameters.persons + community.first
        case .agency, .firm: 2 * parameters.persons + number
        }
    }

    /// A school's students and a firm's people have one employer; others share theirs with some sixty.
    func employer(of person: Person) -> Int {
        switch person.community?.sort {
        case .firm: 1_000_000 + person.number / Community.districtSize * 2
        case .dormitory: 1_000_001 + person.number / Community.districtSize * 2
        // Neighbours do not work together, so that nobody's employer tells a ring by its numbers.
        case .family, .agency, nil:
            10_000 + Int(UInt32(truncatingIfNeeded: person.number) &* 0x9E37_79B1 >> 4)
                % (parameters.persons / 60 + 1)
        }
    }

    /// The number that a person took over from somebody who had given it up months before; `nil` for most.
    func recycledPhone(of number: Int) -> (slot: Int, from: Int64)? {
        guard parameters.communities else { return nil }
        let giver = (number + parameters.persons / 2 + 1) % parameters.persons
        var random = SimulationRandom(seed: parameters.seed, sort: 25, index: giver)
        guard giver != number, random.chance(250), let left = person(giver).changesPhoneAt else { return nil }
        let from = left + Int64(random.between(90, 150)) * LocalTime.day
        return from < parameters.end.milliseconds ? (giver * 4, from) : nil
    }
}

extension Population {
    /// Who else stands in an application.
    ///
    /// - Parameter staff: the loan officer, where the application went through one.
    func related(
        to person: Person, at time: Int64, isBrokered: Bool, staff: Int?, _ random: inout SimulationRandom
    ) -> [RelatedPerson] {
        guard parameters.communities else { return [] }
        var related: [RelatedPerson] = []
        if random.chance(450) {
            let other = acquaintance(of: person, &random)
            if other != person.number { related.append(RelatedPerson(role: .contact, phone: phone(other, at: time))) }
        }
        let place = person.number - (person.community?.first ?? 0)
        let first = person.community?.first ?? 0
        switch person.community?.sort {
        case .family:
            if place < 2, random.chance(300) {
                related.append(RelatedPerson(role: .spouse, phone: phone(first + 1 - place, at: time)))
            }
            if random.chance(60), place > 0 {
                related.append(RelatedPerson(role: .guarantor, nationalID: first * 2, phone: phone(first, at: time)))
            }
        case .agency where isBrokered && random.chance(900):
            related.append(RelatedPerson(role: .agent, phone: first * 4 + 2))
        case .firm where random.chance(500):
            related.append(RelatedPerson(role: .workplace, phone: first * 4 + 3))
        case .dormitory, .agency, .firm, nil: break
        }
        if let staff { related.append(RelatedPerson(role: .staff, nationalID: staff * 2)) }
        return related
    }

    private func phone(_ number: Int, at time: Int64) -> Int { phone(of: person(number), at: time) }

    /// Somebody near, or anybody.
    private func acquaintance(of person: Person, _ random: inout SimulationRandom) -> Int {
        if case .ringMember(let ring, _) = person.archetype, random.chance(200) {
            return ring * Community.districtSize + random.below(self.ring(ring).size)
        }
        if let community = person.community, random.chance(500), community.size > 1 {
            return community.first + random.below(community.size)
        }
        return random.below(parameters.persons)
    }
}
