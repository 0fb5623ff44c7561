package import Records
internal import Registry
package import Vocabulary

/// One finding from what members stated of the person: a reason code, over all who stated it (DOMAIN §5).
package struct Signal: Hashable, Sendable {
    /// The asker's own name for it, to dispute it by.
    package let reference: String
    package let code: ReasonCode
    /// What the person is in the statement.
    package let role: SubjectRole
    package var tier: EvidenceTier?
    package var age: AgeBand
    /// Distinct members other than the asker that state it.
    package var otherReporters: Set<UInt16> = []
    package var isOwn = false
    package var dispute: Dispute = .none
    package var reliability: Reliability = .low
    package var kinds: [IdentifierKind]
    /// Met under exact identifiers, or under match keys alone, which is a possible match and never proof.
    package var isExact: Bool
    package var isUnpublished: Bool

    package enum Dispute: String, Hashable, Sendable {
        case none, disputed, rejected
    }

    /// How well a reporter's statements have stood so far.
    package enum Reliability: String, Hashable, Sendable, CaseIterable {
        case low, medium, high
    }
}

/// Gathers statements into signals.
struct SignalFinder {
    let standing: CaseStanding
    let chain: RegistryChain
    let references: SignalReferences
    let asker: MemberID
    /// Without it the asker's own statements are all there is: one other member's would name it.
    let offersOthers: Bool
    let publishedSize: UInt64

    private var view: LedgerView { standing.view }
    private var ledger: Ledger { _read { yield standing.ledger } }
    private var policy: Policy { standing.policy }
    private var now: Instant { standing.now }

    /// The signals, and the statements of other members that they stand for.
    func signals(in match: Match) -> (signals: [Signal], told: [InquiryFacts.ToldStatement]) {
        var signals: [Signal] = []
        var told: [InquiryFacts.ToldStatement] = []
        for hit in match.hits {
            let row = ledger.cases[Int(hit.caseNumber)]
            guard row.kind == .report || row.kind == .marker, let state = view.statement(of: hit.caseNumber),
                let name = state.code, let code = policy.reasonCodes[name], code.isSignal,
                offersOthers || ledger.names.name(row.member) == asker.name, standing.stands(hit.caseNumber),
                let kinds = carrying(code, hit, state)
            else { continue }
            let finding = signal(code, hit, row, state, kinds)
            if !finding.isOwn { told.append(.init(caseNumber: hit.caseNumber, subject: hit.subject)) }
            if let index = signals.firstIndex(where: { $0.code.name == name && $0.role == hit.subjectRole }) {
                signals[index].merge(finding)
            } else {
                signals.append(finding)
            }
        }
        signals.sort { left, right in
            (right.code.severity ?? 0, left.code.name) < (left.code.severity ?? 0, right.code.name)
        }
        return (signals, told)
    }

    /// The kinds under which the person was met and which carry the code; `nil` where none does.
    private func carrying(_ code: ReasonCode, _ hit: Match.Hit, _ state: StatementState) -> KindSet? {
        if code.isMarker { return hit.isSamePerson && hit.subjectRole != .perpetrator ? hit.own : nil }
        guard hit.subjectRole != .victim else { return nil }
        var met = KindSet()
        for link in ledger.links(ofCase: hit.caseNumber) where link.subject == hit.subject {
            let identifier = NumberedIdentifier(
                kind: ledger.identifierRows[Int(link.identifier)].kind, role: link.role, number: link.identifier)
            let isMet = link.role == .own ? hit.own.contains(identifier.kind) : hit.other.contains(identifier.kind)
            // A match key carries what its subject's exact identifiers do, as a possible match.
            let isCarried = identifier.kind.isComposite
                ? hit.isSamePerson
                : code.isCarried(by: identifier, of: hit.subjectRole, evidence: policy.evidence)
            if isMet, isCarried { met.insert(identifier.kind) }
        }
        return met.isEmpty || !(met.hasExact || met.grants(by: policy.identifierKinds)) ? nil : met
    }

    private func signal(
        _ code: ReasonCode, _ hit: Match.Hit, _ row: CaseRow, _ state: StatementState, _ kinds: KindSet
    ) -> Signal {
        let isOwn = ledger.names.name(row.member) == asker.name
        return Signal(
            reference: references.reference(to: hit.caseNumber, subject: hit.subject, for: asker), code: code,
            role: hit.subjectRole,
            tier: state.tier, age: AgeBand(from: state.statedAt, to: now),
            otherReporters: isOwn ? [] : [row.member], isOwn: isOwn, dispute: dispute(of: state, row),
            reliability: view.reliability(of: row.member), kinds: kinds.kinds, isExact: kinds.hasExact,
            isUnpublished: UInt64(ledger.rows[Int(row.firstRow - 1)].logIndex) >= publishedSize)
    }

    func dispute(of state: StatementState, _ row: CaseRow) -> Signal.Dispute {
        let logIndex = ledger.rows[Int(row.firstRow - 1)].logIndex
        // What a compromised key signed after the index that the registry names is disputed until re-affirmed.
        if let key = chain.key(state.signedBy)?.key, key.isDisputed(recordAt: UInt64(logIndex)) { return .disputed }
        return switch state.dispute {
        case .none: .none
        case .rejected: .rejected
        case .open(let since):
            Retention.expiryOfDispute(takenInAt: since, policy: policy).isOver(at: now) ? .none : .disputed
        }
    }
}

extension Signal {
    /// Takes up another statement of the same code.
    fileprivate mutating func merge(_ other: Signal) {
        tier = [tier, other.tier].compactMap(\.self).max()
        age = min(age, other.age)
        otherReporters.formUnion(other.otherReporters)
        isOwn = isOwn || other.isOwn
        // A signal is disputed only while everything behind it is.
        if dispute != other.dispute { dispute = .none }
        if other.reliability == .high || reliability == .low { reliability = other.reliability }
        kinds = Set(kinds + other.kinds).sorted()
        isExact = isExact || other.isExact
        isUnpublished = isUnpublished || other.isUnpublished
    }
}

extension StatementState {
    var tier: EvidenceTier? {
        switch facts.body {
        case .report(let report): report.tier
        case .marker(let marker): marker.tier
        case .loanEvent, .amendment, .retraction, .dispute, .disputeOutcome: nil
        }
    }
}
