import Records
import Registry
import Sodium
import Testing
import Vocabulary

@Suite("A draft goes from admin to admin until enough have signed")
struct DraftVersionTests {
    private let now = Fixture.now

    private func draft(of sample: SampleConsortium) throws -> DraftVersion {
        try DraftVersion(following: sample.chain, madeAt: now, note: "A revocation.") { (version) throws(Problem) in
            try version.revoke(version.members[0].id)
        }
    }

    @Test("a draft survives its file with the signatures it has, and is published once there are enough")
    func offline() throws {
        let sample = try Fixture.sample(admins: 3, adminThreshold: 2)
        try Fixture.withFolder { folder in
            let path = "\(folder)/draft.json"
            var first = try draft(of: sample)
            try first.sign(with: sample.admins[0].key, following: sample.chain)
            try first.write(to: path, replacing: false)
            var second = try DraftVersion.read(path)
            #expect(second.signatureCount == 1 && second.signaturesNeeded(following: sample.chain) == 2)
            #expect(throws: RegistryFailure.belowThreshold(version: 2, needed: 2, signed: 1)) {
                try second.publish(following: sample.chain, now: now)
            }
            try second.sign(with: sample.admins[2].key, following: sample.chain)
            let published = try second.publish(following: sample.chain, now: now)
            #expect(published.current.members[0].status == .revoked)
            #expect(published.entries[1].signers(following: sample.chain.current) == ["admin-1", "admin-3"])
        }
    }

    @Test("nobody signs twice, and no stranger signs")
    func signers() throws {
        let sample = try Fixture.sample(admins: 2, adminThreshold: 2)
        var draft = try draft(of: sample)
        try draft.sign(with: sample.admins[0].key, following: sample.chain)
        let problem = #expect(throws: Problem.self) {
            try draft.sign(with: sample.admins[0].key, following: sample.chain)
        }
        #expect(problem?.code == .notAdmissible)
        let refusal = #expect(throws: Problem.self) { try draft.sign(with: .generate(), following: sample.chain) }
        #expect(refusal?.code == .notEntitled)
    }

    @Test("a draft is refused once the registry has moved on")
    func overtaken() throws {
        let sample = try Fixture.sample()
        let draft = try draft(of: sample)
        let later = try sample.changed(at: now) { (version) throws(Problem) in version.mode = .production }
        #expect(throws: Problem.self) { try draft.requirePlace(after: later.chain) }
        #expect(throws: Problem.self) { try draft.requirePlace(after: nil) }
        try draft.requirePlace(after: sample.chain)
    }

    @Test("an admin reads in words what a draft changes")
    func differences() throws {
        let sample = try Fixture.sample()
        let sentences = try draft(of: sample).version.differences(since: sample.chain.current)
        #expect(sentences.count == 2)
        #expect(sentences.contains("Member north-bank is revoked."))
        #expect(sample.chain.current.differences(since: sample.chain.current).isEmpty)
        #expect(sample.chain.current.differences(since: nil).count > 10)
    }

    @Test("an envelope of another kind is no draft")
    func wrongType() throws {
        let sample = try Fixture.sample()
        let envelope = sample.signed(sample.chain.envelopes[0].payload, signers: [0], type: .check)
        #expect(throws: Problem.self) { try DraftVersion(envelope) }
        let garbage = sample.signed(Array("{}".utf8), signers: [0])
        #expect(throws: Problem.self) { try DraftVersion(garbage) }
    }
}
