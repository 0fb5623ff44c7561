import Records
import Registry
import Sodium
import Testing
import Vocabulary

@Suite("A registry is believed only as a chain of properly signed versions")
struct RegistryChainTests {
    private let now = Fixture.now.adding(seconds: 400 * Fixture.day)

    @Test("a registry survives its file and is verified from its first version")
    func roundTrip() throws {
        let first = try Fixture.sample()
        let second = try first.changed(at: Fixture.now.adding(seconds: 5)) { (version) throws(Problem) in
            try version.revoke(version.members[0].id)
        }
        let read = try RegistryChain(parsing: second.chain.json.bytes, now: now, fingerprint: first.chain.fingerprint)
        #expect(read.entries.count == 2)
        #expect(read.current == second.chain.current)
        #expect(read.currentHash == second.chain.currentHash)
        #expect(read.current.json.bytes == read.entries[1].envelope.payload)
        #expect(read.document == second.chain.json.bytes)
    }

    @Test("members and keys of the current version are found by name")
    func lookups() throws {
        let sample = try Fixture.sample(members: 7)
        for member in sample.members {
            #expect(sample.chain.member(member.id)?.keys.map(\.keyID) == [member.key.keyID])
            #expect(sample.chain.key(member.key.keyID)?.member.id == member.id)
        }
        #expect(sample.chain.member(try Fixture.id("nobody")) == nil)
        #expect(sample.chain.key(sample.logKey.keyID) == nil)
    }

    @Test("a first version other than the one trusted is refused")
    func fingerprint() throws {
        let sample = try Fixture.sample(), other = try Fixture.sample()
        #expect(throws: RegistryFailure.wrongFingerprint) {
            try RegistryChain(verifying: sample.chain.envelopes, now: now, fingerprint: other.chain.fingerprint)
        }
        #expect(throws: RegistryFailure.empty) { try RegistryChain(verifying: [], now: now) }
    }

    @Test("a changed payload no longer fits its signature")
    func changedPayload() throws {
        let sample = try Fixture.sample()
        let envelope = sample.chain.envelopes[0]
        var version = sample.chain.current
        version.mode = .production
        let changed = Envelope(
            payloadType: .registry, payload: version.json.bytes, signatures: envelope.signatures)
        #expect(throws: RegistryFailure.badSignature(version: 1, sample.admins[0].key.keyID)) {
            try RegistryChain(verifying: [changed], now: now)
        }
    }

    @Test("a signed document of another type is no version")
    func wrongType() throws {
        let sample = try Fixture.sample()
        let envelope = sample.signed(sample.chain.envelopes[0].payload, signers: [0], type: .submission)
        #expect(throws: RegistryFailure.self) { try RegistryChain(verifying: [envelope], now: now) }
    }

    @Test("a version out of its place is refused")
    func wrongPlace() throws {
        let sample = try Fixture.sample()
        let skipping = try sample.forged { $0.number = 3 }
        #expect(throws: RegistryFailure.wrongNumber(expected: 2, actual: 3)) { try sample.appending(skipping) }
        let unrelated = try sample.forged { $0.previous = SHA256.hash([1]) }
        #expect(throws: RegistryFailure.wrongPrevious(version: 2)) { try sample.appending(unrelated) }
        let orphan = try sample.forged { $0.previous = nil }
        #expect(throws: RegistryFailure.self) { try sample.appending(orphan) }
        #expect(throws: RegistryFailure.wrongNumber(expected: 2, actual: 1)) {
            try sample.appending(sample.chain.envelopes[0])
        }
    }

    @Test("time neither goes back nor runs ahead of the reader's clock")
    func times() throws {
        let sample = try Fixture.sample()
        let early = try sample.forged(at: Fixture.now.adding(seconds: -1)) { $0.mode = .production }
        #expect(throws: RegistryFailure.timeGoesBack(version: 2)) { try sample.appending(early) }
        let late = Fixture.now.adding(seconds: 121)
        let ahead = try sample.forged(at: late) { $0.mode = .production }
        #expect(throws: RegistryFailure.fromTheFuture(version: 2, madeAt: late)) {
            try sample.appending(ahead, now: Fixture.now)
        }
        #expect(try sample.appending(ahead, now: Fixture.now.adding(seconds: 1)).chain.entries.count == 2)
    }

    @Test("a change needs the threshold of admins, each counted once")
    func threshold() throws {
        let sample = try Fixture.sample(admins: 3, adminThreshold: 2)
        let lone = try sample.forged(signers: [1]) { $0.mode = .production }
        #expect(throws: RegistryFailure.belowThreshold(version: 2, needed: 2, signed: 1)) {
            try sample.appending(lone)
        }
        let twice = try sample.forged(signers: [1, 1]) { $0.mode = .production }
        #expect(throws: RegistryFailure.belowThreshold(version: 2, needed: 2, signed: 1)) {
            try sample.appending(twice)
        }
        let unsigned = try sample.forged(signers: []) { $0.mode = .production }
        #expect(throws: RegistryFailure.belowThreshold(version: 2, needed: 2, signed: 0)) {
            try sample.appending(unsigned)
        }
        let enough = try sample.forged(signers: [2, 0]) { $0.mode = .production }
        #expect(try sample.appending(enough).chain.entries[1].authority == .quorum)
    }

    @Test("new admins must reach their own threshold as well as that of the admins before")
    func bothThresholds() throws {
        let sample = try Fixture.sample(admins: 2, adminThreshold: 2)
        let newcomer = SigningKey.generate()
        let takeover: (inout RegistryVersion) -> Void = {
            $0.admins = [Admin(name: "newcomer", publicKey: newcomer.publicKey)]
            $0.adminThreshold = 1
        }
        let byOldOnly = try sample.forged(signers: [0, 1], takeover)
        #expect(throws: RegistryFailure.belowThreshold(version: 2, needed: 1, signed: 0)) {
            try sample.appending(byOldOnly)
        }
        var byNewOnly = try sample.forged(signers: [], takeover)
        byNewOnly = byNewOnly.adding(newcomer.sign(byNewOnly.pae), by: newcomer.keyID)
        #expect(throws: RegistryFailure.belowThreshold(version: 2, needed: 2, signed: 0)) {
            try sample.appending(byNewOnly)
        }
        let byBoth = byOldOnly.adding(newcomer.sign(byOldOnly.pae), by: newcomer.keyID)
        #expect(try sample.appending(byBoth).chain.current.admins.map(\.name) == ["newcomer"])
    }

    @Test("a signature of somebody who is no admin makes the version refused")
    func strangers() throws {
        let sample = try Fixture.sample()
        let stranger = SigningKey.generate()
        let good = try sample.forged { $0.mode = .production }
        let joined = good.adding(stranger.sign(good.pae), by: stranger.keyID)
        #expect(throws: RegistryFailure.unknownSigner(version: 2, stranger.keyID)) { try sample.appending(joined) }
        let disguised = try sample.forged(signers: []) { $0.mode = .production }
        let claimed = disguised.adding(stranger.sign(disguised.pae), by: sample.admins[0].key.keyID)
        #expect(throws: RegistryFailure.badSignature(version: 2, sample.admins[0].key.keyID)) {
            try sample.appending(claimed)
        }
    }

    @Test("no single changed byte of a registry passes, wherever it is")
    func changedBytes() throws {
        let sample = try Fixture.sample(members: 1)
        let bytes = sample.chain.json.bytes
        for position in stride(from: 0, to: bytes.count, by: 211) {
            var changed = bytes
            changed[position] ^= 1
            let read = try? RegistryChain(parsing: changed, now: now, fingerprint: sample.chain.fingerprint)
            #expect(read == nil, "a change at byte \(position) passed")
        }
    }
}
