/// What ties a person to others without any of them meaning harm – and, with a colluding agent, with harm.
///
/// Persons live in districts of consecutive numbers: a ring first, then what the district has of dormitories, agencies
/// and firms, then families. All of it follows from seed and number, so that nothing is kept.
struct Community: Hashable, Sendable {
    enum Sort: Hashable, Sendable {
        /// One home; the first two are a couple.
        case family
        /// Students at one address, some at one computer.
        case dormitory
        /// Strangers who applied at one shop. The colluding agent packages applications that are never paid.
        case agency(colludes: Bool)
        case firm
    }

    let sort: Sort
    /// The number of its first person.
    let first: Int
    let size: Int

    static let districtSize = 400

    var label: TruthLabel {
        switch sort {
        case .family: .family
        case .dormitory: .dormitory
        case .agency(let colludes): colludes ? .colludingAgency : .agency
        case .firm: .colleague
        }
    }
}

/// How a ring hides what its members share.
enum RingHabit: Hashable, Sendable {
    /// A few devices, phones and flats from the first day on.
    case open
    /// Nothing shared until it strikes, and then one or two kinds.
    case careful
    /// So many devices that each is seen with four members.
    case rotating
    /// Twenty to forty persons in cells of seven with devices of their own, joined by the cards that are paid to.
    case large
}

extension Population {
    static let cellSize = 7

    /// The ring of a district: how many, and how it hides.
    func ring(_ district: Int) -> (size: Int, habit: RingHabit) {
        var random = SimulationRandom(seed: parameters.seed, sort: 2, index: district)
        let size = random.between(4, 12)
        let isCareful = random.chance(400)
        guard parameters.communities else { return (size, isCareful ? .careful : .open) }
        switch random.below(100) {
        case ..<30: return (size, .open)
        case ..<65: return (size, .careful)
        case ..<85: return (max(6, size), .rotating)
        default: return (random.between(20, 40), .large)
        }
    }

    /// The community of somebody who is of no ring; `nil` for who lives alone, and everywhere without communities.
    func community(of number: Int) -> Community? {
        guard parameters.communities else { return nil }
        let district = number / Community.districtSize
        let start = district * Community.districtSize + Self.communityStart
        if number >= start, number < start + Self.communityRoom {
            var first = start
            var random = SimulationRandom(seed: parameters.seed, sort: 20, index: district)
            for community in communities(of: district, &random) {
                if number < first + community.size { return place(community, first: first) }
                first += community.size
            }
        }
        return family(of: number)
    }

    private static let communityStart = 40
    private static let communityRoom = 200

    private func place(_ community: Community, first: Int) -> Community {
        Community(sort: community.sort, first: first, size: min(community.size, parameters.persons - first))
    }

    private func communities(of district: Int, _ random: inout SimulationRandom) -> [Community] {
        switch random.below(100) {
        case ..<35: return [Community(sort: .dormitory, first: 0, size: random.between(20, Self.communityRoom))]
        case ..<75:
            return (0..<3).map { _ in
                Community(sort: .agency(colludes: random.chance(250)), first: 0, size: random.between(10, 60))
            }
        default: return [Community(sort: .firm, first: 0, size: random.between(20, 120))]
        }
    }

    /// Homes of one to five, in stairs of twelve persons.
    private func family(of number: Int) -> Community? {
        let stair = number / 12
        var random = SimulationRandom(seed: parameters.seed, sort: 21, index: stair)
        var first = stair * 12
        for size in random.pick(Self.stairs) {
            if number < first + size {
                return size > 1 ? place(Community(sort: .family, first: first, size: size), first: first) : nil
            }
            first += size
        }
        return nil
    }

    private static let stairs = [[2, 3, 4, 3], [1, 2, 4, 5], [3, 3, 3, 3], [1, 1, 2, 3, 5], [4, 4, 2, 2]]
}
