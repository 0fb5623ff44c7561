internal import Decisions
internal import Lending
package import Registry
internal import Synchronization
package import Vocabulary

/// The lender's decision policies in force: the active one, which decides, and perhaps a shadow, which is only noted.
///
/// Files are read anew when they change; one that cannot be used leaves the earlier policy in place and is told.
package final class DecisionDesk: Sendable {
    private struct State {
        var active: PolicySource
        var shadow: PolicySource?
        /// The place in the catalogue of the smallest profile with all cells that the policies ask about.
        var profile: Int
    }

    private let state: Mutex<State>

    /// The policy that ships, without a shadow.
    package init() { state = Mutex(State(active: .shipped, shadow: nil, profile: Self.profile([.shipped]))) }

    /// - Parameter active: a file; the policy that ships where it is `nil`.
    /// - Throws: what is wrong with a file, with line and column.
    package init(active: String?, shadow: String?, under version: RegistryVersion) throws(Problem) {
        let source = try active.map { path throws(Problem) in try PolicySource(path, under: version) } ?? .shipped
        let candidate = try shadow.map { path throws(Problem) in try PolicySource(path, under: version) }
        state = Mutex(
            State(
                active: source, shadow: candidate,
                profile: Self.profile([source] + (candidate.map { [$0] } ?? []))))
    }

    /// Reads changed files. - Returns: what became of each that had news, `nil` for one that is in force now.
    func look(under version: RegistryVersion) -> [(isShadow: Bool, problem: Problem?)] {
        state.withLock { state in
            var news: [(isShadow: Bool, problem: Problem?)] = []
            if state.active.look(under: version) { news.append((false, state.active.problem)) }
            if state.shadow?.look(under: version) == true { news.append((true, state.shadow?.problem)) }
            state.profile = Self.profile([state.active] + (state.shadow.map { [$0] } ?? []))
            return news
        }
    }

    /// What of the files is not in force, for the operator.
    var problems: [Problem] { state.withLock { [$0.active.problem, $0.shadow?.problem].compactMap { $0 } } }

    var active: DecisionPolicy { state.withLock { $0.active.policy } }
    var shadow: DecisionPolicy? { state.withLock { $0.shadow?.policy } }

    /// - Parameter answer: as the lender's system gets it, its statistics by name.
    func decide(on answer: JSON) -> (decision: Decision, shadow: ShadowDecision?) {
        let (active, shadow) = state.withLock { ($0.active.policy, $0.shadow?.policy) }
        guard let shadow else { return (active.decide(on: answer), nil) }
        let both = Shadow(active: active, candidate: shadow).decide(on: answer)
        return (both.active, both)
    }

    /// The profile to ask the node for: the one wanted, or the smallest one above it that has every cell of the
    /// policies. A policy without its cells would leave its rules open.
    func profile(wanted: String) -> String {
        let profiles = Catalogue.current.profiles
        let place = profiles.firstIndex { $0.name == wanted } ?? 0
        return profiles[max(place, state.withLock { $0.profile })].name
    }

    private static func profile(_ sources: [PolicySource]) -> Int {
        let cells = sources.reduce(into: Set<String>()) { $0.formUnion($1.policy.cells) }
        let profiles = Catalogue.current.profiles
        // A cell that no profile lists is never told: the longest one is of no more help than the first.
        let told = cells.intersection(Self.longest)
        return profiles.firstIndex { told.isSubset(of: $0.names) } ?? 0
    }

    private static let longest = Set(Catalogue.current.profiles.last?.names ?? [])

    /// The policies as the lender's people see them.
    var json: JSON {
        let (active, shadow, profile) = state.withLock { ($0.active, $0.shadow, $0.profile) }
        return .object([
            "active": active.json, "shadow": shadow?.json ?? .null,
            "profile": .string(Catalogue.current.profiles[profile].name),
        ])
    }

    fileprivate static func untold(_ policy: DecisionPolicy) -> [String] {
        policy.cells.subtracting(longest).sorted()
    }
}

extension PolicySource {
    fileprivate var json: JSON {
        .object([
            "policy": policy.reference.json, "source": path == nil ? "shipped" : "file",
            "cells": .strings(policy.cells.sorted()), "neverTold": .strings(DecisionDesk.untold(policy)),
            "warnings": .strings(policy.warnings.map(\.description)), "problem": .optional(problem?.detail),
            "text": .string(text),
        ])
    }
}
