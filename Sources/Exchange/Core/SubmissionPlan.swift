internal import Lending
internal import Records
internal import Sodium
internal import Vocabulary

/// One submission being decided: what it would add to the ledger, record by record, before any of it is added.
///
/// Numbers run on from the ledger's, so that a later record can refer to an earlier one of the same submission.
struct SubmissionPlan {
    let ledger: Ledger
    let references: SignalReferences
    let policy: Policy
    let now: Instant

    private(set) var records: [RecordFacts] = []
    private(set) var newIdentifiers: [NewIdentifier] = []
    private(set) var newTokens: [UInt8] = []
    private(set) var knownAt: [UInt32?] = []
    private var identifierNumbers: [LookupKey: UInt32] = [:]
    private(set) var recordNumbers: [LookupKey: UInt32] = [:]
    private(set) var loanCases: [LookupKey: UInt32] = [:]
    /// What earlier records of this submission amend, as it reads from then on.
    private(set) var amended: [UInt32: StatementFacts] = [:]
    private var newCases: UInt32 = 0
    /// Later events planned for a loan, by its case.
    private(set) var plannedEvents: [UInt32: Int] = [:]

    init(ledger: Ledger, references: SignalReferences, policy: Policy, now: Instant) {
        (self.ledger, self.references, self.policy, self.now) = (ledger, references, policy, now)
    }

    /// The log index of the same record furnished before; `nil` for a new one.
    ///
    /// - Throws: `recordConflict` where the id was used for other content.
    func known(_ record: VerifiedRecord) throws(Problem) -> UInt32? {
        guard let number = ledger.records.number(of: record.key) else { return nil }
        let parties = record.record.parties { ledger.identifiers.number(of: $0.index) ?? .max }
        guard ledger.contents[Int(number)] == content(of: record, parties) else {
            throw Problem(
                .recordConflict, "This record id was used for another record.",
                hint: "Furnish it under a new id, or amend the earlier one.", path: "\(record.path).recordID")
        }
        return ledger.rows[Int(number)].logIndex
    }

    mutating func note(knownAt logIndex: UInt32) { knownAt.append(logIndex) }

    mutating func add(_ record: VerifiedRecord, of member: MemberID) throws(Problem) {
        if let refusal = record.refusal { throw refusal }
        let parties = record.record.parties { number(of: $0) }
        let matter = try matter(of: record, parties: parties, member: member)
        append(
            RecordFacts(
                key: record.key, content: content(of: record, parties), eventTime: record.record.eventTime,
                matter: matter))
        knownAt.append(nil)
    }

    /// Whether the check was put before, under whatever salts.
    ///
    /// - Throws: `recordConflict` where the id was used for something else: nobody asks unrecorded under an old id.
    func isKnown(_ check: VerifiedCheck) throws(Problem) -> Bool {
        guard let number = ledger.records.number(of: check.key) else { return false }
        let path = check.path.isEmpty ? "check" : "\(check.path).check"
        let parties = check.check.subject.parties(subject: 0) { ledger.identifiers.number(of: $0.index) ?? .max }
        guard ledger.contents[Int(number)] == content(of: check, parties) else {
            throw Problem(
                .recordConflict, "This check id was used for something else.", hint: "Ask under a new id.",
                path: path)
        }
        return true
    }

    /// - Parameter answered: what the answer tells, for corrections to go back to.
    mutating func addInquiry(_ check: VerifiedCheck, answered: AnswerBody) {
        let parties = check.check.subject.parties(subject: 0) { number(of: $0) }
        let score = answered.statistics.map { UInt16(clamping: $0.score.points) }
        let facts = InquiryFacts(
            check: check.check.check, purpose: check.check.purpose, product: check.check.product?.text, score: score,
            told: answered.told)
        let matter = Matter.inquiry(facts, parties: parties)
        append(RecordFacts(key: check.key, content: content(of: check, parties), eventTime: now, matter: matter))
    }

    mutating func append(_ facts: RecordFacts) {
        recordNumbers[facts.key] = UInt32(ledger.rows.count + records.count)
        records.append(facts)
        switch facts.matter {
        case .opensLoan(let loan, _, _):
            loanCases[loan] = UInt32(ledger.cases.count) + newCases
            newCases += 1
        case .report, .marker, .inquiry, .reservation: newCases += 1
        case .amendment(let record, let statement): amended[record] = statement
        case .continuesLoan(let caseNumber, _): plannedEvents[caseNumber, default: 0] += 1
        case .reservationChange, .watch, .unwatch, .acknowledgement, .retraction, .dispute, .disputeOutcome: break
        }
    }

    mutating func number(of identifier: IndexedIdentifier) -> UInt32 {
        if let known = ledger.identifiers.number(of: identifier.index) { return known }
        if let planned = identifierNumbers[identifier.index] { return planned }
        let number = UInt32(ledger.identifiers.count + newIdentifiers.count)
        identifierNumbers[identifier.index] = number
        newIdentifiers.append(NewIdentifier(kind: identifier.kind, index: identifier.index))
        identifier.token.withUnsafeBytes { newTokens.append(contentsOf: $0) }
        return number
    }

    private func content(of record: VerifiedRecord, _ parties: [Party]) -> LookupKey {
        .digest("counterfoil/content/v1", [record.fields, Self.bytes(of: parties)])
    }

    private func content(of check: VerifiedCheck, _ parties: [Party]) -> LookupKey {
        let fields = check.check
        let words = [
            fields.purpose.rawValue, fields.mode.name, fields.applicationRef.text, fields.product?.text ?? "",
        ]
        return .digest(
            "counterfoil/inquiry/v1",
            words.map { Array($0.utf8) } + [fields.consent.bytes, Self.bytes(of: parties)])
    }

    static func bytes(of parties: [Party]) -> [UInt8] {
        var writer = ByteWriter()
        writer.putList(parties) { writer, party in
            writer.put(party.identifier)
            writer.put(party.role.rawValue)
            writer.put(party.subject)
            writer.put(party.subjectRole.rawValue)
        }
        return writer.bytes
    }
}

extension Record where ID == IndexedIdentifier {
    /// Every identifier with its subject, in document order.
    func parties(number: (IndexedIdentifier) -> UInt32) -> [Party] {
        var parties: [Party] = []
        for (index, subject) in subjects.enumerated() {
            parties += subject.parties(subject: UInt8(index), number: number)
        }
        return parties
    }
}

extension Subject where ID == IndexedIdentifier {
    func parties(subject: UInt8, number: (IndexedIdentifier) -> UInt32) -> [Party] {
        identifiers.map { identifier in
            Party(identifier: number(identifier), role: identifier.role, subject: subject, subjectRole: role)
        }
    }
}
