internal import Exchange
internal import Registry
internal import Synchronization
internal import Vocabulary

/// The compiled rules of registry versions: the one in force, and those that questions about the past were answered by
/// last.
final class RulesCache: Sendable {
    private static let limit = 16

    private struct State {
        /// The one used last stands last.
        var kept: [(version: Int, rules: AnswerRules)] = []
    }

    private let state = Mutex(State())

    /// - Throws: `configurationInvalid` where the version's policy does not compile.
    func rules(of chain: RegistryChain) throws(Problem) -> AnswerRules {
        let version = chain.current.number
        if let rules = kept(version) { return rules }
        // Compiled outside the lock: two at once make the same.
        let rules = try AnswerRules(chain)
        state.withLock { state in
            guard !state.kept.contains(where: { $0.version == version }) else { return }
            if state.kept.count >= Self.limit { state.kept.removeFirst() }
            state.kept.append((version, rules))
        }
        return rules
    }

    /// The rules of an earlier version of the same registry; the current ones where it never had that version.
    func rules(ofVersion version: Int?, in current: AnswerRules) throws(Problem) -> AnswerRules {
        guard let version, version != current.chain.current.number else { return current }
        if let rules = kept(version) { return rules }
        guard let chain = current.chain.through(version: version) else { return current }
        return try rules(of: chain)
    }

    private func kept(_ version: Int) -> AnswerRules? {
        state.withLock { state in
            guard let place = state.kept.lastIndex(where: { $0.version == version }) else { return nil }
            if place < state.kept.count - 1 { state.kept.append(state.kept.remove(at: place)) }
            return state.kept[state.kept.count - 1].rules
        }
    }
}
