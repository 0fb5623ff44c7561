import Linkage
import TestSupport
import Testing
import Vocabulary

@Suite("Attacks on the graph")
struct AttackTests {
    @Test("one member that floods a victim's phone with a ring's persons joins the victim to no ring")
    func gluing() throws {
        var town = GraphTown()
        let (ring, _) = town.ring(8)
        let victim = town.persons(1)
        let phone = town.identifier(.phone)
        town.say([1, 2, 3], victim, phone)
        for _ in 0..<3 { town.say([9], ring, phone) }
        #expect(town.graph.degree(of: phone) == 9 && !town.graph.isDemoted(phone))
        #expect(town.graph.ring(of: victim[0]) == nil)
        #expect(town.graph.componentSize(of: victim[0]) == 1)
        #expect(town.areTogether(ring))
    }

    @Test("two records of one member are no more than one", arguments: [false, true])
    func twoRecords(victimIsKnown: Bool) {
        var town = GraphTown()
        let (ring, _) = town.ring(4)
        let victim = town.persons(1)
        let phone = town.identifier(.phone)
        if victimIsKnown { town.say([1, 2], victim, phone) } else { town.say([9], victim, phone) }
        town.say([9], [ring[0]], phone)
        town.say([9], [ring[0]], phone)
        #expect(!town.graph.isLinked(victim[0], ring[0]))
        #expect(town.graph.ring(of: victim[0]) == nil)
        // The word of a second member is what it takes, on both sides.
        town.say([8], [ring[0]], phone)
        #expect(town.graph.isLinked(victim[0], ring[0]) == victimIsKnown)
    }

    @Test("a phone flooded beyond its cap is demoted, and the victim's own links stay")
    func flooded() {
        var town = GraphTown()
        let family = town.persons(3)
        let (phone, card) = (town.identifier(.phone), town.identifier(.card))
        town.say([1, 2], family, phone)
        town.say([1, 2], family, card)
        let strangers = town.persons(30)
        town.say([9], strangers, phone)
        #expect(town.graph.isDemoted(phone))
        #expect(town.areTogether(family))
        #expect(strangers.allSatisfy { town.graph.componentSize(of: $0) == 1 })
    }

    @Test("harmless sharers pushed over a ring's device do not take the ring apart, and are told of")
    func dilution() throws {
        var town = GraphTown()
        let (ring, device) = town.ring(6)
        let name = try #require(town.graph.ring(of: ring[0]))
        _ = town.events()
        town.say([9], town.persons(15), device)
        #expect(town.graph.isDemoted(device))
        #expect(town.areTogether(ring) && town.graph.ring(of: ring[5]) == name)
        #expect(town.events() == [.demoted(device, subjects: 21)])
        town.say([9], town.persons(40), device)
        let bursts = town.events().filter { if case .hubBurst(device, let count) = $0 { count >= 10 } else { false } }
        #expect(bursts.count == 1, "told once within seven days")
        town.advance(days: 7)
        town.say([9], town.persons(200), device)
        #expect(town.events().contains { if case .hubBurst(device, _) = $0 { true } else { false } })
    }

    @Test("a ring held by its device alone falls apart when that is diluted, and comes back when the sharers go")
    func dilutionOfOneKind() throws {
        var town = GraphTown()
        let ring = town.persons(5)
        let device = town.identifier(.device)
        town.say([1, 2], ring, device)
        let name = try #require(town.graph.ring(of: ring[0]))
        let harmless = town.say([9], town.persons(16), device)
        #expect(ring.allSatisfy { town.graph.ring(of: $0) == nil })
        #expect(town.graph.rings.standing(of: name) == .ended)
        town.takeBack(harmless)
        #expect(town.areTogether(ring))
        #expect(town.graph.ring(of: ring[0]) != nil && town.graph.ring(of: ring[0]) != name)
    }

    @Test("a steady trickle at a hub is no burst")
    func trickle() {
        var town = GraphTown()
        let device = town.identifier(.device)
        for _ in 0..<60 {
            town.say([1], town.persons(2), device)
            town.advance(days: 1)
        }
        #expect(town.graph.isDemoted(device))
        let bursts = town.events().filter { if case .hubBurst = $0 { true } else { false } }
        #expect(bursts.count <= 1, "only while there is nothing to compare with: \(bursts)")
        town.say([1], town.persons(60), device)
        #expect(town.events().count == 1)
    }

    @Test("one person at thirty lenders is no hub")
    func thirtyLenders() {
        var town = GraphTown()
        let person = town.persons(1)
        let card = town.identifier(.card)
        town.say(Array(1...30), person, card)
        #expect(town.graph.degree(of: card) == 1 && town.graph.memberCount(of: card) == 30)
        #expect(!town.graph.isDemoted(card))
        #expect(town.events() == [])
    }

    @Test("contacts and guarantors never count as sharers")
    func contacts() {
        var town = GraphTown()
        let phone = town.identifier(.phone)
        town.say([1, 2], town.persons(300), phone, as: .contact)
        let pair = town.persons(3)
        town.say([1, 2], pair, phone)
        #expect(town.graph.degree(of: phone) == 3 && !town.graph.isDemoted(phone))
        #expect(town.areTogether(pair))
    }

    @Test("a subject with thousands of identifiers at hubs of thousands costs no more than what it brings")
    func heavy() {
        var town = GraphTown()
        let hubs = (0..<40).map { _ in town.identifier(.device) }
        let crowd = town.persons(500)
        for hub in hubs { town.say([1], crowd, hub) }
        let before = town.graph.comparisons
        let heavy = town.persons(2)
        for _ in 0..<2000 { town.say([1], heavy, town.identifier(.phone)) }
        for hub in hubs { town.say([1], heavy, hub) }
        // At each phone the second looks for what it shares with the first, and finds the phone before; at a hub
        // nobody looks at anybody.
        #expect(town.graph.comparisons - before <= 3 * 2000)
        #expect(town.graph.edge(Edge(heavy[0], hubs[39])) != nil)
        #expect(town.graph.edge(Edge(heavy[0], hubs[39], .contact)) == nil)
    }

    @Test("retracting at a hub looks at nobody else")
    func hubRetraction() {
        var town = GraphTown()
        let device = town.identifier(.device)
        let said = town.say([1, 2], town.persons(3000), device)
        let before = town.graph.comparisons
        town.takeBack(Array(said.prefix(5000)))
        #expect(town.graph.comparisons == before)
        #expect(town.graph.degree(of: device) == 500 && town.graph.memberCount(of: device) == 2)
    }

    @Test("retracting one of a large ring's links does not walk through the ring")
    func largeRing() {
        var town = GraphTown()
        var chain = town.persons(1)
        for _ in 0..<2000 {
            let more = town.persons(1)
            let (phone, card) = (town.identifier(.phone), town.identifier(.card))
            town.say([1, 2], [chain[chain.count - 1], more[0]], phone)
            town.say([1, 2], [chain[chain.count - 1], more[0]], card)
            chain += more
        }
        let (device, email) = (town.identifier(.device), town.identifier(.email))
        town.say([1], [chain[0], chain[2]], device)
        let said = town.say([1], [chain[0], chain[2]], email)
        let before = town.graph.comparisons
        town.takeBack(said)
        #expect(!town.graph.isLinked(chain[0], chain[2]) && town.areTogether(chain))
        #expect(town.graph.comparisons - before < 20)
        let last = town.persons(1)
        let tail = town.say([1, 2], [chain[2000], last[0]], town.identifier(.phone))
        #expect(town.areTogether(chain + last))
        let early = town.graph.comparisons
        town.takeBack(tail)
        #expect(town.areTogether(chain) && !town.areTogether(chain + last))
        #expect(town.graph.comparisons - early < 20)
    }
}
