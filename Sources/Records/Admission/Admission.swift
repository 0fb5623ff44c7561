package import Vocabulary

/// The gate that every record passes, at the gateway before anything is sent and at the node, by the same code
/// (DOMAIN §2: a gate, not a label).
///
/// It decides by the record, the policy and the time alone. What needs the store (is the loan known, whose is the
/// record referred to, is the id used) is the node's, in its own transaction.
package enum Admission {
    package static func check<ID>(
        _ record: Record<ID>, policy: Policy, now: Instant
    ) throws(AdmissionFailure) {
        try checkEventTime(record.eventTime, policy, now)
        try checkSizes(record.subjects, policy)
        switch record.body {
        case .loanEvent(let event): try check(event, record.subjects, policy)
        case .report(let report):
            try check(report, record, policy, now)
        case .marker(let marker):
            try check(marker, record, policy, now)
        case .amendment(let amendment): try check(amendment, record, policy)
        case .retraction(let retraction):
            try checkReference(retraction.retracts, "retracts", of: record)
        case .dispute:
            try checkNoSubjects(record)
        case .disputeOutcome(let outcome):
            try checkReference(outcome.decides, "decides", of: record)
        }
    }

    /// All records of a submission; the failure's path names the record.
    package static func check(
        _ submission: Submission, policy: Policy, now: Instant
    ) throws(AdmissionFailure) {
        try checkMadeAt(submission.madeAt, policy, now)
        guard submission.records.count <= policy.limits.recordsPerSubmission else {
            throw AdmissionFailure(
                .tooManyRecords, path: "records", hint: "At most \(policy.limits.recordsPerSubmission) records.")
        }
        for (index, record) in submission.records.enumerated() {
            do throws(AdmissionFailure) { try check(record, policy: policy, now: now) } catch {
                throw error.below("records[\(index)]")
            }
        }
    }

    package static func check<ID>(_ check: Check<ID>, policy: Policy, now: Instant) throws(AdmissionFailure) {
        try checkMadeAt(check.madeAt, policy, now)
        if check.purpose == .preScreen, check.mode != .soft {
            throw AdmissionFailure(.preScreenIsSoft, path: "mode", hint: "Ask with the mode soft.")
        }
        try checkProduct(check.product, policy)
        try checkIdentifiers(check.subject, at: "subject", policy)
        guard check.subject.role == .borrower else {
            throw AdmissionFailure(.subjectRole, path: "subject.role", hint: "The subject of a check is a borrower.")
        }
    }

    /// What only the node can tell of a loan event: a loan's first stage names its subjects, later ones inherit them.
    ///
    /// - Parameter isKnown: whether an earlier stage of this member's loan is stored.
    package static func checkLoan<ID>(_ record: Record<ID>, isKnown: Bool) throws(AdmissionFailure) {
        guard case .loanEvent = record.body else { return }
        if isKnown, !record.subjects.isEmpty {
            throw AdmissionFailure(
                .loanSubjectsInherited, path: "subjects", hint: "Leave the subjects out after a loan's first stage.")
        }
        if !isKnown, record.subjects.isEmpty {
            throw AdmissionFailure(
                .loanSubjectsMissing, path: "loanRef",
                hint: "Name the borrower and the identifiers in the first stage sent for a loanRef.")
        }
    }
}

// Time.
extension Admission {
    static func checkEventTime(_ eventTime: Instant, _ policy: Policy, _ now: Instant) throws(AdmissionFailure) {
        let rules = policy.eventTime
        guard eventTime <= now.adding(seconds: rules.futureSeconds) else {
            throw AdmissionFailure(
                .eventTimeInFuture, path: "eventTime",
                hint: "At most \(rules.futureSeconds) seconds after the node's time, with the right offset.")
        }
        guard eventTime >= now.adding(seconds: -rules.pastDays * secondsPerDay) else {
            throw AdmissionFailure(
                .eventTimeTooOld, path: "eventTime", hint: "At most \(rules.pastDays) days before the node's time.")
        }
    }

    static func checkMadeAt(_ madeAt: Instant, _ policy: Policy, _ now: Instant) throws(AdmissionFailure) {
        guard madeAt <= now.adding(seconds: policy.eventTime.futureSeconds) else {
            throw AdmissionFailure(
                .madeInFuture, path: "madeAt", hint: "Set the clock of the machine that made the document.")
        }
    }
}
