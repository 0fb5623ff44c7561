package import Exchange
package import ExchangeClient
package import HTTPEdge
package import Identity
package import Logging
internal import Records
package import Registry
package import ServiceLifecycle
package import Sodium
package import Vocabulary

/// A lender's own service: takes clear records and questions in, and lets only tokens out.
///
/// This is the composition root; every dependency is a parameter, so that tests and the demo run a gateway in process.
package struct Gateway: Sendable {
    package struct Dependencies: Sendable {
        package var member: MemberID
        package var key: SigningKey
        package var registry: RegistryFollower
        /// Where newer registries are kept; `nil` keeps them in memory.
        package var registryFile: String?
        package var outbox: Outbox
        package var node: any Node
        package var connect: Tokeniser.Connect
        package var logger: Logger
        package var metrics = MetricsRegistry()
        package var phoneRegion: PhoneRegion = .china
        package var malformedInUploads: MalformedValue = .refuse
        package var recordsPerSubmission = 1000
        package var registryBeat: Duration = .seconds(60)
        package var registryFreshness: Duration = .seconds(24 * 3600)
        package var now: @Sendable () -> Instant = SystemTime.now
        package var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
        /// Random bytes for ids and salts.
        package var random: @Sendable (Int) -> [UInt8] = SystemRandom.bytes
        package var blind: @Sendable () -> Scalar = Scalar.random

        package init(
            member: MemberID, key: SigningKey, registry: RegistryFollower, outbox: Outbox, node: any Node,
            connect: @escaping Tokeniser.Connect, logger: Logger
        ) {
            (self.member, self.key, self.registry, self.outbox) = (member, key, registry, outbox)
            (self.node, self.connect, self.logger) = (node, connect, logger)
        }
    }

    package let delivery: Delivery
    package let watch: RegistryWatch
    let dependencies: Dependencies
    let checker: Checker
    let events: GatewayEvents
    let arrivals = Signal()

    package init(_ dependencies: Dependencies) {
        self.dependencies = dependencies
        let (now, random) = (dependencies.now, dependencies.random)
        let consortium = dependencies.registry.current.consortium
        let events = GatewayEvents(logger: dependencies.logger, metrics: dependencies.metrics)
        let watch = RegistryWatch(
            dependencies.registry, node: dependencies.node, connect: dependencies.connect,
            path: dependencies.registryFile, events: events, now: now)
        let tokeniser = Tokeniser(
            registry: dependencies.registry, connect: dependencies.connect, refresh: { await watch.look() },
            report: { events.custodianFailed($0) }, now: now, random: dependencies.blind)
        let sealer = RequestSealer(consortium: consortium, member: dependencies.member, key: dependencies.key) {
            Bytes32 { $0.copyBytes(from: random(Bytes32.byteCount)) }
        }
        checker = Checker(
            outbox: dependencies.outbox, node: dependencies.node, tokeniser: tokeniser, sealer: sealer, watch: watch,
            events: events, consortium: consortium, now: now)
        delivery = Delivery(
            Delivery.Parts(
                outbox: dependencies.outbox, node: dependencies.node, tokeniser: tokeniser, sealer: sealer,
                watch: watch, events: events, consortium: consortium, now: now,
                newID: { RecordID(random: random(16)) }),
            recordsPerSubmission: dependencies.recordsPerSubmission)
        (self.watch, self.events) = (watch, events)
        events.registryInForce(dependencies.registry.current.number)
    }

    /// The long-lived work beside the listeners.
    package var services: [any Service] {
        [
            DeliveryService(
                delivery: delivery, arrivals: arrivals, now: dependencies.now, sleep: dependencies.sleep),
            RegistryWatchService(watch: watch, beat: dependencies.registryBeat, sleep: dependencies.sleep),
        ]
    }

    // What routes and in-process callers use.

    /// Takes records over: durable when it returns, delivered from then on.
    package func accept(_ records: [PreparedRecord]) async throws(Problem) -> [RecordState] {
        let states = try await dependencies.outbox.accept(records.map(\.record), now: dependencies.now())
        events.queued(await dependencies.outbox.queuedCount)
        arrivals.set()
        return states
    }

    package func answer(_ check: PreparedCheck) async throws(Problem) -> GatewayAnswer {
        try await checker.answer(check)
    }

    package func state(of record: RecordID) async throws(Problem) -> JSON {
        try await dependencies.outbox.state(of: record).json(obstacle: await delivery.obstacle)
    }

    /// Reads clear documents by the policy of this moment.
    package func reader(malformed: MalformedValue = .refuse) -> ClearReader {
        let random = dependencies.random
        return ClearReader(
            policy: watch.chain.current.policy, region: dependencies.phoneRegion, malformed: malformed,
            now: dependencies.now(), newID: { RecordID(random: random(16)) })
    }

    /// Throws what keeps the gateway from its work: its standing in the registry, or a registry too old.
    package func checkReadiness() throws(Problem) {
        let now = dependencies.now()
        if let problem = watch.chain.standing(of: dependencies.key.keyID, at: now).problem { throw problem }
        let bound = dependencies.registryFreshness.components.seconds
        guard now <= watch.confirmedAt.adding(seconds: bound) else {
            throw Problem(
                .registryStale, "Neither the node nor a custodian has confirmed the registry for too long.",
                hint: "Check the way to the node and the custodians.")
        }
    }
}
