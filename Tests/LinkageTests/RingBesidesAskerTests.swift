import Linkage
import Testing
import Vocabulary

@Suite("Search: a ring in figures, besides the asker's own words")
struct RingBesidesAskerTests {
    private static let asker: UInt16 = 9

    /// Four persons in a chain, on the words of two members.
    private static func ring() -> (world: SearchWorld, persons: [SubjectNumber]) {
        var world = SearchWorld()
        var persons = [world.subject()]
        for _ in 0..<3 { persons.append(world.neighbour(of: persons[persons.count - 1], over: .phone, .device)) }
        return (world, persons)
    }

    private func view(_ world: SearchWorld, _ subject: SubjectNumber, besides asker: UInt16?) -> RingView? {
        world.graph().ringView(of: subject, besides: asker, standing: world.standing)
    }

    @Test("an asker's records of its own move no figure: no person, no thing, no member, no day, no mark")
    func ownRecords() throws {
        var (world, persons) = Self.ring()
        let before = try #require(view(world, persons[0], besides: nil))
        #expect(view(world, persons[0], besides: Self.asker) == before && before.size == 4 && before.members == 2)
        // Three made-up persons, each tied by two things, a new thing for a known person, and a word on an old one.
        for _ in 0..<3 {
            let made = world.subject()
            for kind in [IdentifierKind.card, .email] {
                let thing = world.identifier(kind)
                for person in [made, persons[1]] { world.tie(person, thing, by: Self.asker) }
            }
            world.mark(made, .confirmed(family: 1, weight: 5))
        }
        let known = world.words[0].edge
        for day in [1, 99] as [UInt16] {
            let word = Evidence(caseNumber: 1_000 + UInt32(day), member: Self.asker, day: GraphDay(day))
            world.words.append((known, word))
        }
        #expect(view(world, persons[0], besides: Self.asker) == before)
        let all = try #require(view(world, persons[0], besides: nil))
        #expect(all.size == 7 && all.members == 3 && all.identifiers.count == 4 && !all.marks.isEmpty)
        #expect(all.firstDay == GraphDay(1) && all.lastDay == GraphDay(99))
    }

    @Test("one word of another member counts a person and a thing, and its day alone")
    func oneOtherWord() throws {
        var (world, persons) = Self.ring()
        let (made, card) = (world.subject(), world.identifier(.card))
        let email = world.identifier(.email)
        for thing in [card, email] {
            for person in [made, persons[0]] { world.tie(person, thing, by: Self.asker) }
        }
        #expect(view(world, made, besides: Self.asker)?.size == 4)
        world.words.append((Edge(made, card), Evidence(caseNumber: 2_000, member: 4, day: GraphDay(2))))
        let told = try #require(view(world, made, besides: Self.asker))
        #expect(told.size == 5 && told.members == 3 && told.firstDay == GraphDay(2))
        #expect(told.identifiers.first { $0.kind == .card } == .init(kind: .card, identifiers: 1, shared: 0))
        #expect(!told.identifiers.contains { $0.kind == .email })
    }

    @Test("words heaped on a known thing, more than are read, hide no person and no thing")
    func heapedWords() throws {
        var (world, persons) = Self.ring()
        let before = try #require(view(world, persons[0], besides: Self.asker))
        for number in 0..<600 {
            let word = Evidence(caseNumber: 5_000 + UInt32(number), member: Self.asker, day: GraphDay(100))
            for edge in Set(world.words.prefix(16).map(\.edge)) { world.words.append((edge, word)) }
        }
        let after = try #require(view(world, persons[0], besides: Self.asker))
        #expect(after.size == before.size && after.identifiers == before.identifiers && after.isTruncated)
    }

    @Test("a view cut short still knows the size besides the asker, whatever the order of arrival")
    func cutShort() throws {
        var (world, persons) = Self.ring()
        for _ in 0..<3 {
            let made = world.subject()
            for kind in [IdentifierKind.card, .email] {
                let thing = world.identifier(kind)
                for person in [made, persons[1]] { world.tie(person, thing, by: Self.asker) }
            }
        }
        var reversed = world
        reversed.words.reverse()
        let (graph, other) = (world.graph(), reversed.graph())
        for budget in 1..<60 {
            let (one, two) = [graph, other].map {
                $0.ringView(of: persons[0], budget: budget, besides: Self.asker, standing: world.standing)
            }.pair
            #expect(one == two && one != nil)
            if budget >= 7 { #expect(one?.size == 4) } else { #expect((0...4).contains(one?.size ?? 9)) }
        }
    }

    @Test("a confirmed report on a protected person is told apart and makes no ring a reported one")
    func victim() throws {
        var (world, persons) = Self.ring()
        let fraud = MarkStanding.confirmed(family: 1, weight: 5)
        world.mark(persons[2], fraud)
        let tally = RingView.MarkTally(standing: fraud, cases: 1, subjects: 1)
        #expect(view(world, persons[0], besides: nil)?.marks == [tally])
        let marker = world.mark(persons[2], .protective)
        let told = try #require(view(world, persons[0], besides: nil))
        #expect(told.marks == [RingView.MarkTally(standing: .protective, cases: 1, subjects: 1)])
        #expect(told.protectedMarks == [tally])
        // Another's report counts as ever, and so does this one when the marker is gone.
        world.mark(persons[3], fraud)
        #expect(view(world, persons[0], besides: nil)?.marks.first == tally)
        world.standings[marker] = .gone
        let both = RingView.MarkTally(standing: fraud, cases: 2, subjects: 2)
        #expect(view(world, persons[0], besides: nil)?.marks == [both])
        #expect(view(world, persons[0], besides: nil)?.protectedMarks == [])
    }

    @Test("an answer tells how widely a thing is shared; by whom and since when is asked for apart")
    func sharingApart() {
        var world = SearchWorld()
        let (one, other, phone) = (world.subject(), world.subject(), world.identifier(.phone))
        world.tie(one, phone, by: 1, 2)
        world.tie(other, phone, by: 3)
        let graph = world.graph()
        let degree = SharingDegree(identifier: phone, kind: .phone, subjects: 1, isDemoted: false)
        let question = Question(subject: one, identifiers: [phone])
        #expect(graph.search(question, standing: world.standing).sharing == [degree])
        #expect(
            graph.sharing(of: phone, besides: one)
                == SharingHistory(degree: degree, members: 3, firstDay: GraphDay(51)))
    }
}

extension Array {
    fileprivate var pair: (Element, Element) { (self[0], self[1]) }
}
