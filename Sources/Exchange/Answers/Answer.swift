package import Records
package import Registry
internal import TransparencyLog
package import Vocabulary

/// What the node returns to a check: findings without anybody's name, token or identifier (DOMAIN §5).
package struct Answer: Sendable {
    /// Five different answers where others say "nothing", and `found`.
    package enum Status: String, Sendable, CaseIterable {
        case found, noRecord, notEnoughIdentifiers
        case notEntitled, wrongPurpose, unavailable
    }

    package let check: Check<IndexedIdentifier>
    /// The hash of the check's signed envelope: which question, word for word, this answers.
    package let checkHash: Hash
    /// The log that the answer's checkpoint is of.
    package let origin: String
    package let commitments: [Commitment]
    package let status: Status
    package let signals: [Signal]
    package let statistics: Statistics
    package let duplicates: DuplicateApplications
    package let sharing: [Sharing]
    package let isTruncated: Bool
    package let computedAt: Instant
    /// The latest checkpoint published when the answer was made; what is newer is marked so.
    package let checkpoint: PublishedCheckpoint
    package let registryVersion: Int
    package let policyVersion: UInt32
    let disclosure: Disclosure
}

/// A checkpoint by size and root, as an answer names it.
package struct PublishedCheckpoint: Hashable, Sendable {
    package let size: UInt64
    package let root: Hash

    package init(size: UInt64, root: Hash) { (self.size, self.root) = (size, root) }
}

extension Exchange {
    /// Makes the answer from what is stored; the check's own inquiry is not in it.
    package func answer(
        _ check: VerifiedCheck, under chain: RegistryChain, checkpoint: PublishedCheckpoint, now: Instant
    ) -> Answer {
        let policy = chain.current.policy
        let match = Match(check, in: ledger, rules: policy.identifierKinds)
        let asker = ledger.names.number(of: check.member.name)
        let disclosure = Disclosure(to: check.member, under: chain.current, now: now)
        let statistics = Statistics(
            match, in: ledger, asker: asker, offersOthers: disclosure.offersOthers, policy: policy,
            publishedSize: checkpoint.size, now: now)
        let duplicates = !disclosure.offersOthers ? .none : DuplicateApplications(
            match, in: ledger, asker: asker, policy: policy, publishedSize: checkpoint.size, now: now)
        let standing = CaseStanding(ledger: ledger, policy: policy, now: now)
        let finder = SignalFinder(
            standing: standing, chain: chain, references: references, asker: check.member,
            offersOthers: disclosure.offersOthers, publishedSize: checkpoint.size)
        let signals = finder.signals(in: match)
        let sharing = Sharing.lines(match, by: standing) { disclosure.offersOthers || $0 == asker }
        let isFound = !signals.isEmpty || !statistics.isEmpty || duplicates.applications > 0 || !sharing.isEmpty
        let status = Self.refusal(of: check, match, in: ledger, asker: asker, rules: policy.identifierKinds)
            ?? (isFound ? .found : .noRecord)
        let shows = status == .found || status == .noRecord
        return Answer(
            check: check.check, checkHash: check.payload.hash, origin: chain.current.log.origin,
            commitments: check.commitments, status: status, signals: shows ? signals : [],
            statistics: shows ? statistics : .none(policy.windows), duplicates: shows ? duplicates : .none,
            sharing: shows ? sharing : [], isTruncated: shows && match.isTruncated, computedAt: now,
            checkpoint: checkpoint, registryVersion: chain.current.number, policyVersion: policy.version,
            disclosure: disclosure)
    }

    private static func refusal(
        of check: VerifiedCheck, _ match: Match, in ledger: Ledger, asker: UInt16?, rules: IdentifierRules
    ) -> Answer.Status? {
        var asked = KindSet()
        for identifier in check.check.subject.identifiers where identifier.role == .own {
            asked.insert(identifier.kind)
        }
        guard asked.grants(by: rules) else { return .notEnoughIdentifiers }
        guard check.check.purpose == .monitoring else { return nil }
        // Monitoring is for one's own borrowers: what decides is the asker's own open loan, nothing about others.
        let hasOpenLoan = match.hits.contains { hit in
            let row = ledger.cases[Int(hit.caseNumber)]
            guard hit.isSamePerson, row.kind == .loan, row.member == asker, let latest = ledger.latestEvent(of: row),
                let stage = latest.kind.stage.flatMap(LoanStage.init(rawValue:))
            else { return false }
            return !stage.isFinal && !stage.isLiveApplication && stage != .inquired
        }
        return hasOpenLoan ? nil : .wrongPurpose
    }
}
