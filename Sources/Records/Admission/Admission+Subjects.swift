internal import Vocabulary

// Subjects and identifiers of any record.
extension Admission {
    static func checkSizes<ID>(_ subjects: [Subject<ID>], _ policy: Policy) throws(AdmissionFailure) {
        guard subjects.count <= policy.limits.subjectsPerRecord else {
            throw AdmissionFailure(
                .tooManySubjects, path: "subjects",
                hint: "At most \(policy.limits.subjectsPerRecord) subjects a record.")
        }
        for (index, subject) in subjects.enumerated() {
            do throws(AdmissionFailure) { try checkIdentifiers(subject, at: "", policy) } catch {
                throw error.below("subjects[\(index)]")
            }
        }
    }

    static func checkIdentifiers<ID>(
        _ subject: Subject<ID>, at path: String, _ policy: Policy
    ) throws(AdmissionFailure) {
        let limits = policy.limits
        var matchKeys = 0
        for (index, identifier) in subject.identifiers.enumerated() {
            if identifier.kind.isComposite { matchKeys += 1 }
            guard policy.identifierKinds.contains(identifier.kind) else {
                throw AdmissionFailure(
                    .kindNotInPolicy, path: join(path, "identifiers[\(index)].kind"),
                    hint: "Send the kinds that the registry's policy lists.")
            }
        }
        guard subject.identifiers.count <= limits.identifiersPerSubject else {
            throw AdmissionFailure(
                .tooManyIdentifiers, path: join(path, "identifiers"),
                hint: "At most \(limits.identifiersPerSubject) identifiers a subject.")
        }
        guard matchKeys <= limits.matchKeysPerSubject else {
            throw AdmissionFailure(
                .tooManyMatchKeys, path: join(path, "identifiers"),
                hint: "At most \(limits.matchKeysPerSubject) match keys a subject.")
        }
    }

    static func checkNoSubjects<ID>(_ record: Record<ID>) throws(AdmissionFailure) {
        guard record.subjects.isEmpty else {
            throw AdmissionFailure(.subjectsNotAllowed, path: "subjects", hint: "Leave the subjects out.")
        }
    }

    static func checkRoles<ID>(_ subjects: [Subject<ID>], _ allowed: Set<SubjectRole>) throws(AdmissionFailure) {
        for (index, subject) in subjects.enumerated() where !allowed.contains(subject.role) {
            let names = allowed.map(\.name).sorted().joined(separator: " or ")
            throw AdmissionFailure(.subjectRole, path: "subjects[\(index)].role", hint: "Here a subject is \(names).")
        }
    }

    /// Every subject needs an identifier that is neither a match key nor somebody else's.
    static func checkExactIdentifier<ID>(_ subjects: [Subject<ID>]) throws(AdmissionFailure) {
        for (index, subject) in subjects.enumerated()
        where !subject.identifiers.contains(where: { !$0.kind.isComposite }) {
            throw AdmissionFailure(
                .matchKeysAlone, path: "subjects[\(index)].identifiers",
                hint: "Add an identifier such as a national ID, phone, card, device or e-mail.")
        }
    }

    static func checkReference<ID>(
        _ target: RecordID, _ field: String, of record: Record<ID>
    ) throws(AdmissionFailure) {
        try checkNoSubjects(record)
        guard target != record.recordID else {
            throw AdmissionFailure(
                .refersToItself, path: field, hint: "Name the earlier record, and give this one an id of its own.")
        }
    }

    static func join(_ path: String, _ field: String) -> String { path.isEmpty ? field : "\(path).\(field)" }
}

// Loan events, amendments.
extension Admission {
    static func check<ID>(
        _ event: LoanEvent, _ subjects: [Subject<ID>], _ policy: Policy
    ) throws(AdmissionFailure) {
        try checkProduct(event.product, policy)
        if event.stage == .overdue, event.dueBucket == nil {
            throw AdmissionFailure(
                .dueBucketMissing, path: "dueBucket", hint: "One of \(DueBucket.names.list) days past due.")
        }
        if event.stage != .overdue, event.dueBucket != nil {
            throw AdmissionFailure(.dueBucketNotAllowed, path: "dueBucket", hint: "Leave it out at this stage.")
        }
        for (index, subject) in subjects.enumerated() {
            guard subject.role == .borrower else {
                throw AdmissionFailure(
                    .subjectRole, path: "subjects[\(index)].role", hint: "The subject of a loan is a borrower.")
            }
            guard subject.identifiers.contains(where: { $0.role == .own }) else {
                throw AdmissionFailure(
                    .noOwnIdentifier, path: "subjects[\(index)].identifiers",
                    hint: "At least one identifier of a borrower has the role own.")
            }
        }
    }

    static func checkProduct(_ product: ListedName?, _ policy: Policy) throws(AdmissionFailure) {
        guard let product, !policy.products.contains(product) else { return }
        throw AdmissionFailure(
            .productNotListed, path: "product",
            hint: "One of \(policy.products.map(\.text).joined(separator: ", ")).")
    }

    static func check<ID>(
        _ amendment: Amendment, _ record: Record<ID>, _ policy: Policy
    ) throws(AdmissionFailure) {
        try checkReference(amendment.amends, "amends", of: record)
        guard !amendment.isEmpty else {
            throw AdmissionFailure(.amendmentEmpty, path: "", hint: "Give at least one field its new value.")
        }
        if let code = amendment.code { _ = try self.code(code, policy) }
        try checkGroundsListed(amendment.grounds, policy)
        try checkReviewersDiffer(amendment.reviewers)
    }
}
