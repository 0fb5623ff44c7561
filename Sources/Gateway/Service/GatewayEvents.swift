package import ExchangeClient
package import HTTPEdge
package import Logging
internal import Vocabulary

/// What a gateway tells its operator, in log lines and counters. Codes, counts, names of parties and ids that the
/// gateway made itself; never a detail that somebody else wrote, never anything of a person.
package struct GatewayEvents: Sendable {
    private let logger: Logger
    private let deliveredRecords: Counter
    private let refusedRecords: Counter
    private let answeredChecks: Counter
    private let postponements: CounterFamily<ErrorCode>
    private let custodianFailures: CounterFamily<ErrorCode>
    private let registryRefusals: CounterFamily<ErrorCode>
    private let registryVersion: Gauge
    private let queuedRecords: Gauge
    let live: LiveEvents

    package init(logger: Logger, metrics: MetricsRegistry) {
        self.logger = logger
        deliveredRecords = metrics.counter(
            "counterfoil_gateway_delivered_records_total", "Records proven to be in the log.")
        refusedRecords = metrics.counter(
            "counterfoil_gateway_refused_records_total", "Records that the node refused for good.")
        answeredChecks = metrics.counter(
            "counterfoil_gateway_answered_checks_total", "Checks with a verified answer.")
        postponements = CounterFamily(
            "counterfoil_gateway_postponed_deliveries_total", "Deliveries put off, by what stood in the way.",
            label: "code", in: metrics)
        custodianFailures = CounterFamily(
            "counterfoil_gateway_custodian_failures_total", "Evaluations that were not used, by why.", label: "code",
            in: metrics)
        registryRefusals = CounterFamily(
            "counterfoil_gateway_registry_refusals_total", "Registries offered and not taken, by why.",
            label: "code", in: metrics)
        registryVersion = metrics.gauge("counterfoil_gateway_registry_version", "The registry version in force.")
        live = LiveEvents(logger: logger, metrics: metrics)
        queuedRecords = metrics.gauge("counterfoil_gateway_queued_records", "Records not yet delivered.")
    }

    func delivered(_ count: Int, _ submission: RecordID) {
        deliveredRecords.add(count)
        logger.info(
            "delivered",
            metadata: ["records": .stringConvertible(count), "submission": .string(submission.description)])
    }

    func refused(_ count: Int, _ problem: Problem) {
        refusedRecords.add(count)
        logger.warning(
            "refused for good",
            metadata: ["records": .stringConvertible(count), "error": .string(problem.code.rawValue)])
    }

    func postponed(_ problem: Problem, _ delay: Duration) {
        postponements[problem.code].add()
        logger.warning(
            "delivery postponed",
            metadata: [
                "error": .string(problem.code.rawValue), "seconds": .stringConvertible(delay.components.seconds),
            ])
    }

    func submissionDamaged(_ submission: RecordID) {
        logger.error("signed submission unreadable", metadata: ["submission": .string(submission.description)])
    }

    func queued(_ count: Int) { queuedRecords.set(count) }

    func answered() { answeredChecks.add() }

    package func custodianFailed(_ failure: CustodianFailure) {
        custodianFailures[failure.problem.code].add()
        logger.warning(
            "custodian not used",
            metadata: [
                "custodian": .string(failure.custodian.name), "error": .string(failure.problem.code.rawValue),
            ])
    }

    func registryInForce(_ version: Int) { registryVersion.set(version) }

    func registryAdopted(_ version: Int, from source: String) {
        registryVersion.set(version)
        logger.notice(
            "registry adopted", metadata: ["version": .stringConvertible(version), "source": .string(source)])
    }

    func registryNotKept(_ problem: Problem) {
        logger.error("registry not written to its file", metadata: ["error": .string(problem.code.rawValue)])
    }

    func registryRefused(_ problem: Problem, from source: String) {
        registryRefusals[problem.code].add()
        logger.warning(
            "registry not taken",
            metadata: ["error": .string(problem.code.rawValue), "source": .string(source)])
    }
}
