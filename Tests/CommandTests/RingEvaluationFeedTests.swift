import Linkage
import Testing
import Vocabulary

@testable import Simulation
@testable import counterfoil

@Suite("What the evaluation's feed makes of lenders' documents")
struct RingEvaluationFeedTests {
    private let start = SimulationParameters.usualStart

    private var feed: RingFeed {
        let rule = KindRule(weight: 1, cap: 20, union: true, forward: true, corroborates: true)
        let kinds = Dictionary(uniqueKeysWithValues: IdentifierKind.allCases.map { ($0, rule) })
        let roles = [IdentifierRole.own: RoleRule(weight: 1, union: true, forward: true)]
        return RingFeed(rules: LinkageRules(kinds: kinds, roles: roles), start: start)
    }

    private func applicant(_ id: String?, device: String, others: JSON? = nil) -> JSON {
        .object([
            "nationalIDs": id.map { [.object(["scheme": "cn-rid", "value": .string($0)])] },
            "devices": [.object(["type": "opaque", "value": .string(device)])], "related": others,
        ])
    }

    private func event(_ content: SimulatedEvent.Content, person: Int) -> SimulatedEvent {
        let member = SimulatedMember(
            name: "m01", memberClass: "bank", weight: 1, products: [], reportsByNight: false)
        return SimulatedEvent(
            receivedTime: start, memberIndex: 0, member: member, content: content, person: person, labels: [])
    }

    private func loan(_ applicant: JSON, person: Int) -> SimulatedEvent {
        let subject = JSON.object(["role": "borrower", "applicant": applicant])
        return event(.record(.object(["kind": "loanEvent", "subjects": [subject]])), person: person)
    }

    private func report(_ id: String, _ code: JSON, _ applicant: JSON, role: JSON = "perpetrator") -> SimulatedEvent {
        let subject = JSON.object(["role": role, "applicant": applicant])
        return event(
            .record(
                .object(["recordID": .string(id), "kind": "report", "code": code, "subjects": [subject]])), person: 9)
    }

    @Test("a national ID is one subject in loans, checks and reports, and a shared device has two")
    func subjects() {
        var feed = feed
        feed.take(loan(applicant("A", device: "d"), person: 1))
        feed.take(loan(applicant("B", device: "d"), person: 2))
        feed.take(event(.check(.object(["mode": "hard", "applicant": applicant("A", device: "d")])), person: 1))
        feed.take(report("r1", "FRD-RING", applicant("A", device: "d")))
        #expect(feed.graph.subjectCount == 2 && feed.graph.identifierCount == 3)
        #expect(feed.persons == [1, 2])
        #expect(feed.graph.degree(of: IdentifierNumber(1)) == 2)
    }

    @Test("without a national ID every case has a subject of its own")
    func provisional() {
        var feed = feed
        feed.take(loan(applicant(nil, device: "d"), person: 1))
        feed.take(loan(applicant(nil, device: "d"), person: 1))
        #expect(feed.graph.subjectCount == 2 && feed.graph.identifierCount == 1)
    }

    @Test("a soft check leaves nothing behind")
    func softCheck() {
        var feed = feed
        feed.take(event(.check(.object(["mode": "soft", "applicant": applicant("A", device: "d")])), person: 1))
        #expect(feed.graph.subjectCount == 0 && feed.graph.identifierCount == 0)
    }

    @Test("who stands in another's application is linked in that role alone, and staff is of its own kind")
    func roles() {
        var feed = feed
        let others: JSON = [
            .object(["role": "contact", "phones": ["13"]]),
            .object(["role": "staff", "nationalIDs": [.object(["scheme": "cn-rid", "value": "S"])]]),
        ]
        feed.take(loan(applicant("A", device: "d", others: others), person: 1))
        let graph = feed.graph
        #expect(graph.subjectCount == 1 && graph.identifierCount == 4)
        let kinds = (0..<4).map { graph.kind(of: IdentifierNumber(UInt32($0))) }
        #expect(kinds == [.nationalID, .device, .phone, .staff])
        #expect((0..<4).map { graph.degree(of: IdentifierNumber(UInt32($0))) } == [1, 1, 0, 0])
    }

    @Test("a report of fraud stands until it is retracted, and other reports and victims are none of fraud")
    func reports() {
        var feed = feed
        feed.take(report("r1", "FRD-RING", applicant("A", device: "d")))
        feed.take(report("r2", "CRD-OD-1", applicant("B", device: "e")))
        feed.take(report("r3", "FRD-STACK", applicant("C", device: "f"), role: "victim"))
        #expect((0..<3).map { feed.isReported(SubjectNumber($0)) } == [true, false, false])
        #expect(feed.graph.edgeCount == 6)
        feed.take(event(.record(.object(["kind": "retraction", "retracts": "r1"])), person: 9))
        feed.take(event(.record(.object(["kind": "retraction", "retracts": "unknown"])), person: 9))
        #expect(!feed.isReported(SubjectNumber(0)) && feed.graph.edgeCount == 4)
    }
}
