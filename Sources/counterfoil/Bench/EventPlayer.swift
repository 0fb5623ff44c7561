import Bench
import Exchange
import Identity
import Records
import Vocabulary

/// Plays a simulated consortium's events into the bare core, each at the instant at which it was received.
struct EventPlayer {
    /// One applicant as an event names it.
    struct Applicant {
        let json: JSON
        let member: MemberID
        let received: Instant
    }

    private(set) var stage: CoreStage
    private(set) var eventCount = 0
    private(set) var now: Instant
    /// When the first event was received.
    let start: Instant
    private var indexer = ApplicantIndexer()

    init(_ stage: CoreStage, start: Instant) { (self.stage, self.start, now) = (stage, start, start) }

    /// - Returns: the borrower of a loan or of a check, where the event names one.
    /// - Throws: where the core refuses it, too: a simulation furnishes nothing that is refused.
    mutating func play(_ line: [UInt8]) throws(Problem) -> Applicant? {
        eventCount += 1
        do throws(FieldFailure) {
            let document: JSON
            do throws(JSONFailure) { document = try JSON(parsing: line) } catch {
                throw FieldFailure(path: "(line)", rule: .malformed("\(error)"))
            }
            var reader = try ObjectReader(document)
            now = try reader.parsed("received", as: Instant.init)
            indexer.set(now)
            let member = try reader.parsed("member", as: MemberID.init)
            if let check = reader.optional("check") { return try play(check: check, of: member) }
            if let record = reader.optional("record") { return try play(record: record, of: member) }
            return nil
        } catch { throw Problem(.invalidField, "Line \(eventCount): \(error)") }
    }

    private mutating func play(record json: JSON, of member: MemberID) throws(FieldFailure) -> Applicant? {
        var borrower: JSON?
        let record = try Record<IndexedIdentifier>(json, path: "record") { json, path throws(FieldFailure) in
            var reader = try ObjectReader(json, path: path)
            let role = try reader.choice("role", expected: "a role", SubjectRole.init(name:))
            let applicant = try reader.required("applicant")
            if role == .borrower { borrower = applicant }
            try reader.finish()
            let inputs = try indexer.identifiers(applicant, path: path)
            return Subject(role: role, identifiers: inputs.map(ApplicantIndexer.indexed))
        }
        try accepted { () throws(Problem) in
            try stage.furnish([record], as: record.recordID, by: member, at: now)
        }
        return borrower.map { Applicant(json: $0, member: member, received: now) }
    }

    private mutating func play(check json: JSON, of member: MemberID) throws(FieldFailure) -> Applicant? {
        var reader = try ObjectReader(json, path: "check")
        let id = try reader.parsed("check", as: RecordID.init)
        let purpose = try reader.choice("purpose", expected: "a purpose", Purpose.init(rawValue:))
        let mode = try reader.choice("mode", expected: "hard, soft") { name in
            CheckMode.allCases.first { $0.name == name }
        }
        let reference = try reader.parsed("applicationRef", as: OpaqueReference.init)
        let consent = try reader.parsed("consent") { text throws(DecodingFailure) in
            try Bytes32(Base64.decode(text))
        }
        let product = try reader.optionalParsed("product", as: ListedName.init)
        let applicant = try reader.required("applicant")
        try reader.finish()
        // Soft checks leave nothing.
        guard mode == .hard else { return nil }
        let inputs = try indexer.identifiers(applicant, path: "check.applicant")
        let check = Check(
            consortium: stage.consortium, member: member, check: id, madeAt: now, purpose: purpose, mode: mode,
            applicationRef: reference, consent: consent, product: product,
            subject: Subject(role: .borrower, identifiers: inputs.map(ApplicantIndexer.indexed)))
        try accepted { () throws(Problem) in try stage.put(check, at: now) }
        return Applicant(json: applicant, member: member, received: now)
    }

    private func accepted(_ body: () throws(Problem) -> Void) throws(FieldFailure) {
        do throws(Problem) { try body() } catch {
            throw FieldFailure(path: error.path ?? "record", rule: .malformed(error.detail))
        }
    }

    /// The exact identifiers of an applicant's own.
    func ownIdentifiers(of applicant: JSON) throws(Problem) -> [IdentifierInput] {
        do throws(FieldFailure) {
            return try indexer.identifiers(applicant, path: "applicant").filter { $0.role == .own }
        } catch { throw Problem(error) }
    }
}
