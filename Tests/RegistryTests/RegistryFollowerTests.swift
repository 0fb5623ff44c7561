import Records
import Registry
import Sodium
import Testing
import Vocabulary

@Suite("A process follows the registry forward only")
struct RegistryFollowerTests {
    private let now = Fixture.now.adding(seconds: 3600)

    private func suspending(_ sample: SampleConsortium, _ index: Int) throws -> SampleConsortium {
        try sample.changed(at: Fixture.now) { (version) throws(Problem) in
            try version.suspend(version.members[index].id, reason: "A test.", until: nil)
        }
    }

    @Test("a suspension in the file is in force as soon as the file is read again")
    func reload() throws {
        let sample = try Fixture.sample()
        try Fixture.withFolder { folder in
            let path = "\(folder)/registry.json"
            try sample.chain.write(to: path, replacing: false)
            let follower = RegistryFollower(try RegistryChain.read(path, now: now))
            let key = sample.members[0].key.keyID, stamp = FileSystem.stamp(of: path)
            #expect(try !follower.reload(from: path, now: now))
            #expect(follower.standing(of: key, at: now) == .active(sample.members[0].id))
            try suspending(sample, 0).chain.write(to: path, replacing: true)
            #expect(FileSystem.stamp(of: path) != stamp)
            #expect(try follower.reload(from: path, now: now))
            #expect(follower.standing(of: key, at: now).problem?.code == .suspendedMember)
            #expect(follower.current.number == 2)
        }
    }

    @Test("an older registry is refused and the held one stays")
    func rollback() throws {
        let sample = try Fixture.sample()
        let follower = RegistryFollower(try suspending(sample, 0).chain)
        #expect(throws: RegistryFailure.rollback(held: 2, offered: 1)) {
            try follower.adopt(sample.chain.envelopes, now: now)
        }
        #expect(follower.current.number == 2)
    }

    @Test("a registry that says otherwise about a held version is refused, however long it is")
    func fork() throws {
        let sample = try Fixture.sample()
        let follower = RegistryFollower(try suspending(sample, 0).chain)
        let other = try suspending(try suspending(sample, 1), 2)
        #expect(throws: RegistryFailure.fork(version: 2)) { try follower.adopt(other.chain.envelopes, now: now) }
        let foreign = try Fixture.sample()
        #expect(throws: RegistryFailure.fork(version: 1)) { try follower.adopt(foreign.chain.envelopes, now: now) }
    }

    @Test("a registry with a bad version at its end changes nothing")
    func badTail() throws {
        let sample = try Fixture.sample(admins: 2, adminThreshold: 2)
        let follower = RegistryFollower(sample.chain)
        let forged = try sample.forged(signers: [0]) { $0.mode = .production }
        #expect(throws: RegistryFailure.self) {
            try follower.adopt(sample.chain.envelopes + [forged], now: now)
        }
        #expect(throws: Problem.self) { try follower.adopt(parsing: Array("{}".utf8), now: now) }
        #expect(throws: Problem.self) { try follower.adopt(parsing: Array("nonsense".utf8), now: now) }
        #expect(follower.current.number == 1)
    }

    @Test("adoptions from two sources at once end at the longer chain")
    func twoSources() async throws {
        let first = try Fixture.sample()
        let second = try suspending(first, 0), third = try suspending(second, 1)
        let follower = RegistryFollower(first.chain)
        await withTaskGroup { group in
            for round in 0..<8 {
                let envelopes = round.isMultiple(of: 2) ? second.chain.envelopes : third.chain.envelopes
                group.addTask { _ = try? follower.adopt(envelopes, now: now) }
            }
        }
        #expect(follower.current.number == 3)
    }

    @Test("keys that once signed checkpoints and answers are still known")
    func oldKeys() throws {
        let sample = try Fixture.sample()
        let newer = SigningKey.generate()
        let changed = try sample.changed(at: Fixture.now) { (version) throws(Problem) in
            version.node = NodeIdentity(
                name: version.node.name, url: version.node.url, answerKey: newer.publicKey)
        }.chain
        #expect(changed.answerKeys == [newer.publicKey, sample.answerKey.publicKey])
        #expect(changed.logKeys == [sample.chain.current.log.verifierKey])
    }
}
