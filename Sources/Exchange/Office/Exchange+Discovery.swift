internal import Linkage
package import Records
package import Vocabulary

extension LookupKey {
    /// Of the entry that a discovery leaves.
    package static func discovery(begunAt: Instant) -> LookupKey {
        let time = withUnsafeBytes(of: begunAt.milliseconds.littleEndian) { Array($0) }
        return digest("counterfoil/discovery/v1", [time])
    }
}

extension PayloadType {
    /// What a discovery found, as the node logs it: names and figures, no person.
    package static let discovery = PayloadType("application/vnd.counterfoil.discovery.v1+json")
}

extension Exchange {
    /// What is stored of a discovery's findings.
    ///
    /// A ring found again keeps its number: where at least half of all subjects of the two are the same. One that was
    /// dismissed and is told again has grown, and gets a new one, for somebody to decide anew.
    ///
    /// - Parameter begunAt: where an earlier discovery began at the very same time, the next free millisecond is taken.
    package func facts(of findings: DiscoveryFindings, begunAt: Instant) -> DiscoveryFacts {
        var ranAt = begunAt
        while ledger.entries.number(of: .discovery(begunAt: ranAt)) != nil {
            ranAt = Instant(milliseconds: ranAt.milliseconds + 1)
        }
        let found = findings.groups.prefix(RingLimits.ringsPerPage)
        let highest = found.lazy.map(\.score).filter(\.isFinite).max() ?? 0
        var numbers = CandidateNumbers(ledger)
        let candidates = found.map { group in
            // In thousandths of the best: scores have no bound of their own.
            let score = group.score.isFinite ? max(0, min(1, group.score / max(1, highest))) : 0
            return CandidateFacts(
                number: numbers.number(of: group.subjects), subjects: group.subjects, score: UInt32(score * 1000),
                reasons: group.reasons)
        }
        return DiscoveryFacts(
            ranAt: ranAt, candidates: Array(candidates), dismissed: UInt32(clamping: findings.dismissed),
            reported: UInt32(clamping: findings.reported))
    }

    /// The entry of a discovery, which the node itself signs for.
    package func entry(of facts: DiscoveryFacts, signedBy key: KeyID, at now: Instant) -> EntryFacts {
        var entry = entry(.discovery(begunAt: facts.ranAt), signedBy: key, at: now)
        entry.discoveries = [facts]
        return entry
    }
}

extension DiscoveryFacts {
    /// The payload that the log has evidence of.
    package var json: JSON {
        .object([
            "begunAt": .string(ranAt.description),
            "candidates": .array(
                candidates.map { candidate in
                    .object([
                        "candidate": .string(RingName(.candidate, candidate.number).description),
                        "subjects": .number(candidate.subjects.count), "score": .number(candidate.score),
                    ])
                }),
            "dismissed": .number(dismissed), "reported": .number(reported),
        ])
    }
}

/// Gives candidates their numbers, each known one at most once.
private struct CandidateNumbers {
    private let known: [UInt32: [UInt32]]
    private var holders: [UInt32: [UInt32]] = [:]
    private var taken: Set<UInt32> = []
    private var next: UInt32

    init(_ ledger: Ledger) {
        known = ledger.candidates.filter { $1.verdict != .dismissed }.mapValues(\.facts.subjects)
        next = (ledger.candidates.keys.max() ?? 0) + 1
        for (number, subjects) in known {
            for subject in subjects { holders[subject, default: []].append(number) }
        }
    }

    mutating func number(of subjects: [UInt32]) -> UInt32 {
        var common: [UInt32: Int] = [:]
        for subject in subjects {
            for number in holders[subject] ?? [] where !taken.contains(number) { common[number, default: 0] += 1 }
        }
        var best: (number: UInt32, alike: Double)?
        for (number, count) in common {
            let alike = Double(count) / Double(subjects.count + (known[number]?.count ?? 0) - count)
            guard alike >= 0.5, (-alike, number) < (-(best?.alike ?? 0), best?.number ?? .max) else { continue }
            best = (number, alike)
        }
        let number = best?.number ?? next
        if best == nil { next += 1 }
        taken.insert(number)
        return number
    }
}
