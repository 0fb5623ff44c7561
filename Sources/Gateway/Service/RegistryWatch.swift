package import Exchange
package import Registry
internal import Synchronization
package import Vocabulary

/// Keeps the gateway's registry current from two kinds of sources, the node and the custodians in turn, neither of
/// which is believed: a version is in force by its admins' signatures alone, and never goes back.
package final class RegistryWatch: Sendable {
    private let follower: RegistryFollower
    private let node: any Node
    private let connect: @Sendable (RegisteredCustodian) throws(Problem) -> any Custodian
    /// Where the registry is kept; `nil` keeps it in memory.
    private let path: String?
    private let events: GatewayEvents
    private let now: @Sendable () -> Instant
    private let turn = Atomic<Int>(0)
    private let lastConfirmed: Mutex<Instant>
    /// How many versions the file holds: fewer than are in force where it could not be written.
    private let keptVersions: Mutex<Int>
    /// The look under way: whoever needs one meanwhile waits for it instead of asking again.
    private let underWay = Mutex<Task<Bool, Never>?>(nil)

    package init(
        _ follower: RegistryFollower, node: any Node,
        connect: @escaping @Sendable (RegisteredCustodian) throws(Problem) -> any Custodian, path: String?,
        events: GatewayEvents, now: @escaping @Sendable () -> Instant
    ) {
        (self.follower, self.node, self.connect, self.path) = (follower, node, connect, path)
        (self.events, self.now) = (events, now)
        lastConfirmed = Mutex(now())
        keptVersions = Mutex(follower.chain.entries.count)
    }

    package var chain: RegistryChain { follower.chain }

    /// When a source last had nothing older than what is held.
    package var confirmedAt: Instant { lastConfirmed.withLock { $0 } }

    /// Asks the node and one custodian.
    ///
    /// - Returns: whether a version newer than `number` is in force then, whoever brought it.
    func look(beyond number: Int) async -> Bool {
        await look()
        return chain.current.number > number
    }

    /// Asks the node and one custodian. - Returns: whether there was a newer version.
    @discardableResult
    package func look() async -> Bool {
        let task = underWay.withLock { held in
            let task = held ?? Task { await self.askSources() }
            held = task
            return task
        }
        let isNewer = await task.value
        underWay.withLock { if $0 == task { $0 = nil } }
        return isNewer
    }

    private func askSources() async -> Bool {
        defer { keep() }
        let node = node
        var isNewer = await adopt(from: "node") { () async throws(Problem) in try await node.registry() }
        let custodians = chain.current.custodians
        guard !custodians.isEmpty else { return isNewer }
        let position = turn.wrappingAdd(1, ordering: .relaxed).oldValue
        let custodian = custodians[Int(UInt(bitPattern: position) % UInt(custodians.count))]
        let connect = connect
        if await adopt(from: "custodian \(custodian.id)", { () async throws(Problem) in
            try await connect(custodian).registry()
        }) { isNewer = true }
        return isNewer
    }

    private func adopt(
        from source: String, _ fetch: () async throws(Problem) -> [UInt8]
    ) async -> Bool {
        do throws(Problem) {
            let isNewer = try follower.adopt(parsing: try await fetch(), now: now())
            lastConfirmed.withLock { $0 = max($0, now()) }
            guard isNewer else { return false }
            events.registryAdopted(follower.current.number, from: source)
            return true
        } catch {
            events.registryRefused(error, from: source)
            return false
        }
    }

    /// Puts what is in force where the next start finds it. Where that fails it is in force all the same, and every
    /// later look tries again.
    private func keep() {
        let chain = chain
        guard let path, keptVersions.withLock({ $0 < chain.entries.count }) else { return }
        do throws(Problem) {
            try chain.write(to: path, replacing: true)
            keptVersions.withLock { $0 = chain.entries.count }
        } catch {
            events.registryNotKept(error)
        }
    }
}
