@testable import Linkage
import TestSupport
import Testing
import Vocabulary

/// What discovery reads and keeps where somebody furnishes very many shared identifiers.
@Suite("Discovery: bounded work")
struct DiscoveryWorkTests {
    @Test("what the same persons share is one link, however many: nothing is left out, nothing read again")
    func samePersons() throws {
        func result(_ count: Int) -> DiscoveryResult {
            var world = DiscoveryWorld()
            let persons = world.persons(6)
            for _ in 0..<count { world.share(.phone, persons) }
            return Discovery().candidates(in: world.graph())
        }
        let (few, many) = (result(20), result(2_000))
        #expect(few.pairsRead > 0 && few.pairsRead == many.pairsRead)
        #expect(many.leftOutIdentifiers == 0)
        let candidate = try #require(many.candidates.first)
        #expect(candidate.identifiers.count == 2_000 && candidate.identifiers == candidate.identifiers.sorted())
        #expect(candidate.reasons.first == .joined(persons: 6, identifiers: 2_000))
    }

    @Test("identifiers of ever other persons are kept up to a limit: beyond it the work does not grow")
    func otherPersons() throws {
        func result(_ count: Int) -> DiscoveryResult {
            var random = SeededGenerator(seed: 8_800)
            var world = DiscoveryWorld()
            let persons = world.persons(24)
            for _ in 0..<count { world.share(.phone, persons.shuffled(using: &random).prefix(6).sorted()) }
            return Discovery().candidates(in: world.graph())
        }
        let limit = 24 + DiscoveryOptions().groupLinks
        let (few, some, many) = (result(200), result(1_000), result(4_000))
        #expect(few.leftOutIdentifiers == 0)
        #expect(many.leftOutIdentifiers > 3_000)
        #expect(many.candidates.first?.subjects.count == 24)
        #expect((many.candidates.first?.identifiers.count ?? .max) >= limit)
        // Once the whole, for the limit, and what is kept.
        #expect(some.pairsRead <= 1_000 * 6 * 2 + limit * 6 * 2)
        #expect(many.pairsRead <= 4_000 * 6 * 2 + limit * 6 * 2)
    }

    @Test("the heaviest stay, and whoever is linked by one light thing alone is not flooded out")
    func whatStays() throws {
        var world = DiscoveryWorld()
        let persons = world.persons(8)
        let last = world.share(.phone, [persons[6], persons[7]])
        for kind in [IdentifierKind.card, .phone] {
            for subset in 0..<128 {
                let chosen = persons.prefix(7).enumerated().filter { subset >> $0.offset & 1 == 1 }.map(\.element)
                if chosen.count > 1, (kind == .card) == (chosen.count.isMultiple(of: 2)) { world.share(kind, chosen) }
            }
        }
        var options = DiscoveryOptions()
        options.groupLinks = 30
        let result = Discovery().candidates(in: world.graph(), options: options)
        let candidate = try #require(result.candidates.first)
        #expect(candidate.subjects == persons && candidate.identifiers.contains(last))
        #expect(candidate.identifiers.count == 38 && result.leftOutIdentifiers == 121 - 38)
        let graph = world.graph()
        #expect(candidate.identifiers.count { graph.kind(of: $0) == .phone } == 1)
    }

    @Test("every identifier's support is what taking it away alone gives", arguments: 0..<6)
    func support(part: UInt64) {
        var random = SeededGenerator(seed: 8_900 + part)
        print("seed", random.seed)
        for _ in 0..<200 {
            let size = Int.random(in: 3...30, using: &random)
            let homes = (0..<size).map { _ in UInt32.random(in: 0..<UInt32(size / 2 + 1), using: &random) }
            let links = (0..<Int.random(in: 1...20, using: &random)).map { place in
                let count = Int.random(in: 2...max(2, min(size, 7)), using: &random)
                let persons = (0..<UInt32(size)).shuffled(using: &random).prefix(count).sorted()
                return PersonGroup.Link(places: [place], persons: persons)
            }
            let group = PersonGroup(persons: Array(0..<UInt32(size)), links: links)
            #expect(LinkSupport(of: group, homes: homes).counts == Self.slowly(group, homes))
        }
    }

    /// By taking away one identifier after the other.
    private static func slowly(_ group: PersonGroup, _ homes: [UInt32]) -> [Int] {
        group.links.indices.map { taken in
            var sets = DisjointSets(count: homes.count)
            for (place, link) in group.links.enumerated() where place != taken || link.places.count > 1 {
                sets.unite(link.persons[...])
            }
            let labels = sets.smallestElements()
            return group.links[taken].persons.count { person in
                labels.indices.contains { other in
                    labels[other] == labels[Int(person)] && homes[other] != homes[Int(person)]
                }
            }
        }
    }
}
