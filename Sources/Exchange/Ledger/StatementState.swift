package import Records
package import Vocabulary

/// A report or a marker as it stands now, after amendments, disputes and their outcomes.
package struct StatementState: Hashable, Sendable {
    package var facts: StatementFacts
    package var statedAt: Instant
    /// The key that signed the statement.
    package var signedBy: KeyID
    package var isWithdrawn = false
    package var dispute: DisputeState = .none
}

/// How many reports a member has stated, and how many of them were withdrawn or decided against it.
package struct ReportCounts: Hashable, Sendable {
    package var stated = 0
    package var withdrawn = 0
}

package enum DisputeState: Hashable, Sendable {
    case none
    case open(since: Instant)
    case rejected
}

extension StatementState {
    package var code: CodeName? {
        switch facts.body {
        case .report(let report): report.code
        case .marker(let marker): marker.code
        case .loanEvent, .amendment, .retraction, .dispute, .disputeOutcome: nil
        }
    }
}
