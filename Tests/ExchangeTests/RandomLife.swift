import ConsortiumSupport
import Records
import TestSupport
import Vocabulary

/// What five lenders might furnish about a few people, from a seed: loans with their stages, reports, markers, and
/// corrections of some of them.
struct RandomLife {
    struct Event {
        let member: Int
        let statements: [Statement]
        /// The name of the statement that must have arrived before, if any.
        var after: String?
        let name: String
    }

    let people: [Person]
    private(set) var events: [Event] = []

    init(seed: UInt64, now: Instant, loans: Int = 40) {
        var generator = SeededGenerator(seed: seed)
        people = (0..<6).map { number in
            // Phones and devices are shared by some.
            Person("person-\(number)", .nationalID, .email).with(
                Invented(.phone, "phone-\(number / 2)"), Invented(.device, "device-\(number / 3)"))
        }
        for loan in 0..<loans { addLoan(loan, now: now, &generator) }
        for report in 0..<loans / 4 { addReport(report, now: now, &generator) }
    }

    private mutating func addLoan(_ loan: Int, now: Instant, _ generator: inout SeededGenerator) {
        let member = Int.random(in: 0..<5, using: &generator)
        let start = Int.random(in: 0..<400, using: &generator)
        let person = people.randomElement(using: &generator) ?? people[0]
        let opening = "L\(loan)/applied"
        let stages: [LoanStage] = [.approved, .signed, .disbursed, .paid, .settled]
        events.append(
            Event(
                member: member,
                statements: [.loan("L\(loan)", .applied, of: person, at: now.adding(days: -start), name: opening)],
                name: opening))
        for (step, stage) in stages.prefix(Int.random(in: 0...5, using: &generator)).enumerated() {
            let time = now.adding(days: -start).adding(seconds: Int64(step + 1) * 3600)
            events.append(
                Event(
                    member: member, statements: [.loan("L\(loan)", stage, at: min(time, now))], after: opening,
                    name: "L\(loan)/\(stage.name)"))
        }
        guard Int.random(in: 0..<8, using: &generator) == 0 else { return }
        events.append(
            Event(
                member: member, statements: [.retraction(of: opening, at: now)], after: opening,
                name: "retraction of \(opening)"))
    }

    private mutating func addReport(_ number: Int, now: Instant, _ generator: inout SeededGenerator) {
        let member = Int.random(in: 0..<5, using: &generator)
        let time = now.adding(days: -Int.random(in: 0..<300, using: &generator))
        let person = people.randomElement(using: &generator) ?? people[0]
        let name = "report-\(number)"
        switch Int.random(in: 0..<4, using: &generator) {
        case 0:
            events.append(
                Event(
                    member: member,
                    statements: [.marker("VIC-IMPERSONATED", for: person, at: time, name: name)], name: name))
        case 1:
            let instrument = person.only(.phone, .device).as(.perpetrator)
            events.append(
                Event(
                    member: member,
                    statements: [.report("FRD-ID-IMPERSONATE", on: instrument, at: time, name: name)], name: name))
        default:
            events.append(
                Event(
                    member: member,
                    statements: [.report("FRD-FIRST-PARTY", on: person.as(.perpetrator), at: time, name: name)],
                    name: name))
            guard number.isMultiple(of: 3) else { return }
            events.append(
                Event(
                    member: member, statements: [.retraction(of: name, at: now)], after: name,
                    name: "retraction of \(name)"))
        }
    }

    /// The same events in another order of arrival, in which nothing comes before what it refers to.
    func shuffled(seed: UInt64) -> [Event] {
        var generator = SeededGenerator(seed: seed)
        var order: [Event] = []
        var waiting = events.shuffled(using: &generator)
        var arrived: Set<String> = []
        while !waiting.isEmpty {
            // What lacks its antecedent waits for the next round.
            let ready = waiting.filter { $0.after.map { arrived.contains($0) } ?? true }
            waiting = waiting.filter { $0.after.map { !arrived.contains($0) } ?? false }
            order += ready
            arrived.formUnion(ready.map(\.name))
            waiting.shuffle(using: &generator)
        }
        return order
    }
}

extension CoreConsortium {
    mutating func live(_ events: [RandomLife.Event]) throws {
        for event in events { try furnish(event.statements, by: event.member) }
    }
}
