import ConsortiumSupport
import Exchange
import Records
import Registry
import TestSupport
import Testing
import Vocabulary

@Suite("A reservation")
struct ReservationTests {
    static let person = Person("signer", .nationalID, .phone)

    @Test("tells who comes second of the first, and the first of the second at once")
    func bothAreTold() throws {
        var consortium = try CoreConsortium()
        let first = try consortium.reserve("first", Self.person, by: 0)
        #expect(first["status"] == "held" && first["others"]?["live"] == "0")
        #expect(try consortium.notices(of: 0).isEmpty)
        let second = try consortium.reserve("second", Self.person, by: 1)
        #expect(second["others"]?["live"] == "1" && second["others"]?["members"] == "1")
        let notices = try consortium.notices(of: 0).notices
        #expect(notices.map { $0["kind"] } == ["reservation"])
        #expect(notices.first?["about"]?["reservation"]?.string == RecordID(named: "first").description)
        #expect(notices.first?["releasedAt"]?.string == consortium.now.description)
        #expect(try consortium.notices(of: 1).isEmpty)
    }

    @Test("whoever is second, never are both told of nobody", arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func neverBothNobody(seed: UInt64) throws {
        var consortium = try CoreConsortium(seed: seed)
        var generator = SeededGenerator(seed: seed)
        let people = (0..<3).map { Person("p\($0)", .nationalID, .phone, .device) }
        var told: [Int: [Int: String]] = [:]
        for person in people.indices {
            for member in (0..<5).shuffled(using: &generator) {
                // Seen by each under other identifiers, of which the national ID is always one.
                let seen = Bool.random(using: &generator) ? people[person] : people[person].only(.nationalID)
                let answer = try consortium.reserve("r\(person)-\(member)", seen, by: member)
                told[person, default: [:]][member] = answer["others"]?["live"]?.string ?? "nothing"
                consortium.now = consortium.now.adding(seconds: Int64.random(in: 0...5, using: &generator))
            }
        }
        for person in people.indices {
            let answers = told[person] ?? [:]
            #expect(answers.values.count { $0 == "0" } == 1)
            for member in 0..<5 where answers[member] == "0" {
                let notices = try consortium.notices(of: member).notices.filter {
                    $0["about"]?["reservation"]?.string == RecordID(named: "r\(person)-\(member)").description
                }
                #expect(notices.count { $0["kind"] == "reservation" } == 4)
            }
        }
    }

    @Test("put again is the same one: nothing is stored, nobody is told twice")
    func repeatingChangesNothing() throws {
        var consortium = try CoreConsortium()
        try consortium.reserve("first", Self.person, by: 0)
        try consortium.reserve("second", Self.person, by: 1, seconds: 600)
        let stored = consortium.stored.count
        consortium.now = consortium.now.adding(seconds: 60)
        let again = try consortium.reserve("second", Self.person, by: 1, seconds: 600)
        #expect(again["status"] == "held" && again["others"]?["live"] == "1")
        #expect(again["expiresAt"]?.string == consortium.now.adding(seconds: 540).description)
        #expect(consortium.stored.count == stored)
        #expect(try consortium.notices(of: 0).notices.count == 1)
    }

    @Test("put again, confirmed or released says nothing of what others did since")
    func repeatingIsNoQuestion() throws {
        var consortium = try CoreConsortium()
        try consortium.reserve("before", Self.person, by: 1)
        try consortium.reserve("mine", Self.person, by: 0, seconds: 600)
        try consortium.reserve("after", Self.person, by: 2)
        try consortium.release("before", by: 1)
        let again = try consortium.reserve("mine", Self.person, by: 0, seconds: 600)
        #expect(again["others"]?["live"] == "1" && again["knownSize"] == 1)
        let confirmed = try consortium.confirm("mine", by: 0)
        let released = try consortium.release("mine", by: 0)
        consortium.now = consortium.now.adding(days: 2)
        #expect(try consortium.reserve("mine", Self.person, by: 0, seconds: 600)["others"]?["live"] == "1")
        for answer in [confirmed, released, try consortium.confirm("mine", by: 0)] {
            #expect(answer["others"]?.members?.map(\.value) == [.null, .null, .null, .null])
        }
    }

    @Test("with an id that was used otherwise is a conflict", arguments: 0..<3)
    func otherContentIsAConflict(_ difference: Int) throws {
        var consortium = try CoreConsortium()
        try consortium.reserve("id", Self.person, by: 0, seconds: 60, application: "A")
        let problem = #expect(throws: Problem.self) {
            switch difference {
            case 0: try consortium.reserve("id", Person("else"), by: 0, seconds: 60, application: "A")
            case 1: try consortium.reserve("id", Self.person, by: 0, seconds: 61, application: "A")
            default: try consortium.reserve("id", Self.person, by: 0, seconds: 60, application: "B")
            }
        }
        #expect(problem?.code == .recordConflict && problem?.path == "reservation")
        #expect(consortium.stored.count == 1)
    }

    @Test("that nobody made is neither confirmed nor released, nor is another member's")
    func unknownOnesAreRefused() throws {
        var consortium = try CoreConsortium()
        try consortium.reserve("of zero", Self.person, by: 0)
        for attempt in 0..<3 {
            let problem = #expect(throws: Problem.self) {
                switch attempt {
                case 0: try consortium.confirm("of nobody", by: 0)
                case 1: try consortium.confirm("of zero", by: 1)
                default: try consortium.release("of zero", by: 1)
                }
            }
            #expect(problem?.code == .unknownRecord && problem?.path == "reservation")
        }
    }

    @Test("is not confirmed for another application")
    func applicationsAreHeldAgainstIt() throws {
        var consortium = try CoreConsortium()
        try consortium.reserve("id", Self.person, by: 0, application: "A")
        let problem = #expect(throws: Problem.self) { try consortium.confirm("id", by: 0, application: "B") }
        #expect(problem?.code == .recordConflict && problem?.path == "applicationRef")
        #expect(try consortium.confirm("id", by: 0, application: "A")["status"] == "confirmed")
    }

    @Test("longer than the policy allows, or of nobody in particular, is refused")
    func limitsHold() throws {
        var consortium = try CoreConsortium()
        let longest = Int64(consortium.policy.reservation.maximumSeconds)
        let long = #expect(throws: Problem.self) {
            try consortium.reserve("id", Self.person, by: 0, seconds: longest + 1)
        }
        #expect(long?.path == "seconds")
        let weak = #expect(throws: Problem.self) {
            try consortium.reserve("id", Person("weak", .employer), by: 0)
        }
        #expect(weak?.code == .notAdmissible && weak?.path == "subject.identifiers")
        #expect(consortium.stored.isEmpty)
        #expect(try consortium.reserve("id", Self.person, by: 0, seconds: longest)["status"] == "held")
    }

    @Test("ends by itself, and forgetting to confirm does no harm")
    func expiryNeedsNobody() throws {
        var consortium = try CoreConsortium()
        try consortium.reserve("first", Self.person, by: 0, seconds: 60)
        consortium.now = Instant(milliseconds: consortium.now.adding(seconds: 60).milliseconds - 1)
        #expect(try consortium.ask(about: Self.person, by: 1).told("exposure.others.reservations") == "1")
        consortium.now = Instant(milliseconds: consortium.now.milliseconds + 1)
        #expect(try consortium.ask(about: Self.person, by: 1).told("exposure.others.reservations") == "0")
        #expect(try consortium.reserve("second", Self.person, by: 1)["others"]?["live"] == "0")
        // What has ended stays so: the second was told that there is nobody.
        #expect(try consortium.confirm("first", by: 0)["status"] == "expired")
        #expect(try consortium.reserve("first", Self.person, by: 0, seconds: 60)["status"] == "expired")
        #expect(try consortium.notices(of: 0).isEmpty)
    }

    @Test("that is confirmed holds for the policy's days, and one released holds no more")
    func confirmingAndReleasing() throws {
        var consortium = try CoreConsortium()
        try consortium.reserve("first", Self.person, by: 0)
        let confirmed = try consortium.confirm("first", by: 0)
        #expect(confirmed["status"] == "confirmed")
        #expect(confirmed["expiresAt"]?.string == consortium.now.adding(days: 30).description)
        let stored = consortium.stored.count
        #expect(try consortium.confirm("first", by: 0)["status"] == "confirmed" && consortium.stored.count == stored)
        consortium.now = consortium.now.adding(days: 29)
        let second = try consortium.reserve("second", Self.person, by: 1)
        #expect(second["others"]?["confirmed"] == "1")
        #expect(try consortium.release("first", by: 0)["status"] == "released")
        #expect(try consortium.confirm("first", by: 0)["status"] == "released")
        #expect(try consortium.reserve("third", Self.person, by: 2)["others"]?["live"] == "1")
    }

    @Test("tells of agreements signed elsewhere and not paid out")
    func signedAgreementsAreTold() throws {
        var consortium = try CoreConsortium()
        try consortium.furnish(.loan("L1", .applied, of: Self.person, at: consortium.ago(days: 3)), by: 1)
        try consortium.furnish(.loan("L1", .signed, at: consortium.ago(days: 1)), by: 1)
        try consortium.furnish(.loan("L2", .signed, of: Self.person, at: consortium.ago(days: 1)), by: 0)
        #expect(try consortium.reserve("a", Self.person, by: 0)["others"]?["signedNotFunded"] == "1")
        try consortium.furnish(.loan("L1", .disbursed, at: consortium.now), by: 1)
        #expect(try consortium.reserve("b", Self.person, by: 2)["others"]?["signedNotFunded"] == "1")
        #expect(try consortium.reserve("c", Self.person, by: 0)["others"]?["signedNotFunded"] == "0")
    }

    @Test("in a consortium too small tells nothing of others, and nobody of it")
    func smallConsortiumsTellNothing() throws {
        var consortium = try CoreConsortium(members: 3)
        try consortium.reserve("first", Self.person, by: 0)
        let second = try consortium.reserve("second", Self.person, by: 1)
        for count in ["live", "members", "confirmed", "signedNotFunded"] {
            #expect(second["others"]?[count] == .null)
        }
        #expect(try consortium.notices(of: 0).isEmpty)
    }
}
