internal import Exchange
internal import Records
internal import Vocabulary

/// Invented persons with loans, by number: what the core is filled with before it is measured.
struct InventedLoans: Sendable {
    static let eventsPerLoan = 6
    static let kinds: [IdentifierKind] = [.nationalID, .phone, .card, .device, .email, .nameBirthDate]
    private static let stages: [LoanStage] = [.applied, .approved, .signed, .disbursed, .paid, .paid]
    private static let day: Int64 = 86_400_000

    let members: [MemberID]
    /// The instant at which everything is furnished: all events are of the two years before it.
    let now: Instant

    /// Six identifiers of a person, always the same.
    static func identifiers(_ person: UInt64) -> [IndexedIdentifier] {
        kinds.map { kind in
            let index = LookupKey.digest("counterfoil/bench/v1", [[kind.rawValue], bytes(person)])
            return IndexedIdentifier(kind: kind, role: .own, index: index)
        }
    }

    func member(ofLoan loan: Int) -> MemberID { members[loan % members.count] }

    /// A loan's whole life, its borrower named in the first record.
    func records(ofLoan loan: Int, of person: UInt64) -> [Record<IndexedIdentifier>] {
        let begun = now.milliseconds - (60 + Int64(Self.mixed(UInt64(loan)) % 600)) * Self.day
        return Self.stages.enumerated().map { position, stage in
            // Our own references and products are valid.
            let event = LoanEvent(
                loanRef: try! OpaqueReference("loan-\(loan)"), stage: stage, product: try! ListedName("cash-loan"),
                amountBand: position == 0 ? AmountBand(containing: 12_000) : nil)
            let time = begun + [0, 3_600_000, 7_200_000, Self.day, 20 * Self.day, 40 * Self.day][position]
            return Record(
                recordID: Self.id(UInt64(loan) << 3 | UInt64(position)), eventTime: Instant(milliseconds: time),
                subjects: position == 0 ? [Subject(role: .borrower, identifiers: Self.identifiers(person))] : [],
                body: .loanEvent(event))
        }
    }

    /// - Parameter number: whatever makes it another one than all others.
    static func id(_ number: UInt64) -> RecordID { RecordID(random: bytes(mixed(number)) + bytes(number)) }

    /// A number spread over all of 64 bits (the finaliser of SplitMix64).
    static func mixed(_ number: UInt64) -> UInt64 {
        var random = SeededRandom(seed: number)
        return random.next()
    }

    private static func bytes(_ number: UInt64) -> [UInt8] { withUnsafeBytes(of: number.littleEndian) { Array($0) } }
}
