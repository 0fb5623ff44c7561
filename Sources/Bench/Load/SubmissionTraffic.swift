internal import Exchange
internal import ExchangeClient
internal import Records
package import Registry
internal import Sodium
package import Vocabulary

/// The submissions of a run: three in ten records open a loan with eight identifiers, the rest are later stages.
///
/// Submission n is the same in every run but for ids, salts and signatures. Later stages belong to loans opened
/// `distance` submissions before, which are acknowledged by then, or to its own where there is none.
package struct SubmissionTraffic: Sendable {
    /// More than are ever under way at once, and a multiple of the number of members.
    static let distance = 510

    package let recordsPerSubmission: Int
    private let consortium: SampleConsortium
    private let startedAt: Instant

    package init(_ consortium: SampleConsortium, recordsPerSubmission: Int = 100, startedAt: Instant) {
        (self.consortium, self.recordsPerSubmission) = (consortium, recordsPerSubmission)
        self.startedAt = startedAt
    }

    package var newLoans: Int { max(1, recordsPerSubmission * 3 / 10) }

    /// The person who takes a loan: none takes two.
    package func person(ofLoan loan: Int, in submission: Int) -> Int { submission * newLoans + loan }

    func member(of submission: Int) -> (id: MemberID, key: SigningKey) {
        consortium.members[submission % consortium.members.count]
    }

    func request(_ number: Int) -> SealedRequest {
        sealed(records(number), of: number)
    }

    /// Records under a fresh submission id and fresh salts.
    func sealed(_ records: [Record<PlannedIdentifier>], of number: Int) -> SealedRequest {
        let member = member(of: number)
        let sealer = RequestSealer(consortium: consortium.chain.current.consortium, member: member.id, key: member.key)
        // What is planned has tokens, the only thing that is asked of it.
        return try! sealer.submission(
            RecordID(random: SystemRandom.bytes(16)), of: records, madeAt: startedAt,
            epoch: consortium.chain.current.tokenEpoch
        ) { (identifier: PlannedIdentifier) throws(Problem) in identifier.token }
    }

    /// The records of a submission, with ids of their own at each call.
    func records(_ number: Int) -> [Record<PlannedIdentifier>] {
        let opening = (0..<newLoans).map { loan in
            let subject = Subject(
                role: .borrower, identifiers: InventedPerson.identifiers(person(ofLoan: loan, in: number)))
            return record(.applied, loan: loan, of: number, subjects: [subject])
        }
        let earlier = number >= Self.distance ? number - Self.distance : number
        let stages: [LoanStage] = [.approved, .disbursed, .paid]
        let later = (0..<recordsPerSubmission - newLoans).map { position in
            record(stages[position / newLoans % 3], loan: position % newLoans, of: earlier, subjects: [])
        }
        return opening + later
    }

    private func record(
        _ stage: LoanStage, loan: Int, of submission: Int, subjects: [Subject<PlannedIdentifier>]
    ) -> Record<PlannedIdentifier> {
        // A reference and a name of this form are valid.
        let (reference, product) = (try! OpaqueReference("loan-\(submission)-\(loan)"), try! ListedName("cash-loan"))
        let event = LoanEvent(
            loanRef: reference, stage: stage, product: product, channel: .online,
            amountBand: AmountBand(containing: 20_000), termMonths: 12)
        return Record(
            recordID: RecordID(random: SystemRandom.bytes(16)), eventTime: startedAt.adding(seconds: -60),
            subjects: subjects, body: .loanEvent(event))
    }
}
