package import Exchange
package import HTTPEdge
internal import OPRF
package import Registry
internal import Synchronization
package import Vocabulary

/// A custodian without HTTP: it counts, and then multiplies by its share. What it cannot count it does not evaluate.
package final class CustodianExchange: Sendable {
    package let registry: RegistryFollower
    private let shares: CustodianShares
    private let evaluators: [KeyClass: Evaluator]
    private let budgets: BudgetWriter
    private let queue = EvaluationQueue()
    private let evaluated: CounterFamily<KeyClass>
    private let now: @Sendable () -> Instant
    /// The registry as it is served, written once a version.
    private let document = Mutex<(versions: Int, bytes: [UInt8])?>(nil)

    /// - Throws: where the shares are not those of the registry, `registryStale` where this custodian served by a newer
    ///   one before, and the store's problems.
    package init(
        shares: CustodianShares, registry: RegistryFollower, store: sending any BudgetStore, metrics: MetricsRegistry,
        now: @escaping @Sendable () -> Instant
    ) throws(Problem) {
        try shares.verify(against: registry.current)
        (self.shares, self.registry, self.now) = (shares, registry, now)
        evaluators = shares.shares.mapValues(Evaluator.init)
        budgets = try BudgetWriter(store: store, registry: registry.current.number, now: now)
        evaluated = CounterFamily(
            "counterfoil_tokens_evaluated_total", "Blinded elements evaluated, by key class.", label: "class",
            in: metrics)
    }

    package var custodian: CustodianID { shares.custodian }

    /// The protocol of the wire, for one verified requester.
    package func serving(_ requester: Requester) -> some Custodian {
        CustodianSession(exchange: self, requester: requester)
    }

    /// - Throws: why nothing can be evaluated under the current registry.
    package func readiness() throws(Problem) { try shares.verify(against: registry.current) }

    /// Remembers the version in force, so that no later start goes back behind it.
    package func rememberRegistry() async throws(Problem) {
        try await budgets.advance(toRegistry: registry.current.number)
    }

    /// The registry's chain, as `GET /v1/registry` has it.
    package func registryDocument() -> [UInt8] {
        let chain = registry.chain
        return document.withLock { document in
            if let document, document.versions == chain.entries.count { return document.bytes }
            let bytes = chain.json.bytes
            document = (chain.entries.count, bytes)
            return bytes
        }
    }

    /// Counted durably before it is evaluated; a crash in between costs the member budget, never the reverse.
    fileprivate func evaluate(
        _ request: EvaluationRequest, for requester: Requester
    ) async throws(Problem) -> Evaluation {
        let version = registry.current
        try check(request.epoch, version)
        guard let evaluator = evaluators[request.keyClass] else { throw Self.notHeld }
        let batch: ElementBatch
        do throws(OPRFFailure) { batch = try ElementBatch(request.elements) } catch {
            throw Problem(.tooManyElements, "A request takes 1 to \(ElementBatch.maximumCount) elements.")
        }
        let charge = try BudgetCharge(requester, request, version: version, now: now())
        try queue.reserve(batch.count)
        defer { queue.release(batch.count) }
        try await budgets.spend(charge)
        let partial = await queue.evaluate(batch, with: evaluator)
        evaluated[request.keyClass].add(batch.count)
        return Evaluation(
            custodian: shares.custodian, epoch: shares.epoch, elements: partial.elements.elements,
            proof: partial.proof.bytes)
    }

    /// Epochs never overlap at a custodian: only the registry's current one is evaluated, if its share is here.
    private func check(_ epoch: KeyEpoch, _ version: RegistryVersion) throws(Problem) {
        guard epoch == version.tokenEpoch else {
            throw Problem(
                .wrongEpoch, "The current token epoch is \(version.tokenEpoch).",
                hint: "Take the registry from GET /v1/registry and tokenise again.", path: "epoch")
        }
        guard shares.epoch == epoch else { throw Self.notHeld }
    }

    private static let notHeld = Problem(
        .custodianUnavailable, "This custodian does not hold its share of the current token keys yet.",
        hint: "Ask another custodian.")
}

/// What one member may ask of a custodian.
private struct CustodianSession: Custodian {
    let exchange: CustodianExchange
    let requester: Requester

    func evaluate(_ request: EvaluationRequest) async throws(Problem) -> Evaluation {
        try await exchange.evaluate(request, for: requester)
    }

    func registry() async throws(Problem) -> [UInt8] { exchange.registryDocument() }
}
