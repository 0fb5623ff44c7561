package import Records
package import Vocabulary

/// What the node offers a member. The service implements it in process for one verified requester; the client
/// implements it over HTTPS; gateway, commands and tests hold the protocol and do not know which they have.
package protocol Node: Sendable {
    /// Durable when it returns, with a receipt that proves it.
    func submit(_ request: SealedRequest) async throws(Problem) -> SubmissionOutcome
    /// The node's signed answer; the inquiry is durable before it returns.
    func check(_ request: SealedRequest) async throws(Problem) -> Envelope
    /// One signed document of answers to up to 1,000 checks; their inquiries are durable before it returns.
    func check(batch request: SealedRequest) async throws(Problem) -> Envelope
    /// Reserves, confirms or releases: the node's signed word on where it stands, durable when it returns.
    func reserve(_ request: SealedRequest) async throws(Problem) -> Envelope
    /// The member's notices after a cursor, signed.
    ///
    /// - Parameters:
    ///   - wait: how long to wait for one where there is none, up to 30 s.
    ///   - limit: how many at most, 1 to 500.
    func notices(after cursor: UInt64, wait: Duration, limit: Int) async throws(Problem) -> Envelope
    /// Says that the member has read its notices up to a cursor.
    func acknowledge(_ request: SealedRequest) async throws(Problem) -> AcknowledgementOutcome
    /// Begins and ends watches on the member's own loans.
    func watch(_ request: SealedRequest) async throws(Problem) -> WatchOutcome
    /// The member's own freshness and completeness, and what the policy makes of them.
    func furnishing() async throws(Problem) -> JSON
    /// How well scores and signals told outcomes apart, over all members.
    func outcomes() async throws(Problem) -> JSON
    /// Per member, the corrections it has not acknowledged: for the admins alone.
    func unacknowledged() async throws(Problem) -> JSON
    /// The receipts of a submission that was accepted earlier.
    func receipt(of submission: RecordID) async throws(Problem) -> SubmissionOutcome
    func registry() async throws(Problem) -> [UInt8]
    /// The latest signed checkpoint (C2SP tlog-checkpoint).
    func checkpoint() async throws(Problem) -> String
}

/// The body of every signed document sent to the node: what was signed, and beside it the openings of the commitments
/// in it, in document order. Where there are none the epoch says nothing.
package struct SealedRequest: Sendable {
    package let envelope: Envelope
    package let epoch: KeyEpoch
    package let openings: [Opening]

    package init(envelope: Envelope, epoch: KeyEpoch, openings: [Opening]) {
        (self.envelope, self.epoch, self.openings) = (envelope, epoch, openings)
    }
}

/// What became of a submission: a line a record, and the receipts they point to.
package struct SubmissionOutcome: Sendable {
    package enum Status: String, Sendable {
        /// New with this submission.
        case recorded
        /// The same record was furnished before; its first receipt stands.
        case known
    }

    package struct Line: Sendable {
        package let recordID: RecordID
        package let status: Status
        /// Index into `receipts`.
        package let receipt: Int

        package init(recordID: RecordID, status: Status, receipt: Int) {
            (self.recordID, self.status, self.receipt) = (recordID, status, receipt)
        }
    }

    package let submission: RecordID
    package let lines: [Line]
    /// C2SP tlog-proof files.
    package let receipts: [String]

    package init(submission: RecordID, lines: [Line], receipts: [String]) {
        (self.submission, self.lines, self.receipts) = (submission, lines, receipts)
    }
}
