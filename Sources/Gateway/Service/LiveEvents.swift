internal import HTTPEdge
internal import Logging
internal import Vocabulary

/// What a gateway counts and logs of notices, watches and decision policies.
struct LiveEvents: Sendable {
    let logger: Logger
    let notices: Counter
    let missing: Counter
    let taken: Counter
    let givenUp: Counter
    let policyProblems: Counter
    let feedFailures: CounterFamily<ErrorCode>

    init(logger: Logger, metrics: MetricsRegistry) {
        self.logger = logger
        notices = metrics.counter("counterfoil_gateway_notices_total", "Notices of the node's feed that were stored.")
        missing = metrics.counter(
            "counterfoil_gateway_missing_notices_total", "Sequence numbers that the node's feed left out.")
        taken = metrics.counter(
            "counterfoil_gateway_delivered_notices_total", "Notices that the webhook took.")
        givenUp = metrics.counter(
            "counterfoil_gateway_given_up_notices_total", "Notices that the webhook refused for too long.")
        policyProblems = metrics.counter(
            "counterfoil_gateway_policy_problems_total", "Changed decision policies that could not be used.")
        feedFailures = CounterFamily(
            "counterfoil_gateway_feed_failures_total", "Requests about notices and watches without success, by why.",
            label: "code", in: metrics)
    }
}

extension GatewayEvents {
    func noticed(_ count: Int) {
        guard count > 0 else { return }
        live.notices.add(count)
        live.logger.info("notices stored", metadata: ["notices": .stringConvertible(count)])
    }

    func noticesMissing(_ count: Int) {
        live.missing.add(count)
        live.logger.error("the node left notices out", metadata: ["notices": .stringConvertible(count)])
    }

    func feedFailed(_ problem: Problem) {
        live.feedFailures[problem.code].add()
        live.logger.warning("node not reached for notices", metadata: ["error": .string(problem.code.rawValue)])
    }

    func noticeTaken() { live.taken.add() }

    func noticesGivenUp(_ count: Int) {
        live.givenUp.add(count)
        live.logger.error("notices given up", metadata: ["notices": .stringConvertible(count)])
    }

    /// - Parameter status: of the response, or that there was none.
    func webhookFailed(_ status: String) {
        live.logger.warning("webhook did not take a notice", metadata: ["status": .string(status)])
    }

    func portfolioFailed(_ problem: Problem) {
        live.feedFailures[problem.code].add()
        live.logger.warning("node not reached for watches", metadata: ["error": .string(problem.code.rawValue)])
    }

    /// - Parameter name: active or shadow.
    func policy(_ name: String, _ problem: Problem?) {
        guard let problem else {
            return live.logger.notice("decision policy in force", metadata: ["policy": .string(name)])
        }
        live.policyProblems.add()
        live.logger.error(
            "decision policy not taken", metadata: ["policy": .string(name), "error": .string(problem.code.rawValue)])
    }
}
