import Exchange
import Records
import Sodium
import Testing
import Vocabulary

@Suite("Documents about rings")
struct RingWireTests {
    static let day = CalendarDate(daysSince1970: 20_400)
    static let time = Instant(seconds: 1_780_000_000)

    static func subject(_ number: UInt32, reports: [RingPicture.Report] = []) -> RingPicture.Subject {
        .init(node: PictureNode(.subject, number), firstSeen: day, lastSeen: day, reports: reports, newSince: day)
    }

    static func identifier(_ number: UInt32, _ kind: IdentifierKind = .phone) -> RingPicture.Identifier {
        .init(
            node: PictureNode(.identifier, number), kind: kind, degree: 2, members: 2, isDemoted: true,
            firstSeen: day, lastSeen: day)
    }

    static func edge(_ subject: UInt32, _ identifier: UInt32) -> RingPicture.Edge {
        .init(
            subject: PictureNode(.subject, subject), identifier: PictureNode(.identifier, identifier), members: 1,
            firstSeen: day, lastSeen: day)
    }

    static func picture() throws -> RingPicture {
        let report = RingPicture.Report(
            code: try CodeName("FRD-DOC"), tier: .e3, age: .days30To90, reporters: try ShownBand("3-4"),
            standing: .disputed)
        return try RingPicture(
            ring: RingName(.ring, 12), aliases: [RingName(.ring, 3)], status: .reported, asOf: time,
            subjects: [subject(1, reports: [report]), subject(2)],
            identifiers: [identifier(1), identifier(2, .device)],
            edges: [edge(1, 1), edge(2, 1), edge(2, 2)], isTruncated: true)
    }

    /// A document with one field written differently, by its path.
    static func changing(_ json: JSON, _ path: [String], to value: JSON?) -> JSON {
        guard let first = path.first else { return value ?? .null }
        switch json {
        case .object(let members):
            var changed = members.filter { $0.name != first }
            let inner = members.first { $0.name == first }?.value ?? .null
            if path.count > 1 || value != nil {
                changed.append(JSON.Member(first, changing(inner, Array(path.dropFirst()), to: value)))
            }
            return .object(changed)
        case .array(var elements):
            let index = Int(first) ?? 0
            elements[index] = changing(elements[index], Array(path.dropFirst()), to: value)
            return .array(elements)
        case .null, .bool, .integer, .string: return json
        }
    }

    @Test("a picture is read as it was written")
    func pictureReturns() throws {
        let picture = try Self.picture()
        #expect(try RingPicture(parsing: picture.json.bytes) == picture)
    }

    @Test(
        "a picture with anything else in it is refused, by its place",
        arguments: [
            (["owner"], "x", "owner"), (["subjects", "0", "token"], "x", "subjects[0].token"),
            (["subjects", "0", "reports", "0", "member"], "x", "subjects[0].reports[0].member"),
            (["identifiers", "1", "index"], "x", "identifiers[1].index"),
            (["edges", "2", "case"], "x", "edges[2].case"),
        ] as [([String], JSON, String)])
    func unknownFields(path: [String], value: JSON, place: String) throws {
        let json = Self.changing(try Self.picture().json, path, to: value)
        let problem = #expect(throws: Problem.self) { try RingPicture(parsing: json.bytes) }
        #expect(problem?.code == .unknownField && problem?.path == place)
    }

    @Test(
        "a picture that contradicts itself or goes beyond its words is refused",
        arguments: [
            (["ring"], "X-1"), (["ring"], "R-0"), (["ring"], "R-012"), (["ring"], "R-"), (["ring"], "R-4294967296"),
            (["aliases"], ["12"]), (["status"], "proved"), (["asOf"], "yesterday"), (["truncated"], "no"),
            (["subjects", "0", "node"], "i1"), (["subjects", "0", "node"], "s2"), (["subjects", "0", "node"], "s01"),
            (["subjects", "0", "node"], "s2001"), (["subjects", "0", "firstSeen"], "2026-02-30"),
            (["subjects", "0", "lastSeen"], "2020-01-01"), (["subjects", "0", "reports", "0", "code"], "frd"),
            (["subjects", "0", "reports", "0", "tier"], "E9"), (["subjects", "0", "reports", "0", "age"], "old"),
            (["subjects", "0", "reports", "0", "reporters"], "3-"),
            (["subjects", "0", "reports", "0", "reporters"], "+"),
            (["subjects", "0", "reports", "0", "standing"], "true"), (["identifiers", "0", "kind"], "passport"),
            (["identifiers", "0", "degree"], -1), (["edges", "0", "members"], 0), (["edges", "0", "role"], "friend"),
            (["edges", "0", "subject"], "s9"), (["edges", "0", "identifier"], "i9"),
            (["edges", "0", "identifier"], "s1"), (["edges", "0", "subject"], "s2"),
        ] as [([String], JSON)])
    func refused(path: [String], value: JSON) throws {
        let json = Self.changing(try Self.picture().json, path, to: value)
        let problem = #expect(throws: Problem.self) { try RingPicture(parsing: json.bytes) }
        #expect(problem?.code == .invalidField)
        #expect(problem?.path?.hasPrefix(path[0]) == true, "\(problem?.path ?? "")")
    }

    @Test("a picture without one of its fields is refused", arguments: ["ring", "status", "edges", "truncated"])
    func missing(name: String) throws {
        let json = Self.changing(try Self.picture().json, [name], to: nil)
        #expect(throws: (any Error).self) { try RingPicture(parsing: json.bytes) }
    }

    @Test("a picture has at most 2,000 nodes and 10,000 edges, and as many are read")
    func limits() throws {
        func make(subjects: UInt32, identifiers: UInt32, edges: Int) throws -> RingPicture {
            let pairs = (0..<edges).map { Self.edge(UInt32($0) % subjects + 1, UInt32($0) / subjects + 1) }
            return try RingPicture(
                ring: RingName(.candidate, 1), status: .candidate, asOf: Self.time,
                subjects: (1...subjects).map { Self.subject($0) },
                identifiers: (1...identifiers).map { Self.identifier($0) }, edges: pairs)
        }
        let largest = try make(subjects: 1000, identifiers: 1000, edges: 10_000)
        #expect(try RingPicture(parsing: largest.json.bytes).edges.count == 10_000)
        #expect(throws: FieldFailure.self) { try make(subjects: 1000, identifiers: 1001, edges: 1) }
        #expect(throws: FieldFailure.self) { try make(subjects: 1000, identifiers: 1000, edges: 10_001) }
    }

    @Test("a decision is read as it was written, and holds no token")
    func decisions() throws {
        let opening = Opening(salt: SHA256.hash([1]).value, token: SHA256.hash([2]).value)
        let all: [RingDecision.Decision] = [
            .confirm(candidate: RingName(.candidate, 5), note: "nine files"),
            .dismiss(candidate: RingName(.candidate, 6), note: "a family"),
            .seedHub(kind: .phone, commitment: .of(.phone, opening)),
        ]
        for what in all {
            let decision = RingDecision(
                consortium: "demo", admin: "admin-1", decision: RecordID(high: 1, low: 2), madeAt: Self.time,
                what: what)
            #expect(try RingDecision(parsing: decision.json.bytes) == decision)
            #expect(!decision.json.text.contains(opening.token.base64))
        }
    }

    @Test(
        "a decision that is none, two, or about something else is refused",
        arguments: [
            (["confirm"], nil), (["dismiss"], .object(["candidate": "C-5", "note": "x"])),
            (["confirm", "candidate"], "R-5"),
            (["confirm", "note"], ""), (["confirm", "note"], .string(String(repeating: "x", count: 401))),
            (["confirm", "token"], "x"), (["confirm", "note"], nil), (["decision"], "1"), (["extra"], 1),
            (["admin"], nil),
        ] as [([String], JSON?)])
    func badDecisions(path: [String], value: JSON?) {
        let good = RingDecision(
            consortium: "demo", admin: "admin-1", decision: RecordID(high: 1, low: 2), madeAt: Self.time,
            what: .confirm(candidate: RingName(.candidate, 5), note: "nine files"))
        let json = Self.changing(good.json, path, to: value)
        #expect(throws: Problem.self) { try RingDecision(parsing: json.bytes) }
    }

    @Test("lists, candidates, discoveries and outcomes are read as they were written")
    func answersReturn() throws {
        let reason = RingReason(
            code: try ListedName("sharedDevice"), values: [.init(try ListedName("persons"), 9)],
            sentence: "Nine persons share two devices.")
        let line = RingSummary(
            ring: RingName(.candidate, 5), status: .candidate, subjects: 9, members: 4, reported: 0,
            firstSeen: Self.day, lastSeen: Self.day, score: 812, reasons: [reason])
        let list = RingList(asOf: Self.time, rings: [line], hasMore: true)
        #expect(try RingList(parsing: list.json.bytes) == list)
        for foundAt in [nil, Self.time] {
            let candidates = RingCandidateList(foundAt: foundAt, candidates: [line])
            #expect(try RingCandidateList(parsing: candidates.json.bytes) == candidates)
        }
        let run = DiscoveryStatus.Run(
            finishedAt: Self.time, seconds: 40, candidates: 31, decidedOf20: 12, confirmedOf20: 11)
        for running in [nil, DiscoveryStatus.Progress(startedAt: Self.time, stage: "components", done: 250)] {
            let status = DiscoveryStatus(running: running, runs: [run])
            #expect(try DiscoveryStatus(parsing: status.json.bytes) == status)
        }
        let outcome = RingDecisionOutcome(
            decision: RecordID(high: 1, low: 2), status: .recorded, ring: RingName(.ring, 7))
        #expect(try RingDecisionOutcome(parsing: outcome.json.bytes) == outcome)
    }

    @Test("every event is read as it was written, and fields of later versions are passed over")
    func eventsReturn() throws {
        let hub = try HubName(kind: .phone, pseudonym: "H-7K3F9Q2M")
        let (one, other) = (RingName(.ring, 1), RingName(.ring, 2))
        let facts: [RingEvent.Fact] = [
            .founded(one, from: nil), .founded(other, from: one), .merged(other, into: one), .ended(one),
            .demoted(hub, subjects: 41), .promoted(hub), .hubBurst(hub, newSubjects: 12),
        ]
        let events = facts.enumerated().map { RingEvent(sequence: UInt64($0 + 1), at: Self.time, fact: $1) }
        let page = RingEvents(events: events, cursor: 7, hasMore: false)
        let later = Self.changing(page.json, ["events", "3", "later"], to: "x")
        #expect(try RingEvents(parsing: later.bytes) == page)
        #expect(throws: Problem.self) {
            try RingEvents(parsing: Self.changing(page.json, ["events", "3", "event"], to: "exploded").bytes)
        }
    }

    @Test(
        "a hub is named by a short pseudonym and nothing that could be a token",
        arguments: [
            "", "H-", "H-7K3F9Q2", "H-7k3f9q2m", "h-7K3F9Q2M", "H-7K3F9Q2M7K3F9Q2M7", "7K3F9Q2M",
        ])
    func hubNames(text: String) {
        #expect(throws: DecodingFailure.self) { try HubName(kind: .phone, pseudonym: text) }
    }

    @Test("more confirmed than decided is refused")
    func precision() {
        let run = DiscoveryStatus.Run(
            finishedAt: Self.time, seconds: 1, candidates: 2, decidedOf20: 1, confirmedOf20: 1)
        let json = Self.changing(
            DiscoveryStatus(running: nil, runs: [run]).json, ["runs", "0", "confirmedOf20"], to: 2)
        #expect(throws: Problem.self) { try DiscoveryStatus(parsing: json.bytes) }
    }
}
