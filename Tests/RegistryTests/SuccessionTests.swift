import OPRF
import Records
import Registry
import Sodium
import Testing
import Vocabulary

@Suite("Some things no version may do, whoever signs")
struct SuccessionTests {
    typealias Change = @Sendable (inout RegistryVersion) throws -> Void

    /// The rule's name, and a change to a registry of five members of whom the last is revoked.
    static let forbidden: [(String, Change)] = [
        ("forgets a member", { $0.members.removeFirst() }),
        ("forgets a key", { $0.members[0].keys = [key(fresh())] }),
        ("brings a revoked member back", { $0.members[4].status = .active }),
        ("brings a retired key back", { $0.members[4].keys[0] = key($0.members[4].keys[0].publicKey) }),
        ("moves a key's beginning", { $0.members[0].keys[0] = key($0.members[0].keys[0].publicKey, after: 1) }),
        ("admits a member anew", { version in
            let old = version.members[0]
            version.members[0] = Member(
                id: old.id, memberClass: old.memberClass, keys: old.keys, admittedAt: Fixture.now.adding(seconds: 9))
        }),
        ("changes the policy under its old version", { version in
            let members = (version.policy.json.members ?? []).map {
                $0.name == "disputeDays" ? JSON.Member($0.name, 19) : $0
            }
            version.policy = try Policy(.object(members))
        }),
        ("renames the log", { $0.log = try LogIdentity(origin: "elsewhere.invalid/log", publicKey: $0.log.publicKey) }),
        ("changes token keys within their epoch", { version in
            let dealt = try deal(epoch: version.tokenEpoch)
            (version.tokenKeys, version.custodians) = (dealt.tokenKeys, dealt.custodians)
        }),
    ]

    @Test("a version that does this is refused", arguments: forbidden.map(\.0))
    func forbiddenChanges(_ name: String) throws {
        let sample = try Fixture.sample().changed(at: Fixture.now) { (version) throws(Problem) in
            try version.revoke(version.members[4].id)
        }
        let change = try #require(Self.forbidden.first { $0.0 == name }).1
        let envelope = try sample.forged(change)
        let failure = #expect(throws: RegistryFailure.self) { try sample.appending(envelope) }
        guard case .forbiddenChange = failure else { Issue.record("refused as \(String(describing: failure))"); return }
    }

    /// What can be seen from the version alone.
    static let invalid: [(String, Change)] = [
        ("has more required than there are admins", { $0.adminThreshold = 2 }),
        ("has no admins", { $0.admins = [] }),
        ("has a member twice", { $0.members.append($0.members[0]) }),
        ("gives two members one key", { $0.members[1].keys.append($0.members[0].keys[0]) }),
        ("gives a member the log's key", { $0.members[1].keys.append(key($0.log.publicKey)) }),
        ("gives a member an admin's key", { $0.members[1].keys.append(key($0.admins[0].publicKey)) }),
        ("has a class the policy does not know", { $0.members[0].memberClass = try ListedName("pawnbroker") }),
        ("suspends without saying why", { $0.members[0].status = .suspended }),
        ("has a key that ended at no time", { $0.members[0].keys[0].status = .retired }),
        ("has an index for a key in good standing", { $0.members[0].keys[0].sinceIndex = 3 }),
        ("leaves a member without keys", { $0.members[0].keys = [] }),
        ("has fewer custodians than it needs", { $0.custodians = [$0.custodians[0]] }),
        ("has a custodian twice", { $0.custodians.append($0.custodians[0]) }),
        ("gives two custodians each other's shares", { version in
            let (first, second) = (version.custodians[0], version.custodians[1])
            version.custodians[0] = RegisteredCustodian(
                id: first.id, index: first.index, url: first.url, publicShares: second.publicShares)
        }),
        ("has a note as long as a letter", { $0.changeNote = String(repeating: "a", count: 1001) }),
    ]

    @Test("a version that is not valid in itself is refused", arguments: invalid.map(\.0))
    func invalidVersions(_ name: String) throws {
        let sample = try Fixture.sample()
        let envelope = try sample.forged(try #require(Self.invalid.first { $0.0 == name }).1)
        let failure = #expect(throws: RegistryFailure.self) { try sample.appending(envelope) }
        guard case .notAVersion = failure else { Issue.record("refused as \(String(describing: failure))"); return }
    }

    @Test("an unknown field in a version is refused, so that no reader overlooks what admins signed")
    func unknownField() throws {
        let sample = try Fixture.sample()
        let members = try #require(sample.chain.current.json.members)
        let payload = JSON.object(members + [JSON.Member("extra", true)]).bytes
        let failure = #expect(throws: RegistryFailure.self) {
            try RegistryChain(verifying: [sample.signed(payload, signers: [0])], now: Fixture.now)
        }
        #expect(failure == .notAVersion(version: 1, FieldFailure(path: "extra", rule: .unknown)))
    }

    @Test("production does not turn back into a demo")
    func mode() throws {
        let sample = try Fixture.sample()
        let production = try sample.appending(try sample.forged { $0.mode = .production })
        let back = try production.forged { $0.mode = .demo }
        #expect(throws: RegistryFailure.self) { try production.appending(back) }
    }

    @Test("new token keys come with a later epoch, and an epoch never comes again")
    func epochs() throws {
        let sample = try Fixture.sample()
        func rotating(to epoch: UInt32) throws -> Change {
            let dealt = try Self.deal(epoch: KeyEpoch(epoch))
            return { ($0.tokenKeys, $0.custodians) = (dealt.tokenKeys, dealt.custodians) }
        }
        let rotated = try sample.appending(try sample.forged(try rotating(to: 2)))
        #expect(rotated.chain.current.tokenEpoch == KeyEpoch(2))
        #expect(throws: RegistryFailure.self) { try rotated.appending(try rotated.forged(try rotating(to: 1))) }
    }

    @Test("a compromised key stays compromised from the same index on")
    func compromised() throws {
        let sample = try Fixture.sample()
        let compromised = try sample.changed(at: Fixture.now) { (version) throws(Problem) in
            try version.rotateKey(
                of: version.members[0].id, to: MemberKey(publicKey: Self.fresh(), validFrom: version.madeAt),
                ending: .compromised, since: version.madeAt, sinceIndex: 10)
        }
        let key = compromised.chain.current.members[0].keys[0]
        #expect(key.isDisputed(recordAt: 10) && !key.isDisputed(recordAt: 9))
        let later = try compromised.forged { $0.members[0].keys[0].sinceIndex = 1000 }
        #expect(throws: RegistryFailure.self) { try compromised.appending(later) }
        let milder = try compromised.forged {
            $0.members[0].keys[0].status = .retired
            $0.members[0].keys[0].sinceIndex = nil
        }
        #expect(throws: RegistryFailure.self) { try compromised.appending(milder) }
    }

    static func key(_ publicKey: PublicKey, after seconds: Int64 = 0) -> MemberKey {
        MemberKey(publicKey: publicKey, validFrom: Fixture.now.adding(seconds: seconds))
    }

    static func fresh() -> PublicKey { SigningKey.generate().publicKey }

    static func deal(epoch: KeyEpoch) throws -> CeremonyOutcome {
        let seats = try (1...3).map {
            Ceremony.Seat(id: try CustodianID("custodian-\($0)"), url: try ServiceURL("http://127.0.0.1:740\($0)"))
        }
        return try Ceremony.deal(consortium: "demo", epoch: epoch, threshold: 2, seats: seats).outcome
    }
}
