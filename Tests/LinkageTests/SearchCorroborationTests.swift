import Linkage
import Testing
import Vocabulary

/// Two groups that share one phone: on whose word does a search pass from the one to the other?
@Suite("Search: corroboration")
struct SearchCorroborationTests {
    private static let fraud = MarkStanding.confirmed(family: 1, weight: 5)

    private var world = SearchWorld()
    private let (applicant, reported): (SubjectNumber, SubjectNumber)
    private let phone: IdentifierNumber

    init() {
        applicant = world.subject()
        reported = world.subject()
        phone = world.identifier(.phone)
        world.tie(applicant, phone, by: 1, 2)
        world.tie(reported, phone, by: 1)
        world.mark(reported, Self.fraud)
    }

    private func hops(_ world: SearchWorld, asking identifiers: [IdentifierNumber] = []) -> Int? {
        world.graph().search(
            Question(subject: applicant, identifiers: identifiers), standing: world.standing
        ).nearest?.hops
    }

    @Test("one member's word does not carry a search over")
    func oneMember() {
        #expect(hops(world) == nil)
    }

    @Test("a member that says it twice is one member")
    func twice() {
        var world = world
        world.tie(reported, phone, by: 1)
        #expect(hops(world) == nil)
    }

    @Test("a second member at the far end makes it count, and its retraction takes the path away")
    func secondMember() throws {
        var world = world
        world.tie(reported, phone, by: 2)
        #expect(hops(world) == 1)
        let second = try #require(world.words.last)
        var graph = world.graph()
        graph.remove(second.edge, caseNumber: second.evidence.caseNumber)
        let question = Question(subject: applicant, identifiers: [phone])
        #expect(graph.search(question, standing: world.standing).nearest == nil)
        graph.add(second.edge, second.evidence)
        #expect(graph.search(question, standing: world.standing).nearest?.hops == 1)
    }

    @Test("a second kind makes it count, even where that kind alone joins nobody")
    func secondKind() {
        var world = world
        let address = world.identifier(.address)
        world.tie(applicant, address, by: 1)
        world.tie(reported, address, by: 1)
        #expect(hops(world) == 1)
        // An employer says nothing.
        world.kinds[Int(address.rawValue)] = .employer
        #expect(hops(world) == nil)
    }

    @Test("a second identifier of the same kind is no second kind")
    func sameKind() {
        var world = world
        let second = world.identifier(.phone)
        world.tie(applicant, second, by: 1)
        world.tie(reported, second, by: 1)
        #expect(hops(world) == nil)
    }

    @Test("a second kind that is demoted does not count")
    func demotedKind() {
        var world = world
        let device = world.identifier(.device)
        for subject in [applicant, reported] { world.tie(subject, device, by: 1) }
        #expect(hops(world) == 1)
        world.seeds = [device]
        #expect(hops(world) == nil)
    }

    @Test("the asker's word alone reaches nobody; asked on two members' word at the far end it does")
    func askersWord() {
        var world = SearchWorld()
        let reported = world.subject()
        let phone = world.identifier(.phone)
        world.tie(reported, phone, by: 1)
        world.mark(reported, Self.fraud)
        let question = Question(subject: nil, identifiers: [phone])
        #expect(world.graph().search(question, standing: world.standing).nearest == nil)
        world.tie(reported, phone, by: 2)
        #expect(world.graph().search(question, standing: world.standing).nearest?.hops == 1)
    }

    @Test("within one component one member's word is enough")
    func oneComponent() {
        var world = world
        let (card, between) = (world.identifier(.card), world.neighbour(of: applicant, over: .device))
        world.tie(between, card, by: 1, 2)
        world.tie(reported, card, by: 1, 2)
        #expect(hops(world) == 1)
    }

    @Test("rules that ask for no corroboration believe one member")
    func credulous() {
        var world = world
        world.rules = .credulous
        #expect(hops(world) == 1)
    }

    @Test("a guarantor's phone carries a search to the one whose own it is; a contact's does not, nor the way back")
    func guarantor() {
        var world = SearchWorld()
        let (applicant, guarantor) = (world.subject(), world.subject())
        let phone = world.identifier(.phone)
        world.tie(applicant, phone, by: 1, 2, as: .guarantor)
        world.tie(guarantor, phone, by: 1, 2)
        for subject in [applicant, guarantor] { world.mark(subject, Self.fraud) }
        func reached(_ subject: SubjectNumber) -> [ReachedReport] {
            world.graph().search(Question(subject: subject, identifiers: []), standing: world.standing).reports
        }
        #expect(reached(applicant).map(\.subject) == [applicant, guarantor])
        #expect(reached(guarantor).map(\.subject) == [guarantor])
        world.words = world.words.map { word in
            var word = word
            if word.edge.role == .guarantor { word.edge.role = .contact }
            return word
        }
        #expect(reached(applicant).map(\.subject) == [applicant])
    }
}
