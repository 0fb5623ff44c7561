internal import Decisions
internal import HTTPEdge
internal import Registry
internal import Vocabulary

extension Gateway {
    static let policyLimit = 1 << 17

    /// Reads changed policy files now; the service does it on a beat.
    package func lookAtPolicies() {
        for (isShadow, problem) in dependencies.decisions.look(under: watch.chain.current) {
            events.policy(isShadow ? "shadow" : "active", problem)
        }
    }

    /// The policies in force: `GET /v1/decisions/policy`.
    func policies() -> EdgeResponse { .json(dependencies.decisions.json) }

    /// A candidate over the last answers: `POST /v1/decisions/dry-run`.
    func dryRun(_ request: EdgeRequest) async throws(Problem) -> EdgeResponse {
        let text: String
        let count: Int
        let json = try request.json()
        do throws(FieldFailure) {
            var reader = try ObjectReader(json)
            text = try reader.string("policy", maximumLength: Self.policyLimit)
            let last = try reader.optionalInteger("last", in: 1...Int64(DecisionTrials.maximumAnswers))
            count = last.map { Int($0) } ?? DecisionTrials.usualAnswers
            try reader.finish()
        } catch { throw Problem(error) }
        let candidate = try DecisionPolicy.read(
            Array(text.utf8), under: watch.chain.current.policy, .invalidField)
        let changes = try await DecisionTrials(outbox: dependencies.outbox).dryRun(
            candidate, active: dependencies.decisions.active, last: count)
        return Self.shown(changes, warnings: candidate.warnings.map(\.description), to: request)
    }

    /// The shadow's differences so far: `GET /v1/decisions/shadow`.
    func shadowReport(_ request: EdgeRequest) async throws(Problem) -> EdgeResponse {
        var query = try QueryFields(request.query)
        let last = try query.number("last", in: 1...UInt64(DecisionTrials.maximumAnswers))
        try query.finish()
        guard let shadow = dependencies.decisions.shadow else {
            throw Problem(
                .notFound, "No shadow policy runs here.", hint: "Name its file as shadowPolicy in the configuration.")
        }
        let changes = try await DecisionTrials(outbox: dependencies.outbox).shadowed(
            shadow, active: dependencies.decisions.active, last: last.map { Int($0) } ?? 10_000)
        return Self.shown(changes, warnings: shadow.warnings.map(\.description), to: request)
    }

    /// As JSON, or as the table where the caller asks for text.
    private static func shown(
        _ changes: DecisionChanges, warnings: [String], to request: EdgeRequest
    ) -> EdgeResponse {
        if request.headers["accept"]?.lowercased().hasPrefix("text/plain") == true { return .text(changes.text) }
        return .json(.object((changes.json.members ?? []) + [JSON.Member("warnings", .strings(warnings))]))
    }
}
