import Records
import Registry
import Sodium
import Testing
import Vocabulary

@Suite("One admin alone may suspend one member for a time, and nothing else")
struct SuspensionTests {
    private static let day: Int64 = Fixture.day
    private static let madeAt: Instant = Fixture.now.adding(seconds: 60)

    private static func suspend(
        _ index: Int, days: Int64 = 30, from time: Instant = Fixture.now.adding(seconds: 60)
    ) -> SuccessionTests.Change {
        { version in
            version.members[index].status = .suspended
            version.members[index].suspension = .init(
                reason: "A key was found.", until: time.adding(seconds: days * day))
        }
    }

    @Test("the suspension is in force at once and ends by itself")
    func inForce() throws {
        let sample = try Fixture.sample(admins: 3, adminThreshold: 2)
        let suspended = try sample.appending(try sample.forged(signers: [1], Self.suspend(0)))
        #expect(suspended.chain.entries[1].authority == .oneAdmin(sample.admins[1].key.keyID))
        let key = sample.members[0].key.keyID, until = Self.madeAt.adding(seconds: 30 * Self.day)
        let standing = suspended.chain.standing(of: key, at: Self.madeAt)
        #expect(standing == .suspended(sample.members[0].id, reason: "A key was found.", until: until))
        #expect(standing.problem?.code == .suspendedMember)
        #expect(suspended.chain.standing(of: key, at: until) == .active(sample.members[0].id))
        let other = sample.members[1]
        #expect(suspended.chain.standing(of: other.key.keyID, at: Self.madeAt) == .active(other.id))
    }

    private static let excesses: [(String, SuccessionTests.Change)] = [
        ("for 31 days", suspend(0, days: 31)),
        ("without an end", { version in
            version.members[0].status = .suspended
            version.members[0].suspension = .init(reason: "No end.", until: nil)
        }),
        ("of two members", { try suspend(0)(&$0); try suspend(1)(&$0) }),
        ("and admits somebody", { version in
            try suspend(0)(&version)
            let key = MemberKey(publicKey: SuccessionTests.fresh(), validFrom: madeAt)
            version.members.append(
                Member(
                    id: try MemberID("newcomer"), memberClass: version.members[0].memberClass, keys: [key],
                    admittedAt: madeAt))
        }),
        ("and gives the member a key", { version in
            try suspend(0)(&version)
            version.members[0].keys.append(MemberKey(publicKey: SuccessionTests.fresh(), validFrom: madeAt))
        }),
        ("and changes the member's class", { version in
            try suspend(0)(&version)
            version.members[0].memberClass = version.members[1].memberClass
        }),
        ("and lowers the threshold", { try suspend(0)(&$0); $0.adminThreshold = 1 }),
        ("and takes an admin out", { try suspend(0)(&$0); $0.admins.removeLast() }),
        ("and moves the node", { version in
            try suspend(0)(&version)
            version.node = NodeIdentity(
                name: "node", url: try ServiceURL("https://elsewhere.invalid"), answerKey: version.node.answerKey)
        }),
        ("and changes the mode", { try suspend(0)(&$0); $0.mode = .production }),
        ("and changes the order of members", { try suspend(0)(&$0); $0.members.swapAt(1, 2) }),
        ("and gives the member a grant", { version in
            try suspend(0)(&version)
            version.grants = [try BudgetGrantTests.grant(of: version.members[0].id)]
        }),
        ("and is a revocation", { version in
            version.members[0].status = .revoked
        }),
    ]

    @Test("one admin's suspension is refused", arguments: excesses.map(\.0))
    func tooMuch(_ name: String) throws {
        let sample = try Fixture.sample(admins: 3, adminThreshold: 2)
        let change = try #require(Self.excesses.first { $0.0 == name }).1
        let alone = try sample.forged(signers: [1], change)
        #expect(throws: RegistryFailure.belowThreshold(version: 2, needed: 2, signed: 1)) {
            try sample.appending(alone)
        }
    }

    @Test("resuming, and suspending anew what one admin suspended, need the quorum")
    func resume() throws {
        let sample = try Fixture.sample(admins: 3, adminThreshold: 2)
        let suspended = try sample.appending(try sample.forged(signers: [1], Self.suspend(0)))
        let resume: SuccessionTests.Change = { version in
            version.members[0].status = .active
            version.members[0].suspension = nil
        }
        #expect(throws: RegistryFailure.self) { try suspended.appending(try suspended.forged(signers: [2], resume)) }
        #expect(try suspended.appending(try suspended.forged(signers: [2, 0], resume)).chain.entries.count == 3)
        let later = Self.madeAt.adding(seconds: 40 * Self.day)
        let anew = try suspended.forged(at: later, signers: [2], Self.suspend(0, from: later))
        #expect(throws: RegistryFailure.self) { try suspended.appending(anew) }
    }

    @Test("an admin suspends alone once in thirty days; another admin may in between")
    func onceInThirtyDays() throws {
        let sample = try Fixture.sample(admins: 3, adminThreshold: 2)
        let once = try sample.appending(try sample.forged(signers: [1], Self.suspend(0)))
        let soon = Self.madeAt.adding(seconds: 29 * Self.day), later = Self.madeAt.adding(seconds: 30 * Self.day)
        let again = try once.forged(at: soon, signers: [1], Self.suspend(1, from: soon))
        #expect(throws: RegistryFailure.loneSuspensionUsed(version: 3)) { try once.appending(again) }
        let byAnother = try once.forged(at: soon, signers: [2], Self.suspend(1, from: soon))
        #expect(try once.appending(byAnother).chain.entries.count == 3)
        let afterwards = try once.forged(at: later, signers: [1], Self.suspend(1, from: later))
        #expect(try once.appending(afterwards).chain.entries.count == 3)
    }
}
