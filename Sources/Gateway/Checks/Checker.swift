package import Exchange
package import ExchangeClient
package import Identity
package import Records
internal import Registry
package import Vocabulary

/// Asks the node about an applicant and believes its answer once it is verified.
package struct Checker: Sendable {
    package var outbox: Outbox
    package var node: any Node
    package var tokeniser: TokenSource
    package var sealer: RequestSealer
    package var watch: RegistryWatch
    package var events: GatewayEvents
    package var decisions: DecisionDesk
    package var consortium: String
    /// The list of statistics for checks that name none.
    package var profile: String
    package var now: @Sendable () -> Instant

    /// The gateway's answer, made now or kept from when the same check was asked before.
    package func answer(_ prepared: PreparedCheck) async throws(Problem) -> GatewayAnswer {
        if let kept = try await kept(prepared) { return kept }
        let version = watch.chain.current.number
        let identifiers = prepared.check.subject.identifiers
        let tokens = try await tokens(of: identifiers, prepared.check.purpose)
        do throws(Problem) { return try await ask(prepared, tokens) } catch {
            // Another epoch, or another answer key: a newer registry may tell.
            guard Self.mayBeStale(error), await watch.look(beyond: version) else { throw error }
            return try await ask(prepared, try await self.tokens(of: identifiers, prepared.check.purpose))
        }
    }

    /// Several checks of one purpose, tokenised together; in the order given.
    package func answers(
        _ list: [PreparedCheck], purpose: Purpose
    ) async -> [Result<GatewayAnswer, Problem>] {
        let tokens: Tokens
        do throws(Problem) {
            tokens = try await self.tokens(of: list.flatMap(\.check.subject.identifiers), purpose)
        } catch {
            return list.map { _ in .failure(error) }
        }
        return await withTaskGroup(of: (Int, Result<GatewayAnswer, Problem>).self) { group in
            var results = [Result<GatewayAnswer, Problem>?](repeating: nil, count: list.count)
            var waiting = list.indices[...]
            func startNext() {
                guard let index = waiting.popFirst() else { return }
                group.addTask { (index, await result(list[index], tokens)) }
            }
            for _ in 0..<8 { startNext() }
            for await (index, result) in group {
                results[index] = result
                startNext()
            }
            return results.map { $0 ?? .failure(Problem(.internalError, "A check was not asked.")) }
        }
    }

    private func result(_ prepared: PreparedCheck, _ tokens: Tokens) async -> Result<GatewayAnswer, Problem> {
        do throws(Problem) {
            if let kept = try await kept(prepared) { return .success(kept) }
            do throws(Problem) { return .success(try await ask(prepared, tokens)) } catch {
                guard Self.mayBeStale(error) else { throw error }
                return .success(try await answer(prepared))
            }
        } catch {
            return .failure(error)
        }
    }

    static func mayBeStale(_ problem: Problem) -> Bool {
        [.wrongEpoch, .verificationFailed, .unknownKey].contains(problem.code)
    }

    private func kept(_ prepared: PreparedCheck) async throws(Problem) -> GatewayAnswer? {
        try await outbox.answer(to: prepared.check.check, content: prepared.content).map(GatewayAnswer.init(kept:))
    }

    private func tokens(of identifiers: [IdentifierInput], _ purpose: Purpose) async throws(Problem) -> Tokens {
        try await tokeniser.tokens(for: identifiers.map { $0.keyedInput(consortium) }, purpose: purpose)
    }

    /// The list of statistics to ask for: the caller's or the usual one, and never less than the decision policy needs.
    package func profile(of check: Check<IdentifierInput>) -> String {
        decisions.profile(wanted: check.profile ?? profile)
    }

    private func ask(_ prepared: PreparedCheck, _ tokens: Tokens) async throws(Problem) -> GatewayAnswer {
        let profile = profile(of: prepared.check)
        let (request, asked) = try sealer.check(prepared.check.asking(profile), epoch: tokens.epoch) {
            (identifier: IdentifierInput) throws(Problem) in try tokens.token(of: identifier, consortium)
        }
        let envelope = try await node.check(request)
        let verified = try AnswerVerifier(watch.chain).verify(envelope, asked: asked, now: now())
        let answer = try GatewayAnswer(
            verified, request: request, profile: profile, dropped: prepared.dropped, decisions: decisions)
        try await outbox.keep(answer, answering: prepared.check.check, content: prepared.content, now: now())
        events.answered()
        return answer
    }
}

extension Check {
    /// The same question, asking for a list of statistics by name.
    func asking(_ profile: String) -> Check {
        Check(
            consortium: consortium, member: member, check: check, madeAt: madeAt, purpose: purpose, mode: mode,
            profile: profile, applicationRef: applicationRef, consent: consent, product: product, asOf: asOf,
            subject: subject)
    }
}
