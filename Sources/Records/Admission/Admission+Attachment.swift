package import Vocabulary

extension ReasonCode {
    /// Whether this identifier of a report's subject carries the code, so that an answer shows it to whoever meets it.
    ///
    /// Victims carry nothing; match keys carry what their subject's exact identifiers do, as a possible match.
    package func isCarried(
        by identifier: some KindedIdentifier, of role: SubjectRole, evidence: EvidenceRules
    ) -> Bool {
        guard role != .victim else { return false }
        return switch attachment {
        case .subject: identifier.role == .own
        case .instrument: identifier.role == .own && evidence.instrumentKinds.contains(identifier.kind)
        case .intermediary: identifier.role == .agent
        case .staff: identifier.role == .staff || identifier.kind == .staff
        }
    }

    /// The roles of those a report may name: a fraud has perpetrators and victims, a debt has borrowers.
    var subjectRoles: Set<SubjectRole> {
        switch family {
        case .fraud, .suspicion: [.perpetrator, .associate, .victim]
        case .credit, .court, .decision: [.borrower, .perpetrator]
        case .victim, .protection: [.borrower, .victim]
        }
    }
}

// What a report's code attaches to.
extension Admission {
    static func checkSubjects<ID>(
        of code: ReasonCode, _ subjects: [Subject<ID>], _ policy: Policy
    ) throws(AdmissionFailure) {
        guard !subjects.isEmpty else { throw subjectsMissing(mainRole(of: code).name) }
        try checkRoles(subjects, code.subjectRoles)
        guard subjects.contains(where: { $0.role == .perpetrator || $0.role == .borrower }) else {
            throw AdmissionFailure(
                .noAttachedSubject, path: "subjects",
                hint: "At least one subject with the role \(mainRole(of: code).name).")
        }
        for (index, subject) in subjects.enumerated() where subject.role != .victim {
            do throws(AdmissionFailure) { try checkAttachment(of: code, to: subject, policy) } catch {
                throw error.below("subjects[\(index)]")
            }
        }
        try checkExactIdentifier(subjects)
    }

    private static func mainRole(of code: ReasonCode) -> SubjectRole {
        code.subjectRoles.contains(.borrower) ? .borrower : .perpetrator
    }

    private static func checkAttachment<ID>(
        of code: ReasonCode, to subject: Subject<ID>, _ policy: Policy
    ) throws(AdmissionFailure) {
        switch code.attachment {
        case .subject: try checkOwnIdentifier(subject)
        case .instrument: try checkInstruments(subject, policy)
        case .intermediary:
            try checkAll(subject, .intermediaryOnly, hint: "Every identifier has the role agent.") { $0.role == .agent }
        case .staff:
            try checkAll(subject, .staffOnly, hint: "Every identifier has the role or the kind staff.") {
                $0.role == .staff || $0.kind == .staff
            }
        }
    }

    private static func checkOwnIdentifier<ID>(_ subject: Subject<ID>) throws(AdmissionFailure) {
        let own = subject.identifiers.filter { $0.role == .own }
        guard !own.isEmpty else {
            throw AdmissionFailure(
                .noOwnIdentifier, path: "identifiers", hint: "At least one identifier has the role own.")
        }
        guard own.contains(where: { !$0.kind.isComposite }) else {
            throw AdmissionFailure(
                .matchKeysAlone, path: "identifiers",
                hint: "Add an own identifier such as a national ID, phone, card, device or e-mail.")
        }
    }

    /// The identity that was used belongs to the victim: only the instrument may carry the report (DOMAIN §3).
    private static func checkInstruments<ID>(_ subject: Subject<ID>, _ policy: Policy) throws(AdmissionFailure) {
        let kinds = policy.evidence.instrumentKinds
        let hint = "Only identifiers of the kinds \(kinds.map(\.name).joined(separator: ", "))."
        for (index, identifier) in subject.identifiers.enumerated() {
            let path = "identifiers[\(index)].kind"
            guard identifier.kind != .nationalID else {
                throw AdmissionFailure(.impersonationNamesPerson, path: path, hint: hint)
            }
            guard !identifier.kind.isComposite else {
                throw AdmissionFailure(.impersonationByMatchKey, path: path, hint: hint)
            }
            guard kinds.contains(identifier.kind) else {
                throw AdmissionFailure(.instrumentOnly, path: path, hint: hint)
            }
        }
        try checkOwnIdentifier(subject)
    }

    private static func checkAll<ID>(
        _ subject: Subject<ID>, _ rule: AdmissionRule, hint: String, _ fits: (ID) -> Bool
    ) throws(AdmissionFailure) {
        guard let index = subject.identifiers.firstIndex(where: { !fits($0) }) else { return }
        throw AdmissionFailure(rule, path: "identifiers[\(index)].role", hint: hint)
    }
}
