import Exchange
import Records
import Testing
import Vocabulary

@testable import counterfoil

@Suite("A ring in words")
struct RingTextTests {
    static func day(_ offset: Int) -> CalendarDate { CalendarDate(daysSince1970: 20_500 + offset) }

    static func subject(
        _ number: UInt32, _ reports: [RingPicture.Report] = [], isProtected: Bool = false
    ) -> RingPicture.Subject {
        RingPicture.Subject(
            node: PictureNode(.subject, number), firstSeen: day(Int(number)), lastSeen: day(Int(number) + 30),
            reports: reports, isProtected: isProtected, newSince: number == 3 ? day(3) : nil)
    }

    static func identifier(
        _ number: UInt32, _ kind: IdentifierKind, degree: Int, isDemoted: Bool = false
    ) -> RingPicture.Identifier {
        RingPicture.Identifier(
            node: PictureNode(.identifier, number), kind: kind, degree: degree, members: 2, isDemoted: isDemoted,
            firstSeen: day(1), lastSeen: day(40))
    }

    static func edge(_ subject: UInt32, _ identifier: UInt32) -> RingPicture.Edge {
        RingPicture.Edge(
            subject: PictureNode(.subject, subject), identifier: PictureNode(.identifier, identifier), members: 1,
            firstSeen: day(1), lastSeen: day(40))
    }

    /// A device joins three, a card two of them; a hotline's phone joins nobody.
    static func small() throws -> RingPicture {
        let report = RingPicture.Report(
            code: try CodeName("FRD-FIRST-PARTY"), tier: .e3, age: .days30To90, reporters: nil, standing: .confirmed)
        return try RingPicture(
            ring: RingName(.ring, 12), aliases: [RingName(.ring, 7)], status: .reported,
            asOf: Instant(seconds: 1_780_000_000),
            subjects: [subject(1), subject(2, [report]), subject(3, [], isProtected: true)],
            identifiers: [
                identifier(1, .device, degree: 3), identifier(2, .card, degree: 2),
                identifier(3, .phone, degree: 61, isDemoted: true),
            ], edges: [edge(1, 1), edge(2, 1), edge(3, 1), edge(1, 2), edge(3, 2), edge(1, 3), edge(2, 3)])
    }

    @Test("a small ring, whole")
    func golden() throws {
        #expect(
            RingText(try Self.small()).text == """
                Ring R-12: reported
                  Persons      3, 1 of them reported
                  Identifiers  1 phone, 1 bank card, 1 device
                  Seen         2026-02-17 to 2026-03-28
                  Once         R-7
                  As of        2026-05-28T20:26:40Z

                Reports
                  PERSON  CODE             EVIDENCE  AGE     REPORTERS  STANDING
                  s2      FRD-FIRST-PARTY  E3        30-90d  ·          confirmed

                Persons
                  PERSON  FIRST SEEN  LAST SEEN   IDENTIFIERS  MARKS
                  s1      2026-02-17  2026-03-19  i1, i2, i3
                  s2      2026-02-18  2026-03-20  i1, i3       reported
                  s3      2026-02-19  2026-03-21  i1, i2       protected, new since 2026-02-19

                What they share
                  IDENTIFIER  KIND       PERSONS  MEMBERS  FIRST SEEN  LAST SEEN
                  i3          phone      61       2        2026-02-17  2026-03-28  too widely shared
                  i1          device     3        2        2026-02-17  2026-03-28
                  i2          bank card  2        2        2026-02-17  2026-03-28

                How they hang together
                  s2 person  ! FRD-FIRST-PARTY E3
                    └ i1 device of 3
                      └ s1 person (also i3)
                        └ i2 bank card of 2 (also s3)
                      └ s3 person  protected (also i2)
                    └ i3 phone of 61, too widely shared (also s1)

                """)
    }

    @Test("every line fits 100 columns, whatever the ring", arguments: [6, 60, 400])
    func columns(nodes: Int) throws {
        let text = RingText(try RingSample.picture(nodes: nodes, seed: 4)).text
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= RingText.columns })
    }

    @Test("what is too long is cut and says so")
    func cut() throws {
        let subjects = (1...600).map { Self.subject(UInt32($0)) }
        let picture = try RingPicture(
            ring: RingName(.ring, 1), status: .group, asOf: Instant(seconds: 0), subjects: subjects,
            identifiers: [Self.identifier(1, .device, degree: 600)], edges: (1...600).map { Self.edge(UInt32($0), 1) },
            isTruncated: true)
        let text = RingText(picture).text
        #expect(text.contains("… and 400 more: --json has all of them"))
        #expect(text.contains("  … and 201 more\n"))
        #expect(text.contains("larger than what is shown"))
        #expect(!text.contains("Reports\n"))
    }

    @Test("lists, candidates, discoveries and events say what they are")
    func lists() throws {
        let day = Self.day(0)
        let (time, name) = (Instant(seconds: 1_780_000_000), try ListedName("sharedDevice"))
        let line = RingSummary(
            ring: RingName(.candidate, 5), status: .candidate, subjects: 9, members: 4, reported: 0, firstSeen: day,
            lastSeen: day, score: 812, reasons: [.init(code: name, values: [], sentence: "Nine share two devices.")])
        #expect(RingList(asOf: time, rings: [line], hasMore: true).text.hasSuffix("add --after C-5.\n"))
        #expect(RingList(asOf: time, rings: [], hasMore: false).text == "There are no rings.\n")
        let candidates = RingCandidateList(foundAt: time, candidates: [line]).text
        #expect(candidates.contains("C-5: 9 persons at 4 members") && candidates.contains("  - Nine share two"))
        #expect(candidates.hasSuffix("Candidates are no reports.\n"))
        #expect(RingCandidateList(foundAt: nil, candidates: []).text.contains("ring discover"))
        let run = DiscoveryStatus.Run(
            finishedAt: time, seconds: 40, candidates: 31, decidedOf20: 11, confirmedOf20: 10)
        let none = DiscoveryStatus.Run(finishedAt: time, seconds: 1, candidates: 0, decidedOf20: 0, confirmedOf20: 0)
        let status = DiscoveryStatus(
            running: .init(startedAt: time, stage: "peeling", done: 256), runs: [run, none]
        ).text
        #expect(status.contains("peeling, 25 % done") && status.contains("0.90") && status.contains("0   "))
        let hub = try HubName(kind: .phone, pseudonym: "H-7K3F9Q2M")
        let event = RingEvent(sequence: 3, at: time, fact: .hubBurst(hub, newSubjects: 12))
        let events = RingEvents(events: [event], cursor: 3, hasMore: true).text
        #expect(events.contains("phone H-7K3F9Q2M, which links nobody, gained 12 persons"))
        #expect(events.contains("--after 3"))
    }
}
