import ConsortiumSupport
import Exchange
import Records
import Testing
import Vocabulary

@Suite("A ring's picture")
struct OfficePictureTests {
    @Test("shows persons, what they share, and the roles in which they have it")
    func content() throws {
        var consortium = try CoreConsortium()
        try consortium.furnishRing("a", people: 4)
        let picture = try consortium.desk.picture(of: RingName(.ring, 1))
        #expect(picture.subjects.map(\.node.description) == ["s1", "s2", "s3", "s4"] && !picture.isTruncated)
        let shared = picture.identifiers.filter { $0.degree == 4 }
        #expect(Set(shared.map(\.kind)) == [.device, .phone] && shared.allSatisfy { $0.members == 4 && !$0.isDemoted })
        #expect(picture.edges.count { $0.role == .own } >= 8 && picture.edges.allSatisfy { $0.members == 1 })
        #expect(picture.subjects.allSatisfy { $0.reports.isEmpty && !$0.isProtected && $0.newSince == nil })
        #expect(try RingPicture(parsing: picture.json.bytes) == picture)
    }

    @Test("has nothing of the node's own books in it: no token, no index, and the same names whoever came before")
    func privacy() throws {
        var consortium = try CoreConsortium()
        var pictures: [RingPicture] = []
        for before in [false, true] {
            var other = try CoreConsortium()
            if before {
                try other.furnish(.loan("L", .applied, of: Person("earlier"), at: other.ago(days: 300)), by: 3)
            }
            try other.furnishRing("a")
            pictures.append(try other.desk.picture(of: RingName(.ring, 1)))
            consortium = other
        }
        #expect(pictures[0] == pictures[1])
        var traces = Traces()
        for number in 0..<4 { traces.add(CoreConsortium.ringMember("a", number)) }
        traces.add("a member", consortium.lenders.member(0).name)
        for identifier in consortium.ledger.identifierRows.indices {
            let key = consortium.ledger.identifiers.key(of: UInt32(identifier))
            traces.add("an index", withUnsafeBytes(of: key.high.bigEndian) { Array($0) })
        }
        #expect(traces.found(in: pictures[1].json.bytes).isEmpty)
    }

    @Test("reports are told as they stand, by code, with reporters as a band")
    func reports() throws {
        var consortium = try CoreConsortium()
        try consortium.furnishRing("a")
        let somebody = CoreConsortium.ringMember("a", 2).only(.nationalID)
        for member in [1, 2, 3] {
            try consortium.furnish(
                .report(
                    "FRD-DOC", on: somebody.as(.perpetrator), at: consortium.ago(days: 9), name: "report \(member)"),
                by: member)
        }
        try consortium.furnish(
            .marker("VIC-IMPERSONATED", for: CoreConsortium.ringMember("a", 1).only(.nationalID),
                at: consortium.now, name: "marker"), by: 0)
        let picture = try consortium.desk.picture(of: RingName(.ring, 1))
        let reports = picture.subjects.flatMap(\.reports)
        #expect(picture.status == .reported && reports.count == 1)
        let report = try #require(reports.first)
        #expect(report.code.text == "FRD-DOC" && report.standing == .confirmed && report.tier == .e3)
        #expect(report.age == .days7To30 && report.reporters?.text == "3-4")
        #expect(picture.subjects.filter(\.isProtected).count == 1)
        try consortium.furnish(.retraction(of: "report 1", at: consortium.now), by: 1)
        #expect(
            try consortium.desk.picture(of: RingName(.ring, 1)).subjects.flatMap(\.reports).map(\.reporters?.text)
                == ["2"])
    }

    @Test("a suspicion is told as unconfirmed, a report as disputed while it is; neither makes the ring reported")
    func suspended() throws {
        var consortium = try CoreConsortium()
        try consortium.furnishRing("a")
        let accused = CoreConsortium.ringMember("a", 2)
        try consortium.furnish(
            .report("FRD-DOC", on: accused.as(.perpetrator), at: consortium.now, name: "report"), by: 1)
        try consortium.furnish(
            .report("SUS-REVIEW", on: accused.as(.perpetrator), at: consortium.now, name: "review"), by: 2)
        let reference = try consortium.ask(about: accused, by: 3).signal("FRD-DOC")?["reference"]?.string ?? ""
        func told() throws -> [String] {
            try consortium.desk.picture(of: RingName(.ring, 1)).subjects.flatMap(\.reports).map {
                "\($0.code.text) \($0.standing.rawValue)"
            }
        }
        #expect(try told() == ["FRD-DOC confirmed", "SUS-REVIEW unconfirmed"])
        try consortium.furnish(.dispute(of: reference, at: consortium.now), by: 3)
        #expect(try told() == ["FRD-DOC disputed", "SUS-REVIEW unconfirmed"])
        #expect(try consortium.desk.picture(of: RingName(.ring, 1)).status == .group)
    }

    @Test("who joined within a month is marked with the day")
    func newcomers() throws {
        var consortium = try CoreConsortium()
        try consortium.furnishRing("a", people: 3, daysAgo: 200)
        try consortium.furnish(
            .loan("new", .applied, of: CoreConsortium.ringMember("a", 9), at: consortium.ago(days: 3)), by: 2)
        let newcomers = try consortium.desk.picture(of: RingName(.ring, 1)).subjects.compactMap(\.newSince)
        #expect(newcomers.map(\.description) == [String(consortium.ago(days: 3).description.prefix(10))])
    }

    @Test("an alias leads to the ring that it became part of")
    func aliases() throws {
        var consortium = try CoreConsortium()
        try consortium.furnishRing("a", people: 4)
        try consortium.furnishRing("b", people: 3)
        let both = CoreConsortium.ringMember("a", 0).with(
            Invented(.device, "b-device"), Invented(.phone, "b-phone"))
        try consortium.furnish(.loan("bridge", .applied, of: both, at: consortium.now), by: 1)
        let picture = try consortium.desk.picture(of: RingName(.ring, 2))
        #expect(picture.ring == RingName(.ring, 1) && picture.aliases == [RingName(.ring, 2)])
        #expect(picture.subjects.count == 7)
        #expect(try consortium.desk.rings(after: nil, limit: 9).rings.map(\.ring) == [RingName(.ring, 1)])
    }

    @Test("there is none of a ring that never was, of one that ended, and of an unknown candidate")
    func missing() throws {
        var consortium = try CoreConsortium()
        try consortium.furnishRing("a", people: 3)
        func code(_ name: String) throws -> ErrorCode? {
            let desk = try consortium.desk
            return #expect(throws: Problem.self) { try desk.picture(of: RingName(name)) }?.code
        }
        #expect(try ["R-2", "C-1", "R-4294967295"].map(code) == [.notFound, .notFound, .notFound])
        _ = try consortium.desk.picture(of: RingName(.ring, 1))
        try consortium.furnish(.retraction(of: "a-1/applied", at: consortium.now), by: 1)
        #expect(try code("R-1") == .notFound)
        #expect(try consortium.desk.rings(after: nil, limit: 9).rings.isEmpty)
        #expect(try consortium.desk.events(after: 0, limit: 9).events.last?.fact == .ended(RingName(.ring, 1)))
    }

    @Test("a ring too large to be drawn is drawn in part, and says so")
    func truncated() throws {
        var consortium = try CoreConsortium()
        // A chain: each shares a device and a phone with the next.
        for number in 0..<220 {
            let person = Person("link-\(number)", .nationalID).with(
                Invented(.device, "d\(number)"), Invented(.phone, "p\(number)"), Invented(.device, "d\(number + 1)"),
                Invented(.phone, "p\(number + 1)"))
            try consortium.furnish(.loan("L\(number)", .applied, of: person, at: consortium.now), by: number % 5)
        }
        let picture = try consortium.desk.picture(of: RingName(.ring, 1))
        #expect(picture.isTruncated && picture.subjects.count + picture.identifiers.count == 400)
        #expect(try consortium.desk.rings(after: nil, limit: 1).rings.first?.subjects == 220)
    }
}
