package import Records
package import Vocabulary

/// What the node offers a member. The service implements it in process for one verified requester; the client
/// implements it over HTTPS; gateway, commands and tests hold the protocol and do not know which they have.
package protocol Node: Sendable {
    /// Durable when it returns, with a receipt that proves it.
    func submit(_ request: SealedRequest) async throws(Problem) -> SubmissionOutcome
    /// The node's signed answer; the inquiry is durable before it returns.
    func check(_ request: SealedRequest) async throws(Problem) -> Envelope
    /// The receipts of a submission that was accepted earlier.
    func receipt(of submission: RecordID) async throws(Problem) -> SubmissionOutcome
    func registry() async throws(Problem) -> [UInt8]
    /// The latest signed checkpoint (C2SP tlog-checkpoint).
    func checkpoint() async throws(Problem) -> String
}

/// The body of `POST /v1/submissions` and `POST /v1/checks`: what was signed, and beside it the openings of the
/// commitments in it, in document order.
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
