import CustodianService
import Exchange
import Foundation
import HTTPEdge
import OPRF
import Records
import Registry
import Sodium
import Synchronization
import TestSupport
import Vocabulary

/// An invented consortium, one of its custodians, and one moment that tests move on themselves.
struct Fixture {
    static let start = Instant(seconds: 1_772_000_000)  // 2026-02-25T06:13:20Z

    let sample: SampleConsortium
    let clock = TestClock(start)

    /// - Parameter budget: tokens a day for phone numbers of applications, the one account that tests use.
    init(budget: Int = 100, url: String = "http://127.0.0.1:7401") throws {
        let urls = try [url, "http://127.0.0.1:7402", "http://127.0.0.1:7403"].map { try ServiceURL($0) }
        let addresses = SampleConsortium.Addresses(node: try ServiceURL("http://127.0.0.1:7400"), custodians: urls)
        sample = try .make(now: Self.start, policy: Self.policy(budget: budget), addresses: addresses)
    }

    static func policy(budget: Int) throws -> Policy {
        let published = try PolicyFile.read(Checkout.file("schemas/policy").path)
        let budgets = JSON.object(["phone": .object(["application": .number(budget)])])
        let members = (published.json.members ?? []).map { $0.name == "budgets" ? JSON.Member("budgets", budgets) : $0 }
        return try Policy(.object(members))
    }

    func exchange(
        _ store: sending any BudgetStore = MemoryBudgetStore(), registry: RegistryFollower? = nil,
        metrics: MetricsRegistry = MetricsRegistry()
    ) throws -> CustodianExchange {
        try CustodianExchange(
            shares: sample.shares[0], registry: registry ?? RegistryFollower(sample.chain), store: store,
            metrics: metrics, now: { [clock] in clock.now })
    }

    func requester(_ nonce: String = UUID().uuidString) -> Requester {
        Requester(
            member: sample.members[0].id, keyID: sample.members[0].key.keyID, nonce: nonce,
            expires: clock.now.adding(seconds: 300))
    }

    func charge(
        _ tokens: Int, nonce: String = UUID().uuidString, grant: String? = nil, of registry: RegistryVersion? = nil
    ) throws -> BudgetCharge {
        try BudgetCharge(
            requester(nonce), try Self.request(tokens, grant: grant), version: registry ?? sample.chain.current,
            now: clock.now)
    }

    /// A grant of this many phone tokens to a member, from the start on for a day.
    static func grant(
        _ name: String, of member: MemberID, purpose: Purpose = .application, phones: Int = 20
    ) throws -> BudgetGrant {
        BudgetGrant(
            name: try ListedName(name), member: member, purpose: purpose, tokens: [.phone: phones],
            notBefore: start, notAfter: start.adding(seconds: 86_400))
    }

    /// The consortium's registry with these grants in it.
    func granting(_ grants: [BudgetGrant], in sample: SampleConsortium? = nil) throws -> SampleConsortium {
        try (sample ?? self.sample).changed(at: Self.start) { (version: inout RegistryVersion) throws(Problem) in
            version.grants = grants
        }
    }

    static func request(
        _ count: Int, epoch: KeyEpoch = KeyEpoch(1), keyClass: KeyClass = .phone, purpose: Purpose = .application,
        grant: String? = nil
    ) throws -> EvaluationRequest {
        let batch = try BlindedBatch(inputs: (0..<count).map { [UInt8($0 & 255), UInt8($0 >> 8)] })
        return EvaluationRequest(
            epoch: epoch, keyClass: keyClass, purpose: purpose, grant: try grant.map(ListedName.init),
            elements: batch.elements.elements)
    }

    /// The code of what a piece of work is refused with.
    static func code<Result>(_ work: () async throws -> Result) async -> ErrorCode? {
        do {
            _ = try await work()
            return nil
        } catch { return (error as? Problem)?.code }
    }
}

final class TestClock: Sendable {
    private let time: Mutex<Instant>

    init(_ start: Instant) { time = Mutex(start) }

    var now: Instant { time.withLock { $0 } }
    func advance(seconds: Int64) { time.withLock { $0 = $0.adding(seconds: seconds) } }
}

/// A store that forgets with its process, and fails when it is told to.
final class MemoryBudgetStore: BudgetStore, Sendable {
    private struct State {
        var nonces: [RedeemedNonce] = []
        var totals: [BudgetAccount: Int] = [:]
        var failure: Problem?
        var registry = 0
    }

    private let state = Mutex(State())

    var failure: Problem? {
        get { state.withLock { $0.failure } }
        set { state.withLock { $0.failure = newValue } }
    }

    func tokens(of account: BudgetAccount) -> Int { state.withLock { $0.totals[account] ?? 0 } }

    var total: Int { state.withLock { $0.totals.values.reduce(0, +) } }

    func load(now: Instant) throws(Problem) -> BudgetBook {
        let state = state.withLock { $0 }
        if let failure = state.failure { throw failure }
        return BudgetBook(nonces: state.nonces, spent: state.totals)
    }

    func commit(_ changes: BudgetBook.Changes) throws(Problem) {
        if let failure { throw failure }
        state.withLock {
            $0.nonces += changes.nonces
            $0.totals.merge(changes.totals) { _, new in new }
        }
    }

    func advance(toRegistry version: Int) throws(Problem) {
        if let failure { throw failure }
        state.withLock { $0.registry = max($0.registry, version) }
    }

    func forgetNonces(expiredAt now: Instant) throws(Problem) {
        state.withLock { $0.nonces.removeAll { $0.expires < now } }
    }
}

/// A folder that is gone when the test is.
final class TemporaryFolder {
    let path = FileManager.default.temporaryDirectory.appending(path: "custodian-\(UUID().uuidString)").path

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: path) }
}
