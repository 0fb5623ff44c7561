package import Linkage
package import Vocabulary

/// A ring that a discovery found and nobody reported: what is stored of it.
package struct CandidateFacts: Hashable, Sendable {
    /// Counts up from 1; a ring found again keeps its number.
    package var number: UInt32
    /// Subjects of the graph, rising.
    package var subjects: [UInt32]
    /// In thousandths.
    package var score: UInt32
    package var reasons: [Reason]

    /// Why, as a number of the discovery's list with up to two values.
    package struct Reason: Hashable, Sendable {
        package var code: UInt8
        package var values: [UInt32]

        package init(code: UInt8, values: [UInt32]) { (self.code, self.values) = (code, values) }
    }

    package init(number: UInt32, subjects: [UInt32], score: UInt32, reasons: [Reason]) {
        (self.number, self.subjects, self.score, self.reasons) = (number, subjects, score, reasons)
    }
}

/// One run of the discovery, with its candidates in order of rank.
package struct DiscoveryFacts: Hashable, Sendable {
    package var ranAt: Instant
    package var candidates: [CandidateFacts]
    /// How many were left out because an analyst had dismissed them, and because they were reported already.
    package var dismissed: UInt32
    package var reported: UInt32

    package init(ranAt: Instant, candidates: [CandidateFacts], dismissed: UInt32, reported: UInt32) {
        (self.ranAt, self.candidates) = (ranAt, candidates)
        (self.dismissed, self.reported) = (dismissed, reported)
    }
}

/// What an admin of the consortium decided about linkage.
package enum RingDecisionFacts: Hashable, Sendable {
    case confirm(candidate: UInt32)
    case dismiss(candidate: UInt32)
    /// A public switchboard, whatever its degree.
    case seedHub(identifier: UInt32)
}

/// What became of rings and hubs, with the entry that caused it.
package struct LinkageEventRow: Hashable, Sendable {
    package let logIndex: UInt32
    package let event: LinkageEvent
}

/// A candidate as it stands.
package struct RingCandidateState: Hashable, Sendable {
    package enum Verdict: UInt8, Hashable, Sendable { case open, confirmed, dismissed }

    package var facts: CandidateFacts
    package let firstFound: Instant
    package var lastFound: Instant
    /// Its rank in the run that found it last, from 1.
    package var rank: Int
    package var verdict = Verdict.open
    package var decidedAt: Instant?
}

/// How many of a run's first twenty candidates analysts have confirmed, of those that they have decided.
package struct DiscoveryRun: Hashable, Sendable {
    package let ranAt: Instant
    package let candidates: [UInt32]
    package let dismissed: UInt32
    package let reported: UInt32
}
