internal import Records
internal import Vocabulary

// Whether two subjects meet, decided from their identifiers alone: one of them may not be stored yet.
extension Match.Hit {
    /// What a search with these identifiers would find in this subject, as `Match` finds it through links.
    init(
        _ asked: [NumberedIdentifier], meeting subject: [NumberedIdentifier], as role: SubjectRole,
        of caseNumber: UInt32 = 0, subject position: UInt8 = 0, rules: IdentifierRules
    ) {
        self.init(caseNumber: caseNumber, subject: position, subjectRole: role)
        for identifier in asked {
            guard let rule = rules[identifier.kind], rule.match != .never || identifier.role != .own else { continue }
            for met in subject where met.number == identifier.number {
                if identifier.role == .own, met.role == .own {
                    own.insert(identifier.kind)
                } else if identifier.role == met.role || identifier.role == .own {
                    other.insert(identifier.kind)
                }
            }
        }
        isSamePerson = own.grants(by: rules)
    }
}

extension ReasonCode {
    /// Whether a statement of this code about the subject met would be a signal to who met it: the rule that
    /// `SignalFinder` follows for stored statements.
    func isSignal(of hit: Match.Hit, about subject: [NumberedIdentifier], policy: Policy) -> Bool {
        guard isSignal else { return false }
        if isMarker { return hit.isSamePerson && hit.subjectRole != .perpetrator }
        guard hit.subjectRole != .victim else { return false }
        var met = KindSet()
        for identifier in subject {
            let kinds = identifier.role == .own ? hit.own : hit.other
            let isMet = kinds.contains(identifier.kind)
            let isCarried = identifier.kind.isComposite
                ? hit.isSamePerson : isCarried(by: identifier, of: hit.subjectRole, evidence: policy.evidence)
            if isMet, isCarried { met.insert(identifier.kind) }
        }
        return met.hasExact || met.grants(by: policy.identifierKinds)
    }
}

extension Ledger {
    /// What a member knows a person by in one of its cases: each borrower's identifiers.
    func borrowers(ofCase number: UInt32) -> [[NumberedIdentifier]] {
        subjects(ofCase: number).filter { $0.role == .borrower }.map(\.identifiers)
    }

    /// The case that a notice goes back to; `nil` for a watch that the ledger does not have.
    func caseNumber(of about: NoticeFacts.About, by member: UInt16) -> UInt32? {
        switch about {
        case .inquiry(let number), .reservation(let number): number
        case .watch(let id): watches[LookupKey.watch(id, of: names.name(member))]?.loanCase
        }
    }
}
