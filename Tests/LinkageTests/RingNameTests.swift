import Linkage
import TestSupport
import Testing
import Vocabulary

@Suite("Rings' names")
struct RingNameTests {
    /// Joins two persons by a phone of their own that two members know.
    private func join(
        _ town: inout GraphTown, _ left: SubjectNumber, _ right: SubjectNumber
    ) -> [(edge: Edge, caseNumber: UInt32)] {
        town.say([1, 2], [left, right], town.identifier(.phone))
    }

    @Test("two are no ring; the third founds it, known by its smallest subject")
    func founding() {
        var town = GraphTown()
        let persons = town.persons(3)
        _ = join(&town, persons[2], persons[1])
        #expect(town.graph.ring(of: persons[1]) == nil)
        _ = join(&town, persons[0], persons[2])
        #expect(town.events() == [.ringFounded(RingNumber(1), anchor: persons[0], from: nil)])
        #expect(persons.allSatisfy { town.graph.ring(of: $0) == RingNumber(1) })
    }

    @Test("merged rings have the larger one's name, and the other's goes on as an alias")
    func merging() {
        var town = GraphTown()
        let (small, _) = town.ring(3)
        let (large, _) = town.ring(5)
        let (third, _) = town.ring(3)
        _ = town.events()
        _ = join(&town, small[0], large[0])
        #expect(town.events() == [.ringMerged(RingNumber(1), into: RingNumber(2))])
        _ = join(&town, third[2], small[2])
        #expect(town.events() == [.ringMerged(RingNumber(3), into: RingNumber(2))])
        #expect(town.graph.rings.current(RingNumber(1)) == RingNumber(2))
        #expect(town.graph.ring(of: third[0]) == RingNumber(2))
    }

    @Test("of two rings as large the smaller number stays")
    func tie() {
        var town = GraphTown()
        let (left, _) = town.ring(4)
        let (right, _) = town.ring(4)
        _ = join(&town, right[0], left[0])
        #expect(town.graph.ring(of: right[1]) == RingNumber(1))
        #expect(town.graph.rings.standing(of: RingNumber(2)) == .alias(of: RingNumber(1)))
    }

    @Test("after a split the largest part keeps the name, another large one gets a new one")
    func splitting() {
        var town = GraphTown()
        let (small, _) = town.ring(3)
        let bridge = town.persons(1)
        let (large, _) = town.ring(5)
        _ = join(&town, small[0], bridge[0])
        let link = join(&town, bridge[0], large[0])
        let name = town.graph.ring(of: large[0])
        let other = town.graph.rings.standing(of: RingNumber(1))
        #expect(name == RingNumber(2) && other == .alias(of: RingNumber(2)))
        _ = town.events()
        town.takeBack(link)
        #expect(town.graph.ring(of: large[4]) == name)
        #expect(town.graph.ring(of: bridge[0]) == RingNumber(3))
        #expect(town.events() == [.ringFounded(RingNumber(3), anchor: small[0], from: RingNumber(2))])
        #expect(town.graph.rings.current(RingNumber(1)) == RingNumber(2), "an alias follows the name")
    }

    @Test("the anchor is told anew when it goes with another part, and a tie goes to the smallest subject")
    func anchors() {
        var town = GraphTown()
        let (left, _) = town.ring(3)
        let (right, _) = town.ring(4)
        let link = join(&town, left[0], right[0])
        #expect(town.graph.ring(of: left[0]) == RingNumber(2))
        let more = town.persons(2)
        let growth = join(&town, left[1], more[0]) + join(&town, left[1], more[1])
        _ = town.events()
        town.takeBack(link)
        #expect(town.graph.ring(of: left[0]) == RingNumber(2), "five against four")
        #expect(
            town.events() == [
                .ringAnchored(RingNumber(2), anchor: left[0]),
                .ringFounded(RingNumber(3), anchor: right[0], from: RingNumber(2)),
            ])
        let again = join(&town, left[0], right[0])
        town.takeBack(Array(growth.suffix(4)))
        _ = town.events()
        town.takeBack(again)
        #expect(town.graph.ring(of: left[0]) == RingNumber(2), "four against four, and the smallest subject")
        #expect(town.events() == [.ringFounded(RingNumber(4), anchor: right[0], from: RingNumber(2))])
    }

    @Test("a ring that shrinks below the least size ends, and its name is never given again")
    func ending() {
        var town = GraphTown()
        let persons = town.persons(3)
        _ = join(&town, persons[0], persons[1])
        let link = join(&town, persons[1], persons[2])
        town.takeBack(link)
        #expect(town.graph.rings.standing(of: RingNumber(1)) == .ended)
        #expect(town.graph.rings.current(RingNumber(1)) == nil)
        _ = join(&town, persons[1], persons[2])
        #expect(town.graph.ring(of: persons[0]) == RingNumber(2))
    }

    @Test("expiry takes rings apart without any retraction, and demoted ones come back by it")
    func expiry() {
        var town = GraphTown()
        let ring = town.persons(3)
        let phone = town.identifier(.phone)
        town.say([1, 2], ring, phone)
        town.say([1], town.persons(18), phone, age: 700)
        #expect(town.graph.isDemoted(phone) && town.graph.ring(of: ring[0]) == nil)
        town.advance(days: 20)
        #expect(town.graph.isDemoted(phone), "its last day is one that still counts")
        town.advance(days: 1)
        #expect(!town.graph.isDemoted(phone) && town.areTogether(ring))
        #expect(town.graph.ring(of: ring[0]) != nil)
        town.advance(days: 700)
        #expect(ring.allSatisfy { town.graph.ring(of: $0) == nil } && town.graph.edgeCount == 0)
    }

    @Test("a demotion is told once until the promotion is, which waits for three quarters of the cap")
    func hysteresis() {
        var town = GraphTown()
        let card = town.identifier(.card)
        let persons = town.persons(11)
        var said = persons.map { town.say([1], [$0], card) }
        #expect(town.events() == [.demoted(card, subjects: 11)])
        for _ in 0..<3 {
            town.takeBack(said[10])
            #expect(!town.graph.isDemoted(card), "the state has no hysteresis")
            said[10] = town.say([1], [persons[10]], card)
        }
        #expect(town.events() == [])
        for index in 7...9 { town.takeBack(said[index]) }
        #expect(town.events() == [])
        town.takeBack(said[10])
        #expect(town.events() == [.promoted(card)])
    }

    @Test("a demotion leaves what was never joined by the identifier")
    func demotion() {
        var (town, other) = (GraphTown(), GraphTown())
        let random = { SeededGenerator(seed: 5) }
        func build(_ town: inout GraphTown, seedingFirst: Bool) {
            var random = random()
            let persons = town.persons(40)
            let switchboard = town.identifier(.phone)
            if seedingFirst { town.seed(switchboard) }
            for _ in 0..<15 {
                let pair = Array(persons.shuffled(using: &random).prefix(3))
                town.say([1, 2], pair, town.identifier(.device))
            }
            town.say([1, 2], Array(persons.prefix(20)), switchboard)
            if !seedingFirst { town.seed(switchboard) }
        }
        build(&town, seedingFirst: false)
        build(&other, seedingFirst: true)
        #expect(town.graph.digest() == other.graph.digest())
        #expect(town.events().contains { if case .ringFounded(_, _, .some) = $0 { true } else { false } })
    }

    @Test("a book that disagrees with the components is settled aloud")
    func disagreement() {
        var town = GraphTown()
        let (ring, _) = town.ring(4)
        let lone = town.persons(1)
        var book = RingBook()
        book.apply(.ringFounded(RingNumber(1), anchor: ring[2], from: nil))
        book.apply(.ringFounded(RingNumber(2), anchor: ring[3], from: nil))
        book.apply(.ringFounded(RingNumber(3), anchor: lone[0], from: nil))
        book.apply(.ringFounded(RingNumber(4), anchor: SubjectNumber(99), from: nil))
        var graph = town.graph
        graph.bind(book)
        #expect(
            graph.takeEvents() == [
                .ringMerged(RingNumber(2), into: RingNumber(1)), .ringEnded(RingNumber(3)), .ringEnded(RingNumber(4)),
            ])
        #expect(graph.ring(of: ring[0]) == RingNumber(1))
        graph.bind(RingBook())
        #expect(graph.takeEvents() == [.ringFounded(RingNumber(1), anchor: ring[0], from: nil)])
    }

    @Test("an alias that leads in a circle stands for nothing")
    func circle() {
        var book = RingBook()
        book.apply(.ringMerged(RingNumber(1), into: RingNumber(2)))
        book.apply(.ringMerged(RingNumber(2), into: RingNumber(1)))
        #expect(book.current(RingNumber(1)) == nil && book.current(RingNumber(7)) == nil)
        #expect(book.standing(of: RingNumber(0)) == nil)
    }
}
