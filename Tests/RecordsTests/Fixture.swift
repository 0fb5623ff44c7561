import Records
import Sodium
import TestSupport
import Vocabulary

/// What the tests of this room start from: the published policy, one moment, and records that are admitted.
enum Fixture {
    static let now = Instant(seconds: 1_772_000_000)  // 2026-02-25T06:13:20Z
    static let eventTime = now.adding(seconds: -86_400)

    static func policyFile(_ name: String) throws -> JSON {
        try JSON(parsing: Checkout.bytes("schemas/policy/\(name).json"))
    }

    static func policy() throws -> Policy {
        try .assembling(
            settings: policyFile("default-policy"), reasonCodes: policyFile("reason-codes"),
            identifierKinds: policyFile("identifier-kinds"), scorecard: policyFile("scorecard"))
    }

    static func id(_ number: UInt64) -> RecordID { RecordID(high: 0x1111_2222_3333_4444, low: 0x8000 << 48 | number) }

    static func bytes32(_ byte: UInt8) -> Bytes32 {
        Bytes32 { target in target.copyBytes(from: [UInt8](repeating: byte, count: 32)) }
    }

    static func reference(_ text: String) -> OpaqueReference { try! OpaqueReference(text) }  // Literals of tests alone.
    static func listed(_ text: String) -> ListedName { try! ListedName(text) }
    static func code(_ text: String) -> CodeName { try! CodeName(text) }

    static func opening(_ number: UInt8) -> Opening { Opening(salt: bytes32(number), token: bytes32(number &+ 100)) }

    static func identifier(
        _ kind: IdentifierKind, _ role: IdentifierRole = .own, number: UInt8 = 1
    ) -> CommittedIdentifier {
        CommittedIdentifier(kind: kind, role: role, commitment: .of(kind, opening(number)))
    }

    static func subject(
        _ role: SubjectRole, _ kinds: [IdentifierKind], identifierRole: IdentifierRole = .own
    ) -> Subject<CommittedIdentifier> {
        Subject(role: role, identifiers: kinds.map { identifier($0, identifierRole) })
    }

    static func record(
        _ body: RecordBody, _ subjects: [Subject<CommittedIdentifier>] = [], eventTime: Instant = eventTime
    ) -> Record<CommittedIdentifier> {
        Record(recordID: id(1), eventTime: eventTime, subjects: subjects, body: body)
    }

    /// A report that meets the standard of proof.
    static func report(_ name: String = "FRD-FIRST-PARTY", _ change: (inout Report) -> Void = { _ in }) -> RecordBody {
        var report = Report(
            code: code(name), tier: .e3, endedOn: nil, productDecision: .terminated,
            grounds: [listed("forged-document")], evidenceDigest: bytes32(7),
            subjectNotifiedAt: eventTime.adding(seconds: 60), reviewers: [reference("rev-1"), reference("rev-2")])
        change(&report)
        return .report(report)
    }

    static let perpetrator = [subject(.perpetrator, [.nationalID, .phone])]
    static let borrower = [subject(.borrower, [.nationalID, .phone])]

    static func loan(_ stage: LoanStage, _ change: (inout LoanEvent) -> Void = { _ in }) -> RecordBody {
        var event = LoanEvent(loanRef: reference("L-1"), stage: stage)
        change(&event)
        return .loanEvent(event)
    }

    /// One record of every kind, with every field that the kind has.
    static let everyKind: [Record<CommittedIdentifier>] = [
        record(
            .loanEvent(
                LoanEvent(
                    loanRef: reference("L-2026:7_a.b"), stage: .overdue, product: listed("cash-loan"),
                    channel: .pointOfSale, amountBand: AmountBand(containing: 12_345), termMonths: 24,
                    instalmentBand: AmountBand(containing: 600), balanceBand: AmountBand(containing: 0),
                    dueBucket: .daysOver90)),
            [
                Subject(
                    role: .borrower,
                    identifiers: [identifier(.nationalID), identifier(.phone, .contact, number: 2)])
            ]),
        record(
            report("FRD-MISUSE") {
                $0.endedOn = CalendarDate(year: 2026, month: 2, day: 24)
                $0.underAge21 = true
                $0.parent = id(9)
            }, perpetrator + [subject(.victim, [.email])]),
        record(
            .marker(
                Marker(
                    code: code("VIC-IMPERSONATED"), tier: .e2, identityProven: true, evidenceDigest: bytes32(3),
                    endedOn: CalendarDate(year: 2026, month: 2, day: 24))), [subject(.victim, [.nationalID])]),
        record(
            .amendment(
                Amendment(
                    amends: id(2), code: code("FRD-DOC"), tier: .e4,
                    endedOn: CalendarDate(year: 2026, month: 2, day: 1),
                    productDecision: .refused, grounds: [listed("other")], evidenceDigest: bytes32(4),
                    subjectNotifiedAt: eventTime, reviewers: [reference("r1"), reference("r2")]))),
        record(.retraction(Retraction(retracts: id(2), reason: .wrongSubject))),
        record(
            .dispute(Dispute(signal: reference("s-77"), grounds: .notMe, identityDigest: bytes32(5)))),
        record(
            .disputeOutcome(
                DisputeOutcome(
                    decides: id(2), dispute: reference("d-1"), outcome: .rejected, evidenceDigest: bytes32(6)))),
    ]

    static func submission(_ records: [Record<CommittedIdentifier>]) throws -> Submission {
        Submission(
            consortium: "demo", member: try MemberID("north-bank"), submission: id(50), madeAt: now, records: records)
    }

    static func check(
        purpose: Purpose = .application, mode: CheckMode = .hard, product: ListedName? = listed("cash-loan"),
        subject: Subject<CommittedIdentifier> = borrower[0], madeAt: Instant = now, number: UInt64 = 60,
        profile: String? = nil, asOf: AsOf? = nil
    ) throws -> Check<CommittedIdentifier> {
        Check(
            consortium: "demo", member: try MemberID("north-bank"), check: id(number), madeAt: madeAt,
            purpose: purpose, mode: mode, profile: profile, applicationRef: reference("A-1"), consent: bytes32(8),
            product: product, asOf: asOf, subject: subject)
    }

    /// A check with every field.
    static func fullCheck(number: UInt64 = 60) throws -> Check<CommittedIdentifier> {
        try check(
            mode: .soft, number: number, profile: "full",
            asOf: AsOf(instant: eventTime, size: 12, basis: .received))
    }

    static func batch(_ checks: [Check<CommittedIdentifier>]) -> CheckBatch<CommittedIdentifier> {
        CheckBatch(
            consortium: "demo", member: checks[0].member, batch: id(70), madeAt: checks[0].madeAt,
            purpose: checks[0].purpose, mode: checks[0].mode, profile: checks[0].profile, checks: checks)
    }

    typealias Reservation = ReservationRequest<CommittedIdentifier>

    static func reservation(_ action: Reservation.Action? = nil) throws -> Reservation {
        let terms = ReservationTerms(
            product: listed("cash-loan"), amountBand: AmountBand(containing: 12_345), seconds: 3600,
            subject: borrower[0])
        return ReservationRequest(
            consortium: "demo", member: try MemberID("north-bank"), reservation: id(80), madeAt: now,
            action: action ?? .reserve(terms), applicationRef: reference("A-1"))
    }

    static func acknowledgement() throws -> Acknowledgement {
        Acknowledgement(
            consortium: "demo", member: try MemberID("north-bank"), acknowledgement: id(90), madeAt: now, upTo: 17)
    }

    static func watch() throws -> WatchRequest {
        WatchRequest(
            consortium: "demo", member: try MemberID("north-bank"), request: id(91), madeAt: now,
            watch: [
                WatchRequest.Loan(watch: id(92), loanRef: reference("L-1")),
                WatchRequest.Loan(watch: id(93), loanRef: reference("L-2")),
            ], unwatch: [id(94)])
    }
}

extension JSON {
    /// The same document with one value replaced, added or (`nil`) left out, at a path of names and positions.
    func replacing(_ path: [String], with value: JSON?) -> JSON {
        guard let name = path.first else { return value ?? .null }
        let rest = Array(path.dropFirst())
        switch self {
        case .array(var elements):
            let index = Int(name)!
            elements[index] = elements[index].replacing(rest, with: value)
            return .array(elements)
        case .object(let members):
            let kept = members.filter { $0.name != name }
            guard !(rest.isEmpty && value == nil) else { return .object(kept) }
            let old = members.first { $0.name == name }?.value ?? .null
            let new = JSON.Member(name, old.replacing(rest, with: value))
            guard let position = members.firstIndex(where: { $0.name == name }) else { return .object(members + [new]) }
            var changed = members
            changed[position] = new
            return .object(changed)
        case .null, .bool, .integer, .string: return self
        }
    }
}
