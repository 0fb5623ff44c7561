import Linkage
import TestSupport
import Testing
import Vocabulary

@Suite("Discovery of rings")
struct DiscoveryTests {
    // MARK: Ordinary life

    @Test("a ring is found, with why")
    func ring() throws {
        var world = DiscoveryWorld()
        _ = world.persons(20)
        world.day = 390
        let ring = world.ring(12)
        let result = Discovery().candidates(in: world.graph())
        let candidate = try #require(result.candidates.first)
        #expect(result.candidates.count == 1)
        #expect(candidate.subjects == ring)
        #expect(candidate.identifiers.count == 6)
        #expect(candidate.features.kinds == [.phone, .card, .device])
        #expect(candidate.features.members == 6)
        #expect(candidate.features.crossLinked == 12)
        #expect(candidate.features.newWithin30Days == 36)
        #expect(candidate.features.newWithin7Days == 0)
        #expect(candidate.reasons.first == .joined(persons: 12, identifiers: 6))
        #expect(candidate.reasons.contains(.crossLinked(persons: 12, of: 12)))
        #expect(candidate.reasons.contains(.membersSpanned(6)))
        #expect(candidate.reasons.contains(.spike(within7Days: 0, within30Days: 36, before: 0)))
        #expect(candidate.reasons.contains(.freshIdentities(persons: 12, of: 12)))
    }

    @Test("families are no candidates: an address, a phone, even a tablet and a card in common", arguments: 2...5)
    func families(size: Int) {
        var world = DiscoveryWorld()
        for _ in 0..<20 {
            let family = world.persons(size)
            for kind in [IdentifierKind.address, .phone, .device, .card] { world.share(kind, family) }
        }
        #expect(world.found().isEmpty)
    }

    @Test("a phone alone makes no ring of two or three")
    func phones() {
        var world = DiscoveryWorld()
        for size in [2, 3, 2, 3] { world.share(.phone, world.persons(size)) }
        #expect(world.found().isEmpty)
    }

    @Test("a dormitory is no candidate: one address, a shared computer, room-mates with one phone")
    func dormitory() {
        var world = DiscoveryWorld()
        let students = world.persons(40)
        world.share(.address, students)
        world.share(.device, Array(students.prefix(24)))
        for room in 0..<10 { world.share(.phone, Array(students[room * 4..<room * 4 + 4])) }
        #expect(world.found().isEmpty)
    }

    @Test(
        "an agency is no candidate: its phone joins people with nothing else in common",
        arguments: [4, 5, 8, 9, 30, 60])
    func agency(size: Int) {
        var world = DiscoveryWorld()
        let clients = world.persons(size)
        world.share(size == 4 ? .employer : .phone, clients)
        // Couples and families among the clients do not support it.
        for couple in stride(from: 0, to: size - 1, by: 4) {
            let pair = Array(clients[couple..<couple + 2])
            world.share(.address, pair)
            world.share(.device, pair)
        }
        #expect(world.found().isEmpty)
    }

    @Test("a phone that others give as their agent's joins nobody, even where some give it as their own")
    func agentPhone() {
        var world = DiscoveryWorld()
        let clients = world.persons(12)
        world.share(.device, Array(clients.prefix(6)))
        let phone = world.share(.phone, Array(clients[3..<9]))
        #expect(!world.found().isEmpty)
        world.use(phone, by: Array(clients[10...]), .agent)
        #expect(world.found().isEmpty)
    }

    @Test("an agent's device explains four customers who name the agent, not a ring that came through one")
    func customersOfAgent() {
        var world = DiscoveryWorld()
        let customers = world.persons(4)
        world.share(.device, customers)
        #expect(world.found() == [customers])
        world.use(world.identifier(.phone), by: customers, .agent)
        #expect(world.found().isEmpty)
        let ring = world.ring(8)
        world.use(world.identifier(.phone), by: ring, .agent)
        #expect(world.found() == [ring])
    }

    @Test("colleagues are no candidates: one employer and one device at work")
    func colleagues() {
        var world = DiscoveryWorld()
        let office = world.persons(4)
        world.share(.employer, office)
        world.share(.device, office)
        #expect(world.found().isEmpty)
        // The same device without the employer in common is told.
        var strangers = DiscoveryWorld()
        let four = strangers.persons(4)
        strangers.share(.device, four)
        #expect(strangers.found() == [four])
    }

    @Test("a factory's phones and devices are no ring, a firm of nobody but the ring hides nobody")
    func factory() {
        var world = DiscoveryWorld()
        let team = world.ring(10)
        world.share(.employer, team + world.persons(40))
        let shell = world.ring(9)
        world.share(.employer, shell)
        #expect(world.found() == [shell])
    }

    @Test("a ring does not take in its members' families")
    func familiesOfRing() {
        var world = DiscoveryWorld()
        let ring = world.ring(8)
        for member in ring {
            let family = [member] + world.persons(2)
            world.share(.address, family)
            world.share(.phone, family)
        }
        #expect(world.found() == [ring])
    }

    @Test("a switchboard that the policy names joins nobody")
    func seeded() {
        var world = DiscoveryWorld()
        let board = world.share(.device, world.persons(4))
        var graph = world.graph()
        #expect(Discovery().candidates(in: graph).candidates.count == 1)
        graph.seed(board)
        #expect(Discovery().candidates(in: graph).candidates.isEmpty)
    }

    @Test("a ring behind a shop's device is found without the shop's customers")
    func ringInShop() {
        var world = DiscoveryWorld()
        let ring = world.ring(8)
        world.share(.device, Array(ring.prefix(3)) + world.persons(25))
        #expect(world.found() == [ring])
    }

    // MARK: Persons

    @Test("several references of one person are one person")
    func provisional() {
        var world = DiscoveryWorld()
        // Five members' references to one person, told by name and birth date, with one phone and one device.
        let references = world.persons(5, areIdentified: false)
        for kind in [IdentifierKind.nameBirthDate, .phone, .device, .card] { world.share(kind, references) }
        #expect(world.found().isEmpty)
    }

    @Test("one name and birth date under several national IDs stay several persons")
    func identities() {
        var world = DiscoveryWorld()
        let identities = world.persons(5)
        for kind in [IdentifierKind.nameBirthDate, .phone, .device] { world.share(kind, identities) }
        #expect(world.found() == [identities])
    }

    @Test("a contact's phone joins nobody, a guarantor's needs a policy that weighs it")
    func roles() {
        var world = DiscoveryWorld()
        let (one, others) = (world.persons(1), world.persons(3))
        let phone = world.share(.phone, one)
        world.use(phone, by: others, .contact)
        #expect(world.found().isEmpty)
        world.use(phone, by: others, .guarantor)
        #expect(world.found() == [one + others])
    }

    // MARK: Known and dismissed

    @Test("a reported ring is left out, a ring with one report is told with it")
    func reported() throws {
        var world = DiscoveryWorld()
        let ring = world.ring(12)
        let graph = world.graph()
        let known = Discovery().candidates(in: graph, isReported: { $0 <= ring[3] })
        #expect(known.candidates.isEmpty && known.knownCount == 1)
        let new = Discovery().candidates(in: graph, isReported: { $0 == ring[3] })
        let candidate = try #require(new.candidates.first)
        #expect(candidate.reasons.contains(.reportedInside(persons: 1)))
    }

    @Test("a dismissed ring does not return until it has grown by a third")
    func dismissed() throws {
        var world = DiscoveryWorld()
        let ring = world.ring(12)
        let device = world.share(.device, ring)
        let first = try #require(Discovery().candidates(in: world.graph()).candidates.first)
        let dismissal = DismissedRing(subjects: first.subjects)
        for grown in 0...4 {
            let result = Discovery().candidates(in: world.graph(), dismissed: [dismissal])
            #expect(result.candidates.count == (grown < 4 ? 0 : 1), "grown by \(grown)")
            #expect(result.dismissedCount == (grown < 4 ? 1 : 0))
            world.use(device, by: world.persons(1))
        }
    }

    @Test("a dismissal is of that ring: others and a small part of it do not count")
    func otherDismissals() {
        var world = DiscoveryWorld()
        let (one, other) = (world.ring(12), world.ring(9))
        let graph = world.graph()
        let dismissals = [DismissedRing(subjects: one), DismissedRing(subjects: other.prefix(4))]
        let result = Discovery().candidates(in: graph, dismissed: dismissals)
        #expect(result.candidates.map(\.subjects) == [other])
    }

    // MARK: Runs

    @Test("progress is told from the first stage to the last, never backwards")
    func progress() throws {
        var world = DiscoveryWorld()
        _ = world.ring(9)
        var told: [DiscoveryProgress] = []
        _ = Discovery().candidates(in: world.graph(), progress: { told.append($0) })
        #expect(Set(told.map(\.stage)) == Set(DiscoveryProgress.Stage.allCases))
        #expect(told.map(\.stage) == told.map(\.stage).sorted())
        #expect(told.allSatisfy { $0.done <= $0.total })
        let last = try #require(told.last)
        #expect(last.stage == .done && last.done == last.total)
    }

    @Test("two runs, and any order of arrival, give the same", arguments: [1, 2, 3] as [UInt64])
    func deterministic(seed: UInt64) {
        let (world, _) = DiscoveryWorld.planted(persons: 2000, rings: 12, seed: seed)
        let result = Discovery().candidates(in: world.graph())
        #expect(result.candidates.count > 5)
        #expect(Discovery().candidates(in: world.graph()) == result)
        #expect(Discovery().candidates(in: world.graph(shuffledBy: seed)) == result)
    }

    @Test("a chain of rings too large to be one is divided into its rings")
    func large() {
        var world = DiscoveryWorld()
        let rings = (0..<6).map { _ in world.ring(12) }
        for place in 1..<rings.count { world.share(.email, [rings[place - 1][0], rings[place][1]]) }
        #expect(Set(world.found()) == Set(rings))
    }

    @Test("the fingerprint is the subjects' alone")
    func fingerprint() throws {
        var world = DiscoveryWorld()
        _ = (world.ring(12), world.ring(9))
        let before = Discovery().candidates(in: world.graph()).candidates
        world.day = 399
        world.member = 9
        world.share(.email, before[0].subjects)
        let after = Discovery().candidates(in: world.graph()).candidates
        #expect(before[0] != after[0])
        #expect(before.map(\.fingerprint) == after.map(\.fingerprint))
        #expect(before[0].fingerprint != before[1].fingerprint)
    }

    @Test("an empty graph has no candidates")
    func empty() {
        let result = Discovery().candidates(in: Graph(rules: .example))
        #expect(result == DiscoveryResult())
    }
}
