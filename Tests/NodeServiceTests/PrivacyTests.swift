import ConsortiumSupport
import Exchange
import NodeService
import Records
import Registry
import Sodium
import Store
import Testing
import TransparencyLog
import Vocabulary

/// A whole consortium in one process, and then a search through everything that left the node or lies on its disk.
@Suite("Nothing of a person leaves the node")
struct PrivacyTests {
    @Test("not in its database, its key folder's neighbours, its errors, its answers, its receipts or its checkpoints")
    func nothingLeaves() async throws {
        var stored = try StoredConsortium()
        let people = (0..<6).map { number in
            Person("somebody-\(number)", .nationalID, .phone, .device, .nameBirthDate)
                .with(Invented(.phone, "switchboard"))
        }
        var seen = try await Self.dealings(with: people, &stored)
        seen.append(try await stored.consortium.session(of: 0).checkpoint())
        seen.append(String(decoding: try await stored.consortium.session(of: 0).registry(), as: UTF8.self))
        try stored.restart()
        seen.append(try await stored.consortium.ask(about: people[0], by: 3).json.text)
        #expect(seen.count > 20)

        var traces = Traces()
        for person in people { traces.add(person) }
        for text in seen { #expect(traces.found(in: text) == []) }
        for file in try stored.folder.files() { #expect(traces.found(in: file.bytes) == [], "\(file.name)") }
        // What a request carries is found by the same search, so it would have been found elsewhere.
        let request = stored.consortium.lenders.check(of: people[0], by: 0, at: stored.consortium.now)
        #expect(traces.found(in: request.json.text).isEmpty == false)
    }

    @Test("nor a reference, a record's id or a member's name in the database")
    func nothingIsNamed() async throws {
        var stored = try StoredConsortium()
        _ = try await Self.dealings(with: [Person("somebody-0"), Person("somebody-1")], &stored)
        var traces = Traces()
        for member in stored.consortium.lenders.sample.members {
            traces.add("a member's name", member.id.name)
            traces.add("a member's key", member.key.publicKey.value.bytes)
            traces.add("the name of a member's key", member.key.keyID.text)
        }
        traces.add("a loan's reference", "loan-of-0")
        traces.add("a record's id", RecordID(named: "report-0").description)
        traces.add("a record's id", RecordID(named: "report-0").bytes)
        traces.add("a reason code", "FRD-DOC")
        traces.add("a payload type", "vnd.counterfoil.submission")
        traces.add("a reservation's id", RecordID(named: "reservation-0").bytes)
        traces.add("a watch's id", RecordID(named: "watch-0").bytes)
        traces.add("a purpose", "application")
        for file in try stored.folder.files() { #expect(traces.found(in: file.bytes) == [], "\(file.name)") }
    }

    /// Furnishing, asking, correcting, and all sorts of refusals. - Returns: every text that the node gave back.
    private static func dealings(with people: [Person], _ stored: inout StoredConsortium) async throws -> [String] {
        var seen: [String] = []
        let now = stored.consortium.now
        for (number, person) in people.enumerated() {
            let statements: [Statement] = [
                .loan("loan-of-\(number)", .applied, of: person, at: now),
                .loan("loan-of-\(number)", .signed, at: now),
                .report("FRD-DOC", on: person.as(.perpetrator), at: now, name: "report-\(number)"),
                .marker("VIC-IMPERSONATED", for: person, at: now, name: "marker-\(number)"),
            ]
            let request = stored.consortium.lenders.submission(of: statements, by: number % 3, at: now)
            seen.append(try await stored.consortium.submit(request, by: number % 3).json.text)
            seen.append(try await stored.consortium.ask(about: person, by: (number + 1) % 5).json.text)
            for bend in bends { seen.append(try await problem(with: person, bend, &stored)) }
        }
        try await stored.consortium.furnish(.retraction(of: "report-0", at: now), by: 0)
        seen += try await requests(about: people, &stored)
        stored.faults.set(.append, .full)
        seen.append(try await problem(with: people[0], .none, &stored))
        stored.faults.clear()
        return seen
    }

    /// Batches, reservations, watches, notices and what is measured of members, with some refusals.
    private static func requests(about people: [Person], _ stored: inout StoredConsortium) async throws -> [String] {
        var seen: [String] = []
        for (number, person) in people.enumerated() {
            for member in [number % 3, (number + 2) % 5] {
                seen.append(try await stored.consortium.reserve("reservation-\(number)", person, by: member).text)
            }
            let loan = [("watch-\(number)", "loan-of-\(number)"), ("watch-x", "no-such-loan")]
            let watch = stored.consortium.lenders.watch(loan, by: number % 3, at: stored.consortium.now)
            seen.append(try await stored.consortium.session(of: number % 3).watch(watch).json.text)
        }
        for profile in ["summary", "full"] {
            let name = "batch-\(profile)"
            seen.append(try await stored.consortium.askBatch(about: people, by: 4, name: name, profile: profile).text)
        }
        stored.consortium.clock.advance(seconds: 61)
        for member in 0..<5 {
            let page = try await stored.consortium.notices(of: member)
            seen.append(page.text)
            let outcome = try await stored.consortium.acknowledge(upTo: page.cursor ?? 0, by: member)
            seen.append(outcome.json.text)
            seen.append(try await stored.consortium.session(of: member).furnishing().text)
            seen.append(try await stored.consortium.session(of: member).outcomes().text)
            let now = stored.consortium.now
            let wrong = stored.consortium.lenders.reservation(
                "reservation-0", of: people[0].with(Invented(.email, "another")), by: member, at: now,
                bend: bends[member])
            let session = stored.consortium.session(of: member)
            let problem = await #expect(throws: Problem.self) { try await session.reserve(wrong) }
            seen.append(problem?.json(now: now).text ?? "")
        }
        #expect(seen.contains { $0.contains("correction") } && seen.contains { $0.contains("VIC-IMPERSONATED") })
        return seen
    }

    private static let bends: [Lenders.Bend] = [
        Lenders.Bend { $0.epoch = KeyEpoch(9) },
        Lenders.Bend { $0.openings = { $0.swapAt(0, 1) } },
        Lenders.Bend { $0.token = { _ in Bytes32() } },
        Lenders.Bend { $0.consortium = "elsewhere" },
        Lenders.Bend { $0.key = .generate() },
        Lenders.Bend { $0.payloadType = .check },
    ]

    private static func problem(
        with person: Person, _ bend: Lenders.Bend, _ stored: inout StoredConsortium
    ) async throws -> String {
        let now = stored.consortium.now
        let request = stored.consortium.lenders.submission(
            of: [.loan("another", .applied, of: person, at: now)], by: 4, at: now, bend: bend)
        let session = stored.consortium.session(of: 4)
        let problem = await #expect(throws: Problem.self) { try await session.submit(request) }
        return problem?.json(now: now).text ?? ""
    }
}
