internal import Vocabulary

// Reports: code, evidence, dates.
extension Admission {
    static func check<ID>(
        _ report: Report, _ record: Record<ID>, _ policy: Policy, _ now: Instant
    ) throws(AdmissionFailure) {
        let code = try code(report.code, policy)
        guard !code.isMarker else {
            throw AdmissionFailure(.codeIsMarker, path: "code", hint: "Send a record of the kind marker.")
        }
        try checkTier(report.tier, code)
        try checkProof(report, policy)
        try checkProductDecision(report, code)
        try checkReviewers(report.reviewers, code, policy)
        try checkDates(report, record.eventTime, policy, now)
        try checkStatements(report, code, record)
        try checkSubjects(of: code, record.subjects, policy)
    }

    static func code(_ name: CodeName, _ policy: Policy) throws(AdmissionFailure) -> ReasonCode {
        guard let code = policy.reasonCodes[name] else {
            throw AdmissionFailure(.codeUnknown, path: "code", hint: "Use a code of the registry's policy.")
        }
        return code
    }

    static func checkTier(_ tier: EvidenceTier?, _ code: ReasonCode) throws(AdmissionFailure) {
        guard let minimum = code.minimumTier else { return }
        let hint = "\(code.name) needs \(minimum.name) or better."
        guard let tier else { throw AdmissionFailure(.tierMissing, path: "tier", hint: hint) }
        guard tier >= minimum else { throw AdmissionFailure(.tierTooLow, path: "tier", hint: hint) }
    }

    /// What the stated tier itself needs. E3 has four conditions: grounds, evidence, a listed code (looked up before
    /// this), and a product refused, withdrawn or terminated or a benefit taken.
    private static func checkProof(_ report: Report, _ policy: Policy) throws(AdmissionFailure) {
        try checkGroundsListed(report.grounds, policy)
        guard let tier = report.tier else { return }
        if tier == .e1 || tier == .e3, report.grounds.isEmpty {
            let listed = policy.evidence.grounds.map(\.text).joined(separator: ", ")
            throw AdmissionFailure(.groundsMissing, path: "grounds", hint: "At least one of \(listed).")
        }
        if tier != .e1 { try checkEvidenceDigest(report.evidenceDigest) }
        if tier == .e3, report.productDecision == nil {
            throw AdmissionFailure(
                .productDecisionMissing, path: "productDecision", hint: "One of \(ProductDecision.names.list).")
        }
    }

    static func checkEvidenceDigest(_ digest: Bytes32?) throws(AdmissionFailure) {
        guard digest != nil else {
            throw AdmissionFailure(
                .evidenceDigestMissing, path: "evidenceDigest",
                hint: "The SHA-256 of the evidence file, which itself stays with the member.")
        }
    }

    static func checkGroundsListed(_ grounds: [ListedName], _ policy: Policy) throws(AdmissionFailure) {
        for (index, ground) in grounds.enumerated() where !policy.evidence.grounds.contains(ground) {
            let listed = policy.evidence.grounds.map(\.text).joined(separator: ", ")
            throw AdmissionFailure(.groundNotListed, path: "grounds[\(index)]", hint: "One of \(listed).")
        }
    }

    private static func checkProductDecision(_ report: Report, _ code: ReasonCode) throws(AdmissionFailure) {
        guard let decision = report.productDecision, !code.productDecisions.isEmpty,
            !code.productDecisions.contains(decision)
        else { return }
        let fitting = code.productDecisions.map(\.name).joined(separator: " or ")
        throw AdmissionFailure(
            .productDecisionDoesNotFit, path: "productDecision", hint: "\(code.name) goes with \(fitting).")
    }

    private static func checkReviewers(
        _ reviewers: [OpaqueReference], _ code: ReasonCode, _ policy: Policy
    ) throws(AdmissionFailure) {
        try checkReviewersDiffer(reviewers)
        guard let severity = code.severity, severity >= policy.evidence.twoReviewersFromSeverity,
            reviewers.count < 2
        else { return }
        throw AdmissionFailure(
            .reviewersTooFew, path: "reviewers",
            hint: "Two different persons review from severity \(policy.evidence.twoReviewersFromSeverity) on.")
    }

    static func checkReviewersDiffer(_ reviewers: [OpaqueReference]) throws(AdmissionFailure) {
        guard Set(reviewers).count == reviewers.count else {
            throw AdmissionFailure(.reviewerRepeated, path: "reviewers", hint: "Name each reviewer once.")
        }
    }

    private static func checkDates(
        _ report: Report, _ eventTime: Instant, _ policy: Policy, _ now: Instant
    ) throws(AdmissionFailure) {
        try checkEnd(report.endedOn, eventTime, policy, now)
        if let notified = report.subjectNotifiedAt, notified > now.adding(seconds: policy.eventTime.futureSeconds) {
            throw AdmissionFailure(
                .notifiedInFuture, path: "subjectNotifiedAt", hint: "Leave it out until the subject was notified.")
        }
    }

    static func checkEnd(
        _ endedOn: CalendarDate?, _ eventTime: Instant, _ policy: Policy, _ now: Instant
    ) throws(AdmissionFailure) {
        guard let endedOn else { return }
        let zone = policy.timeZone
        guard endedOn >= zone.day(of: eventTime) else {
            throw AdmissionFailure(
                .endedBeforeEvent, path: "endedOn", hint: "The day of the event or later, in \(zone.name).")
        }
        guard endedOn <= zone.day(of: now.adding(seconds: policy.eventTime.futureSeconds)) else {
            throw AdmissionFailure(
                .endedInFuture, path: "endedOn", hint: "Leave it out while the event lasts, and amend later.")
        }
    }

    private static func checkStatements<ID>(
        _ report: Report, _ code: ReasonCode, _ record: Record<ID>
    ) throws(AdmissionFailure) {
        if report.underAge21, code.retentionUnderAge21 == nil {
            throw AdmissionFailure(
                .underAgeNotApplicable, path: "underAge21", hint: "Leave it out for \(code.name).")
        }
        if code.retention == .asParent, report.parent == nil {
            throw AdmissionFailure(
                .parentMissing, path: "parent", hint: "Name the recordID of the report that this one continues.")
        }
        if code.retention != .asParent, report.parent != nil {
            throw AdmissionFailure(.parentNotAllowed, path: "parent", hint: "Leave it out for \(code.name).")
        }
        guard report.parent != record.recordID else {
            throw AdmissionFailure(.refersToItself, path: "parent", hint: "Name the earlier report.")
        }
    }
}

// Markers.
extension Admission {
    static func check<ID>(
        _ marker: Marker, _ record: Record<ID>, _ policy: Policy, _ now: Instant
    ) throws(AdmissionFailure) {
        let code = try code(marker.code, policy)
        guard code.isMarker else {
            throw AdmissionFailure(.codeIsNotMarker, path: "code", hint: "Send a record of the kind report.")
        }
        try checkTier(marker.tier, code)
        if code.needsIdentityProof, !marker.identityProven {
            throw AdmissionFailure(
                .identityProofMissing, path: "identityProven",
                hint: "\(code.name) is registered for a person whose identity the member has proved.")
        }
        if let tier = marker.tier, tier > .e1 { try checkEvidenceDigest(marker.evidenceDigest) }
        try checkEnd(marker.endedOn, record.eventTime, policy, now)
        guard !record.subjects.isEmpty else { throw subjectsMissing("borrower or victim") }
        try checkRoles(record.subjects, [.borrower, .victim])
        try checkExactIdentifier(record.subjects)
    }

    static func subjectsMissing(_ role: String) -> AdmissionFailure {
        AdmissionFailure(.subjectsMissing, path: "subjects", hint: "At least one subject with the role \(role).")
    }
}
