import Simulation
import Vocabulary

/// Who is of which ring, and of which harmless crowd, in a simulated world.
struct RingTruth {
    struct Ring {
        var size = 0
        /// How it hides: the most telling of its members' labels.
        let habit: TruthLabel
        /// When the first of it strikes.
        var strikesAt: Instant
    }

    /// What a candidate turns out to be.
    enum Verdict: Hashable {
        case ring(Int)
        case crowd(TruthLabel)
        /// Some of a ring, but fewer than half of the candidate.
        case dilutedRing
        case strangers
    }

    private(set) var rings: [Int: Ring] = [:]
    private var ringOfPerson: [Int: Int] = [:]
    private var crowdOfPerson: [Int: Crowd] = [:]

    private struct Crowd: Hashable, Comparable {
        let community: Int
        let label: TruthLabel

        static func < (left: Crowd, right: Crowd) -> Bool { left.community < right.community }
    }

    private static let habits: [TruthLabel] = [.carefulRing, .rotatingRing, .largeRing]
    private static let crowds: [TruthLabel] = [.family, .dormitory, .agency, .colludingAgency, .colleague]

    init(_ simulation: Simulation) {
        self.init((0..<simulation.parameters.persons).lazy.compactMap { simulation.truth(of: $0) })
    }

    init(_ truths: some Sequence<PersonTruth>) {
        for truth in truths {
            if let ring = truth.ring, let strikesAt = truth.strikesAt {
                ringOfPerson[truth.person] = ring
                let habit = Self.habits.first(where: truth.labels.contains) ?? .ringMember
                var known = rings[ring] ?? Ring(habit: habit, strikesAt: strikesAt)
                known.size += 1
                known.strikesAt = min(known.strikesAt, strikesAt)
                rings[ring] = known
            }
            if let community = truth.community, let label = Self.crowds.first(where: truth.labels.contains) {
                crowdOfPerson[truth.person] = Crowd(community: community, label: label)
            }
        }
    }

    /// A candidate is right when at least half of its persons are of one ring.
    ///
    /// - Parameter persons: one for each subject; `nil` for one whom nobody knows, who counts as a person of no ring.
    ///   Two subjects of one person, who uses two IDs, count once.
    func verdict(on persons: [Int?]) -> Verdict {
        let known = Set(persons.compactMap(\.self))
        let count = known.count + persons.count { $0 == nil }
        let ring = Self.most(known.compactMap { ringOfPerson[$0] })
        if let ring, ring.count * 2 >= count { return .ring(ring.value) }
        if let crowd = Self.most(known.compactMap { crowdOfPerson[$0] }), crowd.count * 2 >= count {
            return .crowd(crowd.value.label)
        }
        return ring.map { $0.count >= 2 } ?? false ? .dilutedRing : .strangers
    }

    /// The value met most often, of several the least.
    private static func most<Value: Hashable & Comparable>(_ values: [Value]) -> (value: Value, count: Int)? {
        let counts = values.reduce(into: [Value: Int]()) { $0[$1, default: 0] += 1 }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }.map { ($0.key, $0.value) }
    }
}

extension RingTruth.Verdict {
    /// What the report calls it.
    var name: String {
        switch self {
        case .ring: "ring"
        case .crowd(let label): label.rawValue
        case .dilutedRing: "dilutedRing"
        case .strangers: "strangers"
        }
    }
}
