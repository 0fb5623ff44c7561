import ConsortiumSupport
import Exchange
import Records
import Registry
import Sodium
import Testing
import Vocabulary

@Suite("Decisions about rings")
struct OfficeDecisionTests {
    private static let first = RingName(.candidate, 1)

    private static func consortium() throws -> CoreConsortium {
        var consortium = try CoreConsortium()
        try consortium.furnishRing("a")
        consortium.discover(CoreConsortium.found(0..<4))
        return consortium
    }

    private static func code(
        _ consortium: inout CoreConsortium, _ request: SealedRequest
    ) -> ErrorCode? {
        do throws(Problem) {
            _ = try consortium.put(decision: request)
            return nil
        } catch { return error.code }
    }

    @Test("a confirmed candidate is a ring, by the name that linkage has for it")
    func confirmed() throws {
        var consortium = try Self.consortium()
        let outcome = try consortium.decide(.confirm(candidate: Self.first, note: "admitted"))
        #expect(outcome.status == .recorded && outcome.ring == RingName(.ring, 1))
        #expect(try consortium.desk.rings(after: nil, limit: 9).rings.map(\.status) == [.confirmed])
        #expect(try consortium.desk.picture(of: Self.first).status == .confirmed)
    }

    @Test("a confirmed candidate that linkage does not join is listed under its own name, before the others")
    func confirmedAlone() throws {
        var consortium = try CoreConsortium()
        for name in ["a", "b"] { try consortium.furnishRing(name) }
        consortium.discover(CoreConsortium.found(2..<6))
        let outcome = try consortium.decide(.confirm(candidate: Self.first, note: "two groups, one head"))
        #expect(outcome.ring == nil)
        let names = try consortium.desk.rings(after: nil, limit: 9).rings.map(\.ring.description)
        #expect(names == ["C-1", "R-1", "R-2"])
        let rest = try consortium.desk.rings(after: Self.first, limit: 1)
        #expect(rest.rings.map(\.ring.description) == ["R-1"] && rest.hasMore)
    }

    @Test("the same again changes nothing; otherwise is a conflict")
    func again() throws {
        var consortium = try Self.consortium()
        try consortium.decide(.dismiss(candidate: Self.first, note: "a family"))
        let size = consortium.stored.count
        #expect(try consortium.decide(.dismiss(candidate: Self.first, note: "still")).status == .known)
        let opposite = consortium.lenders.ringDecision(
            .confirm(candidate: Self.first, note: "or not"), at: consortium.now)
        #expect(Self.code(&consortium, opposite) == .recordConflict && consortium.stored.count == size)
    }

    @Test("of a candidate that nobody found there is nothing to decide")
    func unknown() throws {
        var consortium = try Self.consortium()
        let request = consortium.lenders.ringDecision(
            .confirm(candidate: RingName(.candidate, 2), note: "?"), at: consortium.now)
        #expect(Self.code(&consortium, request) == .notFound)
    }

    @Test("what is not the admin's own word for this consortium is refused")
    func notTheAdmins() throws {
        var consortium = try Self.consortium()
        let (sample, now) = (consortium.lenders.sample, consortium.now)
        let bends: [(Lenders.Bend, ErrorCode)] = [
            (.init { $0.consortium = "elsewhere" }, .wrongConsortium),
            (.init { $0.member = sample.members[0].id }, .badSignature),
            (.init { $0.key = sample.members[0].key }, .badSignature),
            (.init { $0.key = SigningKey.generate() }, .badSignature),
            (.init { $0.payloadType = .submission }, .unsupportedMediaType),
            (.init { $0.madeAt = now.adding(days: 2) }, .eventTimeInFuture),
            (.init { $0.openings = { $0 = [Opening(salt: Bytes32(), token: Bytes32())] } }, .wrongCommitment),
        ]
        for (bend, code) in bends {
            let request = consortium.lenders.ringDecision(
                .confirm(candidate: Self.first, note: "bent"), at: now, bend: bend)
            #expect(Self.code(&consortium, request) == code)
        }
        #expect(try consortium.desk.candidates().candidates.count == 1)
    }

    @Test("a switchboard that is seeded joins nobody any more, also after a replay")
    func seeded() throws {
        var consortium = try CoreConsortium()
        try consortium.furnishRing("a")
        let request = consortium.lenders.seed(Invented(.device, "a-device"), at: consortium.now)
        #expect(try consortium.put(decision: request).status == .recorded)
        #expect(try consortium.desk.rings(after: nil, limit: 9).rings.isEmpty)
        let names = try consortium.desk.events(after: 0, limit: 9).events.map(\.fact.name)
        #expect(names.first == "founded" && Set(names.dropFirst()) == ["demoted", "ended"])
        let again = RingDesk(try consortium.replayed(), by: try consortium.rules, now: consortium.now)
        #expect(again.rings(after: nil, limit: 9).rings.isEmpty)
        let second = consortium.lenders.seed(Invented(.device, "a-device"), at: consortium.now)
        #expect(try consortium.put(decision: second).status == .known)
    }

    @Test("a seed is refused where it does not open, is of another epoch, is no element, or is of nobody")
    func badSeeds() throws {
        var consortium = try Self.consortium()
        let device = Invented(.device, "a-device")
        let other = Opening(salt: Bytes32(), token: Invented(.device, "other").token)
        let cases: [(Invented, Lenders.Bend, ErrorCode)] = [
            (device, .init { $0.openings = { $0 = [other] } }, .wrongCommitment),
            (device, .init { $0.openings = { $0 = [] } }, .wrongCommitment),
            (device, .init { $0.openings = { $0.append($0[0]) } }, .wrongCommitment),
            (device, .init { $0.epoch = KeyEpoch(7) }, .wrongEpoch),
            (device, .init { $0.token = { _ in Bytes32() } }, .invalidElement),
            (Invented(.device, "nobody's"), .none, .notFound),
            // The same text as a phone is another identifier.
            (Invented(.phone, "a-device"), .none, .notFound),
        ]
        for (hub, bend, code) in cases {
            let request = consortium.lenders.seed(hub, at: consortium.now, bend: bend)
            #expect(Self.code(&consortium, request) == code)
        }
        #expect(consortium.ledger.seededHubs.isEmpty)
    }
}
