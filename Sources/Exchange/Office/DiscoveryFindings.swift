package import Linkage

/// What a discovery found: as it is stored, but for the candidates' numbers.
package struct DiscoveryFindings: Hashable, Sendable {
    package struct Group: Hashable, Sendable {
        /// Rising.
        package var subjects: [UInt32]
        /// Only good for ranking within one run.
        package var score: Double
        package var reasons: [CandidateFacts.Reason]

        package init(subjects: [UInt32], score: Double, reasons: [CandidateFacts.Reason] = []) {
            (self.subjects, self.score, self.reasons) = (subjects, score, reasons)
        }
    }

    /// The best first.
    package var groups: [Group]
    /// Left out because an analyst dismissed them.
    package var dismissed: Int
    /// Left out because enough of their persons are reported.
    package var reported: Int

    package init(groups: [Group], dismissed: Int = 0, reported: Int = 0) {
        (self.groups, self.dismissed, self.reported) = (groups, dismissed, reported)
    }

    package init(_ result: DiscoveryResult) {
        self.init(
            groups: result.candidates.map { candidate in
                Group(
                    subjects: candidate.subjects.map(\.rawValue), score: candidate.score,
                    reasons: candidate.reasons.map { CandidateFacts.Reason($0) })
            },
            dismissed: result.dismissedCount, reported: result.knownCount)
    }
}
