internal import Records
internal import Vocabulary

/// Makes a report or a marker of any code of the policy with what its row asks for: tier, grounds, reviewers, decision,
/// and subjects that the code attaches to (DOMAIN §3).
struct StatementWriter: Sendable {
    let policy: Policy
    let documents: Documents
    private let reviewers: [OpaqueReference]

    init(policy: Policy, documents: Documents) {
        (self.policy, self.documents) = (policy, documents)
        reviewers = (1...9).compactMap { try? OpaqueReference("reviewer-\($0)") }
    }

    /// A code of the policy by its name; `nil` where this consortium has none such.
    func code(_ name: String) -> ReasonCode? { (try? CodeName(name)).flatMap { policy.reasonCodes[$0] } }

    /// - Parameters:
    ///   - day: the local day of the event.
    ///   - now: when it is told.
    func body(
        _ code: ReasonCode, day: Int, parent: RecordID?, now: Instant, _ random: inout SimulationRandom
    ) -> RecordBody {
        let tier = tier(of: code, &random)
        let ended = random.chance(80) ? CalendarDate(daysSince1970: day) : nil
        guard !code.isMarker else {
            let proof = tier.map { $0 > .e1 } ?? false ? bytes32(&random) : nil
            return .marker(
                Marker(
                    code: code.name, tier: tier, identityProven: code.needsIdentityProof, evidenceDigest: proof,
                    endedOn: random.chance(100) ? ended : nil))
        }
        var report = Report(code: code.name, tier: tier, endedOn: ended)
        if tier == .e1 || tier == .e3 { report.grounds = grounds(&random) }
        if let tier, tier > .e1 { report.evidenceDigest = bytes32(&random) }
        if tier == .e3 || random.chance(200) {
            report.productDecision = random.pick(
                code.productDecisions.isEmpty ? ProductDecision.allCases : code.productDecisions)
        }
        if random.chance(300) { report.subjectNotifiedAt = now }
        report.reviewers = reviewers(isPair: code.severity ?? 0 >= policy.evidence.twoReviewersFromSeverity, &random)
        report.underAge21 = code.retentionUnderAge21 != nil && random.chance(300)
        report.parent = code.retention == .asParent ? parent : nil
        return .report(report)
    }

    private func tier(of code: ReasonCode, _ random: inout SimulationRandom) -> EvidenceTier? {
        guard let minimum = code.minimumTier else { return nil }
        return random.chance(150) ? .e4 : minimum
    }

    private func grounds(_ random: inout SimulationRandom) -> [ListedName] {
        let all = policy.evidence.grounds
        let first = random.below(all.count)
        return random.chance(400) && all.count > 1 ? [all[first], all[(first + 1) % all.count]] : [all[first]]
    }

    private func reviewers(isPair: Bool, _ random: inout SimulationRandom) -> [OpaqueReference] {
        let first = random.below(reviewers.count)
        return isPair ? [reviewers[first], reviewers[(first + 1) % reviewers.count]] : [reviewers[first]]
    }

    func bytes32(_ random: inout SimulationRandom) -> Bytes32 {
        guard let value = try? Bytes32(random.bytes(32)) else { preconditionFailure("32 bytes were drawn.") }
        return value
    }

    /// The digest of a file that nobody has.
    func digest(_ random: inout SimulationRandom) -> String { bytes32(&random).base64 }
}

extension StatementWriter {
    /// Whom the code's report or marker names.
    func subjects(
        _ code: ReasonCode, about own: OwnIdentifiers, victim: OwnIdentifiers, _ random: inout SimulationRandom
    ) -> [JSON] {
        switch code.attachment {
        case .subject:
            var subjects = [documents.subject(role(of: code), documents.applicant(own))]
            if code.family == .fraud, random.chance(60) {
                subjects.append(documents.subject(.associate, documents.applicant(victim)))
            }
            return subjects
        case .instrument:
            let used = documents.subject(.perpetrator, documents.instruments(own))
            guard random.chance(500) else { return [used] }
            return [used, documents.subject(.victim, documents.applicant(victim))]
        case .intermediary: return [documents.subject(.perpetrator, documents.related(.agent, own))]
        case .staff: return [documents.subject(.perpetrator, documents.related(.staff, own))]
        }
    }

    private func role(of code: ReasonCode) -> SubjectRole {
        switch code.family {
        case .fraud, .suspicion: .perpetrator
        case .credit, .court, .decision, .protection: .borrower
        case .victim: .victim
        }
    }

    /// What an amendment of a report may say anew and leave it admissible; `nil` where there is nothing.
    func amendment(
        of id: RecordID, _ body: RecordBody, onDay day: Int, now: Instant, _ random: inout SimulationRandom
    ) -> Amendment? {
        guard case .report(let report) = body else { return nil }
        var amendment = Amendment(amends: id)
        let code = policy.reasonCodes[report.code]
        switch random.below(4) {
        case 0: amendment.endedOn = CalendarDate(daysSince1970: day)
        case 1:
            (amendment.tier, amendment.evidenceDigest) = (.e4, bytes32(&random))
        case 2: amendment.subjectNotifiedAt = now
        default:
            amendment.evidenceDigest = bytes32(&random)
            if code?.name.text == "CRD-OD-1", let worse = self.code("CRD-OD-2") { amendment.code = worse.name }
        }
        return amendment
    }
}
