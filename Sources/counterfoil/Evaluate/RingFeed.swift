import Linkage
import Simulation
import Vocabulary

/// What a node would make of a simulated consortium's events for linkage: subjects, identifiers, evidence and marks.
///
/// Texts stand for tokens: with canonical values equal texts are equal tokens. A subject is a national ID, else one
/// case's subject. Loans name their borrower once, hard checks their applicant, reports their subjects.
struct RingFeed {
    private struct Value: Hashable {
        let kind: IdentifierKind
        let text: String
    }

    private struct Told {
        var edges: [Edge] = []
        var marked: [SubjectNumber] = []
        let caseNumber: UInt32
    }

    private(set) var graph: Graph
    /// The person behind each subject, by its number; `nil` while no loan or check has shown who it is.
    private(set) var persons: [Int?] = []
    /// Cases of standing reports of fraud.
    private var fraudCases: Set<UInt32> = []
    private var identifiers: [Value: IdentifierNumber] = [:]
    private var subjects: [IdentifierNumber: SubjectNumber] = [:]
    private var reports: [String: Told] = [:]
    private var caseCount: UInt32 = 0

    init(rules: LinkageRules, start: Instant) {
        graph = Graph(rules: rules, today: GraphDay(start))
    }

    mutating func advance(to now: Instant) {
        if GraphDay(now) > graph.today { graph.advance(to: GraphDay(now)) }
    }

    mutating func take(_ event: SimulatedEvent) {
        advance(to: event.receivedTime)
        switch event.content {
        case .check(let json):
            guard json["mode"]?.string == "hard", let applicant = json["applicant"] else { return }
            var told = newCase()
            add(applicant, of: event, to: &told)
        case .record(let json): take(json, of: event)
        case .dispute: return
        }
    }

    /// Whether a report of fraud stands against the subject.
    func isReported(_ subject: SubjectNumber) -> Bool {
        graph.hasMarks(subject)
            && graph.marks(of: subject).contains { !$0.isProtective && fraudCases.contains($0.caseNumber) }
    }

    private mutating func take(_ record: JSON, of event: SimulatedEvent) {
        switch record["kind"]?.string {
        case "loanEvent":
            guard let subjects = record["subjects"]?.array else { return }
            var told = newCase()
            for subject in subjects { subject["applicant"].map { add($0, of: event, to: &told) } }
        case "report", "marker": report(record, of: event)
        case "retraction":
            guard let id = record["retracts"]?.string, let told = reports.removeValue(forKey: id) else { return }
            for edge in told.edges { graph.remove(edge, caseNumber: told.caseNumber) }
            for subject in told.marked { graph.unmark(subject, caseNumber: told.caseNumber) }
            fraudCases.remove(told.caseNumber)
        default: return
        }
    }

    private mutating func report(_ record: JSON, of event: SimulatedEvent) {
        guard let id = record["recordID"]?.string, let code = record["code"]?.string else { return }
        var told = newCase()
        for (position, subject) in (record["subjects"]?.array ?? []).enumerated() {
            guard let applicant = subject["applicant"] else { continue }
            let number = add(applicant, of: nil, by: event, to: &told)
            let isVictim = subject["role"]?.string == "victim"
            let mark = Mark(
                caseNumber: told.caseNumber, position: UInt8(clamping: position),
                isProtective: isVictim || record["kind"] == "marker")
            graph.mark(number, mark)
            told.marked.append(number)
        }
        if code.hasPrefix("FRD-") { fraudCases.insert(told.caseNumber) }
        reports[id] = told
    }

    private mutating func newCase() -> Told {
        caseCount += 1
        return Told(caseNumber: caseCount)
    }

    private mutating func add(_ applicant: JSON, of event: SimulatedEvent, to told: inout Told) {
        add(applicant, of: event.person, by: event, to: &told)
    }

    /// - Parameter person: who the applicant is; `nil` in reports, which may name somebody else.
    @discardableResult
    private mutating func add(
        _ applicant: JSON, of person: Int?, by event: SimulatedEvent, to told: inout Told
    ) -> SubjectNumber {
        let values = Self.values(of: applicant)
        let numbers = values.map { (identifier($0.value), $0.role) }
        let subject = subject(numbers.first { $0.1 == .own && graph.kind(of: $0.0) == .nationalID }?.0)
        if let person { persons[Int(subject.rawValue)] = person }
        let evidence = Evidence(
            caseNumber: told.caseNumber, member: UInt16(clamping: event.memberIndex),
            day: GraphDay(event.receivedTime))
        for (identifier, role) in numbers {
            let edge = Edge(subject, identifier, role)
            graph.add(edge, evidence)
            told.edges.append(edge)
        }
        return subject
    }

    private mutating func subject(_ nationalID: IdentifierNumber?) -> SubjectNumber {
        if let known = nationalID.flatMap({ subjects[$0] }) { return known }
        let subject = graph.addSubject()
        persons.append(nil)
        if let nationalID { subjects[nationalID] = subject }
        return subject
    }

    private mutating func identifier(_ value: Value) -> IdentifierNumber {
        if let known = identifiers[value] { return known }
        let number = graph.addIdentifier(value.kind)
        identifiers[value] = number
        return number
    }

    /// The identifiers of an applicant's document and of who stands in it, with the roles and kinds that a gateway
    /// gives them: employers are workplaces, a lender's staff is of a kind of its own.
    private static func values(of applicant: JSON) -> [(value: Value, role: IdentifierRole)] {
        var values = exact(applicant).map { (Value(kind: $0.0, text: $0.1), IdentifierRole.own) }
        for address in applicant["addresses"]?.array ?? [] {
            address["line"]?.string.map { values.append((Value(kind: .address, text: $0), .own)) }
        }
        for employer in applicant["employers"]?.array ?? [] {
            employer.string.map { values.append((Value(kind: .employer, text: $0), .workplace)) }
        }
        for other in applicant["related"]?.array ?? [] {
            guard let role = other["role"]?.string.flatMap(IdentifierRole.init(name:)) else { continue }
            for (kind, text) in exact(other) {
                values.append((Value(kind: role == .staff ? .staff : kind, text: text), role))
            }
        }
        return values
    }

    private static func exact(_ json: JSON) -> [(IdentifierKind, String)] {
        func texts(_ name: String) -> [String] { json[name]?.array?.compactMap(\.string) ?? [] }
        func pairs(_ name: String) -> [String] { json[name]?.array?.compactMap { $0["value"]?.string } ?? [] }
        return pairs("nationalIDs").map { (.nationalID, $0) } + texts("phones").map { (.phone, $0) }
            + texts("cards").map { (.card, $0) } + pairs("devices").map { (.device, $0) }
            + texts("emails").map { (.email, $0) }
    }
}
