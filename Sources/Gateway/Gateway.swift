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
        /// The list of statistics for checks that name none.
        package var profile = "summary"
        package var decisions = DecisionDesk()
        /// How often policy files are looked at.
        package var policyBeat: Duration = .seconds(10)
        package var acknowledge: AcknowledgeWhen = .stored
        package var webhook: Webhook?
        /// After so many days a notice that the webhook refuses is given up.
        package var webhookDays = 7
        var jobSizes = JobSizes()
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
    let reserver: Reserver
    let feed: NoticeFeed
    let noticeDelivery: NoticeDelivery
    let portfolio: Portfolio
    let jobs: JobRunner
    let arrivals = Signal()
    let jobArrivals = Signal()
    let noticeArrivals = Signal()
    let portfolioChanges = Signal()

    package init(_ dependencies: Dependencies) {
        self.dependencies = dependencies
        let (now, random) = (dependencies.now, dependencies.random)
        let newID: @Sendable () -> RecordID = { RecordID(random: random(16)) }
        let (outbox, node) = (dependencies.outbox, dependencies.node)
        let consortium = dependencies.registry.current.consortium
        let events = GatewayEvents(logger: dependencies.logger, metrics: dependencies.metrics)
        let watch = RegistryWatch(
            dependencies.registry, node: node, connect: dependencies.connect,
            path: dependencies.registryFile, events: events, now: now)
        let tokeniser = TokenSource(
            Tokeniser(
                registry: dependencies.registry, connect: dependencies.connect, refresh: { await watch.look() },
                report: { events.custodianFailed($0) }, now: now, random: dependencies.blind),
            vault: outbox.vault, epoch: { watch.chain.current.tokenEpoch })
        let sealer = RequestSealer(consortium: consortium, member: dependencies.member, key: dependencies.key) {
            Bytes32 { $0.copyBytes(from: random(Bytes32.byteCount)) }
        }
        checker = Checker(
            outbox: outbox, node: node, tokeniser: tokeniser, sealer: sealer, watch: watch, events: events,
            decisions: dependencies.decisions, consortium: consortium, profile: dependencies.profile, now: now)
        delivery = Delivery(
            Delivery.Parts(
                outbox: outbox, node: node, tokeniser: tokeniser, sealer: sealer, watch: watch, events: events,
                consortium: consortium, now: now, newID: newID),
            recordsPerSubmission: dependencies.recordsPerSubmission)
        reserver = Reserver(
            outbox: outbox, node: node, tokeniser: tokeniser, sealer: sealer, watch: watch, consortium: consortium,
            now: now)
        feed = NoticeFeed(
            outbox: outbox, node: node, sealer: sealer, watch: watch, events: events, member: dependencies.member,
            when: dependencies.acknowledge, newID: newID, now: now)
        noticeDelivery = NoticeDelivery(
            outbox: outbox, webhook: dependencies.webhook, key: dependencies.key,
            giveUpAfterDays: dependencies.webhookDays, events: events, now: now)
        portfolio = Portfolio(
            outbox: outbox, node: node, sealer: sealer, events: events, newID: newID, now: now)
        let arrivals = arrivals
        jobs = JobRunner(
            JobRunner.Parts(
                outbox: outbox, node: node, tokens: tokeniser, sealer: sealer, watch: watch, events: events,
                checker: checker, member: dependencies.member, consortium: consortium, now: now,
                reader: {
                    ClearReader(
                        policy: watch.chain.current.policy, region: dependencies.phoneRegion,
                        malformed: dependencies.malformedInUploads, now: now(), newID: newID)
                }, wake: { arrivals.set() }, sizes: dependencies.jobSizes))
        (self.watch, self.events) = (watch, events)
        events.registryInForce(dependencies.registry.current.number)
    }

    /// The long-lived work beside the listeners.
    package var services: [any Service] {
        let (now, sleep) = (dependencies.now, dependencies.sleep)
        return [
            DeliveryService(delivery: delivery, arrivals: arrivals, now: now, sleep: sleep),
            JobService(runner: jobs, arrivals: jobArrivals, now: now, sleep: sleep),
            RegistryWatchService(watch: watch, beat: dependencies.registryBeat, sleep: sleep),
            PolicyFilesService(look: { lookAtPolicies() }, beat: dependencies.policyBeat, sleep: sleep),
            NoticeFeedService(feed: feed, arrivals: noticeArrivals, sleep: sleep),
            NoticeDeliveryService(
                delivery: noticeDelivery, feed: feed, arrivals: noticeArrivals, now: now, sleep: sleep),
            PortfolioService(portfolio: portfolio, arrivals: portfolioChanges, sleep: sleep),
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
