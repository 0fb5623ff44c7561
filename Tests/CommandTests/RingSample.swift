import Exchange
import Records
import TestSupport
import Vocabulary

/// Invented rings: clusters of persons around devices and phones, some reported, with what single persons have.
struct RingSample {
    static let asOf = Instant(seconds: 1_780_000_000)
    static let firstDay = 20_300
    private var random: SeededGenerator
    private var subjects: [RingPicture.Subject] = []
    private var identifiers: [RingPicture.Identifier] = []
    private var edges: [RingPicture.Edge] = []

    private static let kinds: [IdentifierKind] = [
        .device, .phone, .card, .address, .email, .phone, .device, .card, .employer, .nameBirthDate, .staff,
        .nationalID,
    ]

    static func day(_ offset: Int) -> CalendarDate { CalendarDate(daysSince1970: firstDay + offset) }

    /// - Parameter nodes: persons and identifiers together, at least 6.
    static func picture(nodes: Int, seed: UInt64) throws -> RingPicture {
        var sample = RingSample(seed: seed)
        let persons = nodes * 6 / 10
        for number in 1...persons { sample.addSubject(number) }
        for number in 1...(nodes - persons) { sample.addIdentifier(number, of: nodes - persons) }
        return try RingPicture(
            ring: RingName(.ring, 12), aliases: [RingName(.ring, 7)], status: .reported, asOf: asOf,
            subjects: sample.subjects, identifiers: sample.identifiers, edges: sample.edges)
    }

    private init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    private mutating func addSubject(_ number: Int) {
        let first = Int.random(in: 0...150, using: &random)
        let isReported = number == 2 || number % 11 == 0
        let standing: RingPicture.Report.Standing = number % 22 == 0 ? .disputed : .confirmed
        let codes = ["FRD-FIRST-PARTY", "FRD-ID-FALSE", "FRD-DOC", "SUS-PATTERN"]
        let reports = (0..<(number == 11 ? 3 : 1)).compactMap { index in
            (try? CodeName(codes[(number + index) % codes.count])).map { code in
                RingPicture.Report(
                    code: code, tier: .e3, age: .days30To90, reporters: try? ShownBand("2"), standing: standing)
            }
        }
        subjects.append(
            RingPicture.Subject(
                node: PictureNode(.subject, UInt32(number)), firstSeen: Self.day(first),
                lastSeen: Self.day(first + 20), reports: isReported ? reports : [], isProtected: number % 17 == 5,
                newSince: first > 135 ? Self.day(first) : nil))
    }

    /// The first are shared by a cluster, later ones by two neighbours, the last by one person alone.
    private mutating func addIdentifier(_ number: Int, of count: Int) {
        let persons = subjects.count
        let kind = Self.kinds[(number - 1) % Self.kinds.count]
        let share = number * 10 / count
        var owners: Set<Int> = []
        switch share {
        case 0...2:
            let middle = (number * persons * 10 / (3 * count + 1)) % persons
            let size = 2 + Int.random(in: 0...5, using: &random)
            for offset in 0...size { owners.insert((middle + offset) % persons) }
        case 3...7:
            let one = Int.random(in: 0..<persons, using: &random)
            owners = [one, (one + 1 + Int.random(in: 0...2, using: &random)) % persons]
        default: owners = [Int.random(in: 0..<persons, using: &random)]
        }
        if number == count { for index in 0..<max(persons / 4, 2) { owners.insert(index * 3 % persons) } }
        add(kind, number, owners.sorted(), isHub: number == count)
    }

    private mutating func add(_ kind: IdentifierKind, _ number: Int, _ owners: [Int], isHub: Bool) {
        let node = PictureNode(.identifier, UInt32(number))
        var (firsts, owning): ([Int], Int) = ([], 0)
        for (index, owner) in owners.enumerated() {
            let subject = subjects[owner]
            let first = subject.firstSeen.daysSince1970 - Self.firstDay + Int.random(in: 0...10, using: &random)
            firsts.append(first)
            let role: IdentifierRole = index > 0 && (number * 7 + index) % 13 == 0 ? .contact : .own
            owning += role == .own ? 1 : 0
            edges.append(
                RingPicture.Edge(
                    subject: subject.node, identifier: node, role: role,
                    members: 1 + (Int.random(in: 0...9, using: &random) + 1) / 5, firstSeen: Self.day(first),
                    lastSeen: Self.day(first + 12)))
        }
        identifiers.append(
            RingPicture.Identifier(
                node: node, kind: kind, degree: owning + (isHub ? 61 : 0), members: 3, isDemoted: isHub,
                firstSeen: Self.day(firsts.min() ?? 0), lastSeen: Self.day((firsts.max() ?? 0) + 12)))
    }
}
