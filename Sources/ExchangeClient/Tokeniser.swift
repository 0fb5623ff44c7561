package import Exchange
internal import OPRF
package import Records
package import Registry
package import Sodium
package import Vocabulary

/// Turns inputs into tokens with the help of a quorum of custodians, none of whom is believed without its proof.
///
/// One blinded batch a key class, of at most 1,024 elements; the threshold's number of custodians are asked at once. A
/// custodian that is away, slow or wrong is named to `report`, and the next one is asked in its place.
package final class Tokeniser: Sendable {
    package typealias Connect = @Sendable (RegisteredCustodian) throws(Problem) -> any Custodian

    /// Batches under way at once: enough for every class of an applicant.
    private static let batchesAtOnce = 8

    private let registry: RegistryFollower
    private let connect: Connect
    private let refresh: @Sendable () async -> Void
    private let report: @Sendable (CustodianFailure) -> Void
    private let now: @Sendable () -> Instant
    private let random: @Sendable () -> Scalar
    private let ranking = CustodianRanking()

    /// - Parameters:
    ///   - connect: how a custodian of the registry is reached.
    ///   - refresh: looks for a newer registry; called once where custodians are of another epoch.
    ///   - report: is told of every evaluation that was not used.
    ///   - random: non-zero blinds, never the same twice.
    package init(
        registry: RegistryFollower, connect: @escaping Connect, refresh: @escaping @Sendable () async -> Void = {},
        report: @escaping @Sendable (CustodianFailure) -> Void = { _ in }, now: @escaping @Sendable () -> Instant,
        random: @escaping @Sendable () -> Scalar = Scalar.random
    ) {
        (self.registry, self.connect, self.refresh, self.report) = (registry, connect, refresh, report)
        (self.now, self.random) = (now, random)
    }

    /// The tokens of all inputs; equal ones are evaluated once.
    ///
    /// - Parameter grant: the budget grant of the registry that a large job is counted against, instead of the day's
    ///   budget.
    /// - Throws: `custodianUnavailable` where no quorum gave proven evaluations; what they all refuse, such as
    ///   `budgetExhausted`, `notEntitled` to the grant or `suspendedMember`, under its own code.
    package func tokens(
        for inputs: [KeyedInput], purpose: Purpose, grant: ListedName? = nil
    ) async throws(Problem) -> Tokens {
        do throws(Problem) { return try await attempt(inputs, purpose, grant) } catch {
            guard error.code == .wrongEpoch else { throw error }
            await refresh()
            return try await attempt(inputs, purpose, grant)
        }
    }

    private func attempt(
        _ inputs: [KeyedInput], _ purpose: Purpose, _ grant: ListedName?
    ) async throws(Problem) -> Tokens {
        let version = registry.current
        let quorum = Quorum(
            version: version, purpose: purpose, grant: grant, ranking: ranking, connect: connect, report: report,
            now: now, random: random)
        var waiting = Self.batches(of: inputs)[...]
        var tokens: [KeyedInput: GroupElement] = [:]
        var problem: Problem?
        await withTaskGroup(of: Result<[(KeyedInput, GroupElement)], Problem>.self) { group in
            func startNext() {
                guard problem == nil, let batch = waiting.popFirst() else { return }
                group.addTask { await quorum.tokens(of: batch) }
            }
            for _ in 0..<Self.batchesAtOnce { startNext() }
            for await result in group {
                switch result {
                case .success(let pairs): for (input, token) in pairs { tokens[input] = token }
                case .failure(let failure): problem = problem ?? failure
                }
                startNext()
            }
        }
        if let problem { throw problem }
        return Tokens(epoch: version.tokenEpoch, tokens)
    }

    /// Distinct inputs by class, in the order given, in lists that fit one request.
    static func batches(of inputs: [KeyedInput]) -> [[KeyedInput]] {
        var seen: Set<KeyedInput> = []
        var byClass: [KeyClass: [KeyedInput]] = [:]
        for input in inputs where seen.insert(input).inserted { byClass[input.keyClass, default: []].append(input) }
        return KeyClass.allCases.flatMap { keyClass -> [[KeyedInput]] in
            let list = byClass[keyClass] ?? []
            return stride(from: 0, to: list.count, by: EvaluationRequest.maximumElements).map { start in
                Array(list[start..<min(start + EvaluationRequest.maximumElements, list.count)])
            }
        }
    }
}
