import ConsortiumSupport
import Exchange
import Records
import Registry
import TestSupport
import Testing
import Vocabulary

@Suite("Findings about identities")
struct DuplicateOrderTests {
    /// What happened, in an order of its own for each seed: few people, few identifiers, so that all of them meet.
    static func events(seed: UInt64, now: Instant) -> [(member: Int, statement: Statement)] {
        var generator = SeededGenerator(seed: seed)
        func pick(_ kind: IdentifierKind, _ count: Int, _ role: IdentifierRole = .own) -> Invented {
            Invented(kind, "\(kind.name)-\(Int.random(in: 0..<count, using: &generator))", role: role)
        }
        return (0..<90).map { number in
            var person = Person([pick(.nationalID, 12)])
            if Bool.random(using: &generator) { person = person.with(pick(.nameBirthDate, 4)) }
            for (kind, count) in [(IdentifierKind.phone, 5), (.device, 3), (.card, 4)]
            where Bool.random(
                using: &generator
            ) {
                person = person.with(pick(kind, count))
            }
            if number % 4 == 0 { person = person.with(pick(.phone, 5, .contact)) }
            if number % 20 == 0 { person = person.with(Invented(.nationalID, "renewed-\(number)")) }
            let at = now.adding(days: -Int.random(in: 0..<60, using: &generator))
            let statement: Statement =
                switch number % 30 {
                case 0: .marker("PRO-SELF", for: person, at: at, name: "r\(number)")
                case 1...4: .report("FRD-DOC", on: person.as(.perpetrator), at: at, name: "r\(number)")
                default: .loan("L\(number)", .applied, of: person, at: at, name: "r\(number)")
                }
            return (Int.random(in: 0..<5, using: &generator), statement)
        }
    }

    static let asked = (0..<12).map { number in
        Person([
            Invented(.nationalID, "nationalID-\(number)"), Invented(.nameBirthDate, "nameBirthDate-\(number % 4)"),
            Invented(.phone, "phone-\(number % 5)"), Invented(.device, "device-\(number % 3)"),
            Invented(.card, "card-\(number % 4)"), Invented(.phone, "phone-\((number + 1) % 5)", role: .contact),
        ])
    }

    static func told(_ consortium: CoreConsortium) throws -> [String] {
        var consortium = consortium
        return try asked.map { JSON.array(try consortium.ask(about: $0, by: 0, profile: nil).identity).text }
    }

    @Test("are the same in whatever order the records came", arguments: [11, 12] as [UInt64])
    func orderDoesNotMatter(seed: UInt64) throws {
        var answers: [[String]] = []
        for shuffle in 0..<3 as Range<UInt64> {
            var consortium = try CoreConsortium()
            var generator = SeededGenerator(seed: seed &+ shuffle &* 1000)
            var events = Self.events(seed: seed, now: consortium.now)
            if shuffle > 0 { events.shuffle(using: &generator) }
            for (member, statement) in events { try consortium.furnish(statement, by: member) }
            answers.append(try Self.told(consortium))
        }
        #expect(Set(answers).count == 1, "seed \(seed)")
        #expect(answers[0].count { $0 != "[]" } > 6, "seed \(seed): hardly anything is found")
    }

    @Test("are the same again for what was known then, whatever came since", arguments: [21, 22] as [UInt64])
    func pastAnswersAreKept(seed: UInt64) throws {
        var consortium = try CoreConsortium()
        let events = Self.events(seed: seed, now: consortium.now)
        for (member, statement) in events.prefix(60) { try consortium.furnish(statement, by: member) }
        let then = AsOf(instant: consortium.now, basis: .received)
        let before = try Self.told(consortium)
        consortium.now = consortium.now.adding(seconds: 60)
        for (member, statement) in events.dropFirst(60) { try consortium.furnish(statement, by: member) }
        let again = try Self.asked.map { person in
            JSON.array(try consortium.ask(about: person, by: 0, profile: nil, asOf: then).identity).text
        }
        let later = try Self.told(consortium)
        #expect(again == before && later != before, "seed \(seed)")
    }

    @Test("name no identifier, no member and no loan", arguments: [31] as [UInt64])
    func nobodyIsNamed(seed: UInt64) throws {
        var consortium = try CoreConsortium()
        let events = Self.events(seed: seed, now: consortium.now)
        for (member, statement) in events { try consortium.furnish(statement, by: member) }
        var traces = Traces()
        for person in Self.asked { traces.add(person) }
        for (_, statement) in events { for subject in statement.subjects { traces.add(Person(subject.identifiers)) } }
        for member in consortium.lenders.sample.members { traces.add("a member's name", member.id.name) }
        for text in try Self.told(consortium) { #expect(traces.found(in: text) == []) }
    }
}
