import Records
import Registry
import Sodium
import Testing
import Vocabulary

@Suite("A request is judged by the registry that is current when it arrives")
struct KeyStandingTests {
    private let now = Fixture.now

    private func member(_ key: MemberKey, status: Member.Status = .active) throws -> Member {
        let policy = try Fixture.policy()
        return Member(
            id: try MemberID("north-bank"), memberClass: policy.memberClasses[0].name, status: status, keys: [key],
            admittedAt: now)
    }

    private func standing(_ key: MemberKey, status: Member.Status = .active, after seconds: Int64 = 0) throws
        -> KeyStanding
    {
        KeyStanding(of: try member(key, status: status), key, at: now.adding(seconds: seconds))
    }

    @Test("a key is taken from its beginning on")
    func beginning() throws {
        let key = MemberKey(publicKey: SigningKey.generate().publicKey, validFrom: now)
        let id = try MemberID("north-bank")
        #expect(try standing(key) == .active(id))
        #expect(try standing(key, after: -1) == .notYetValid(id, from: now))
        #expect(try standing(key, after: -1).problem?.code == .unknownKey)
    }

    @Test("a superseded key is taken until its end and a compromised one never", arguments: [
        MemberKey.Status.superseded, .retired, .compromised,
    ])
    func ended(_ status: MemberKey.Status) throws {
        let key = MemberKey(
            publicKey: SigningKey.generate().publicKey, validFrom: now, status: status, since: now.adding(seconds: 60))
        let id = try MemberID("north-bank")
        let isOverlapping = status != .compromised
        #expect(try standing(key, after: 59) == (isOverlapping ? .active(id) : .retired(id, status)))
        #expect(try standing(key, after: 60) == .retired(id, status))
        #expect(!key.isDisputed(recordAt: 5) == (status != .compromised))
    }

    @Test("a revoked member and an unknown key each have a problem of their own")
    func problems() throws {
        let key = MemberKey(publicKey: SigningKey.generate().publicKey, validFrom: now)
        #expect(try standing(key, status: .revoked).problem?.code == .unknownMember)
        #expect(KeyStanding.unknown.problem?.code == .unknownKey)
        #expect(try standing(key).problem == nil)
        #expect(KeyStanding.unknown.member == nil)
    }

    @Test("rotating a key keeps the old one valid for the overlap and finds both by name")
    func rotation() throws {
        let sample = try Fixture.sample()
        let fresh = SigningKey.generate(), old = sample.members[0].key, id = sample.members[0].id
        let end = now.adding(seconds: 3600)
        let rotated = try sample.changed(at: now) { (version) throws(Problem) in
            try version.rotateKey(
                of: id, to: MemberKey(publicKey: fresh.publicKey, validFrom: version.madeAt), ending: .superseded,
                since: end)
        }.chain
        #expect(rotated.standing(of: old.keyID, at: now) == .active(id))
        #expect(rotated.standing(of: old.keyID, at: end) == .retired(id, .superseded))
        #expect(rotated.standing(of: fresh.keyID, at: end) == .active(id))
    }

    @Test("changes that make no sense are refused before anybody signs")
    func refusedChanges() throws {
        let sample = try Fixture.sample()
        func refusal(_ change: (inout RegistryVersion) throws(Problem) -> Void) -> ErrorCode? {
            do throws(Problem) { _ = try sample.changed(at: now, change); return nil } catch { return error.code }
        }
        let nobody = try MemberID("nobody"), someone = sample.members[0]
        #expect(refusal { (version) throws(Problem) in try version.revoke(nobody) } == .unknownMember)
        #expect(refusal { (version) throws(Problem) in try version.resume(someone.id) } == .notAdmissible)
        #expect(refusal { (version) throws(Problem) in try version.admit(version.members[0]) } == .notAdmissible)
        #expect(refusal { (_) throws(Problem) in } == .notAdmissible)
        let sameKey = MemberKey(publicKey: someone.key.publicKey, validFrom: now)
        #expect(
            refusal { (version) throws(Problem) in
                try version.rotateKey(of: someone.id, to: sameKey, ending: .retired, since: Fixture.now)
            } == .notAdmissible)
    }
}
