package import Exchange
internal import Records
package import Registry
package import Sodium
internal import Synchronization
package import Vocabulary

/// A sample consortium with fake custodians and a fake node, and a clock that a test moves.
package final class FakeConsortium: Sendable {
    package let sample: SampleConsortium
    package let member: MemberID
    package let key: SigningKey
    package let custodians: [FakeCustodian]
    package let node: FakeNode
    package let clock: FakeClock
    package let follower: RegistryFollower

    private static let start = Instant(seconds: 1_780_000_000)
    /// Made once: a sample is a value that no test changes.
    private static let shared = Result { try SampleConsortium.make(now: start, policy: samplePolicy()) }

    /// A consortium with keys of its own, which the others know nothing of.
    package static func stranger() throws -> FakeConsortium {
        try FakeConsortium(try SampleConsortium.make(now: start, policy: samplePolicy()))
    }

    package convenience init() throws { try self.init(try Self.shared.get()) }

    private init(_ sample: SampleConsortium) throws {
        let clock = FakeClock(Self.start)
        (self.sample, self.clock) = (sample, clock)
        (member, key) = sample.members[0]
        custodians = sample.shares.map { FakeCustodian($0, registry: sample.chain.json.bytes) }
        node = try FakeNode(sample, member: member) { clock.now }
        follower = RegistryFollower(sample.chain)
    }

    package func connect(_ custodian: RegisteredCustodian) throws(Problem) -> any Custodian {
        guard let fake = custodians.first(where: { $0.id == custodian.id }) else {
            throw Problem(.custodianUnavailable, "There is no custodian \(custodian.id).")
        }
        return fake
    }

    /// The registry after a change, made now; nobody serves it yet.
    package func changed(
        _ change: (inout RegistryVersion) throws(Problem) -> Void
    ) throws(Problem) -> SampleConsortium {
        clock.advance(seconds: 1)
        return try sample.changed(at: clock.now, change)
    }

    /// Puts a changed registry where node and custodians serve it.
    package func publish(_ changed: SampleConsortium) {
        let bytes = changed.chain.json.bytes
        node.with { $0.registry = bytes }
        for custodian in custodians { custodian.publish(bytes) }
    }
}

/// A clock that stands still until it is moved.
package final class FakeClock: Sendable {
    private let instant: Mutex<Instant>

    package init(_ start: Instant) { instant = Mutex(start) }

    package var now: Instant { instant.withLock { $0 } }
    package func advance(seconds: Int64) { instant.withLock { $0 = $0.adding(seconds: seconds) } }
}
