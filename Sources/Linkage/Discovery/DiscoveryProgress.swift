/// How far a run of discovery has come.
package struct DiscoveryProgress: Hashable, Sendable {
    package enum Stage: Int, Hashable, Sendable, CaseIterable, Comparable {
        /// Hard-linked subjects become persons.
        case persons
        /// Identifiers of several persons are collected and judged.
        case identifiers
        /// Groups are divided, and ordinary life is taken out.
        case groups
        case done

        package static func < (left: Stage, right: Stage) -> Bool { left.rawValue < right.rawValue }
    }

    package var stage: Stage
    /// Of `total`, in the stage's own things.
    package var done: Int
    package var total: Int

    package init(stage: Stage, done: Int, total: Int) { (self.stage, self.done, self.total) = (stage, done, total) }
}
