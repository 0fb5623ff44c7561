internal import Exchange
internal import ExchangeClient
internal import HTTPEdge
internal import Records
internal import Registry
internal import RequestSigning
internal import TransparencyLog
internal import Vocabulary

/// Talks to the node as its members do, believes nothing unverified, and writes down what it was told.
struct NodeWitness: Sendable {
    let testimony: Testimony
    let traffic: SubmissionTraffic
    private let clients: [NodeClient]
    private let sealed: HTTPClient
    private let checks: CheckTraffic
    let reservations: ReservationTraffic
    let reservationAnswers: ReservationVerifier
    private let origin: Origin
    private let receipts: ReceiptVerifier
    private let answers: AnswerVerifier
    private let logKeys: [NoteVerifierKey]

    init(
        _ consortium: SampleConsortium, origin: Origin, traffic: SubmissionTraffic, testimony: Testimony
    ) throws(Problem) {
        let http = try HTTPClient()
        (self.traffic, self.testimony, self.origin, sealed) = (traffic, testimony, origin, http)
        clients = consortium.members.map { member in
            NodeClient(
                SignedClient(origin, http: http, signer: RequestSigner(member.key), now: SystemTime.now),
                timeout: .seconds(20))
        }
        checks = CheckTraffic(consortium, knownPersons: 0)
        reservations = ReservationTraffic(consortium)
        reservationAnswers = ReservationVerifier(consortium.chain)
        receipts = ReceiptVerifier(consortium.chain)
        answers = AnswerVerifier(consortium.chain)
        logKeys = consortium.chain.logKeys
    }

    func shutDown() { sealed.shutDown() }

    func member(of number: Int) -> MemberID { traffic.member(of: number).id }

    func client(of number: Int) -> NodeClient { clients[number % clients.count] }

    /// A new submission, written down before it is sent.
    func furnish(_ number: Int) async throws(Problem) {
        let records = traffic.records(number)
        let request = traffic.sealed(records, of: number)
        // The payload is our own.
        let id = try! Submission(parsing: request.envelope.payload).submission
        let furnished = Testimony.Furnished(number: number, id: id, records: records, request: request)
        testimony.sent(furnished)
        try await send(furnished)
    }

    /// Sends a submission, for the first time or again: both times it has one place in the log.
    func send(_ furnished: Testimony.Furnished) async throws(Problem) {
        let outcome = try await client(of: furnished.number).submit(furnished.request)
        try note(outcome, of: furnished)
    }

    /// Asks for the receipt of what was acknowledged: a fresh proof for the same leaf.
    func askReceipt(of furnished: Testimony.Furnished) async throws(Problem) {
        let outcome = try await client(of: furnished.number).receipt(of: furnished.id)
        try note(outcome, of: furnished)
    }

    private func note(_ outcome: SubmissionOutcome, of furnished: Testimony.Furnished) throws(Problem) {
        let proven = try receipts.verify(
            outcome, of: furnished.request.envelope, submission: furnished.id,
            records: furnished.records.map(\.recordID))
        for record in proven {
            guard record.isOfThisEnvelope, let receipt = try? Receipt(parsing: record.receiptText) else {
                testimony.violated("Submission \(furnished.number) got a receipt for another one.")
                continue
            }
            try saw(receipt.checkpoint)
            testimony.acknowledged(furnished.number, at: receipt.index, receipt.opening)
        }
    }

    /// The same records under another submission id and other salts: the first receipts, and nothing new.
    func furnishAgain(_ furnished: Testimony.Furnished) async throws(Problem) {
        let request = traffic.sealed(furnished.records, of: furnished.number)
        let outcome = try await client(of: furnished.number).submit(request)
        for line in outcome.lines {
            guard line.status == .known, let receipt = try? Receipt(parsing: outcome.receipts[line.receipt]) else {
                testimony.violated("A record of submission \(furnished.number) was taken a second time.")
                continue
            }
            testimony.acknowledged(furnished.number, at: receipt.index, receipt.opening)
        }
    }

    func check(_ number: Int) async throws(Problem) {
        let request = checks.request(number, madeAt: SystemTime.now())
        // The payload is our own.
        let asked = try! Check(parsing: request.envelope.payload)
        let envelope = try await client(of: number).check(request)
        let answer = try answers.verify(envelope, asked: asked, now: SystemTime.now())
        testimony.answered()
        let payload = try? JSON(parsing: answer.envelope.payload)
        guard let checkpoint = payload?["checkpoint"], let size = checkpoint["size"]?.integer,
            let root = checkpoint["root"]?.string.flatMap({ try? Hash(bytes: Base64.decode($0)) })
        else { return testimony.violated("An answer names no checkpoint.") }
        testimony.saw(size: UInt64(size), root: root)
    }

    /// - Returns: the latest checkpoint, verified.
    @discardableResult
    func checkpoint() async throws(Problem) -> Checkpoint {
        let text = try await clients[0].checkpoint()
        do { return try saw(try SignedNote(parsing: Array(text.utf8))) } catch {
            throw Problem(.verificationFailed, "The node's checkpoint is no signed note of its log.")
        }
    }

    @discardableResult
    private func saw(_ note: SignedNote) throws(Problem) -> Checkpoint {
        do throws(CheckpointFailure) {
            let checkpoint = try Checkpoint(verifying: note, by: logKeys)
            testimony.saw(size: checkpoint.size, root: checkpoint.root)
            return checkpoint
        } catch {
            throw Problem(.verificationFailed, "A checkpoint is not signed by the log's key.")
        }
    }

    /// A tile as the public gets it, over HTTP.
    func tile(_ address: TileAddress) async throws(Problem) -> Tile {
        let response: ClientResponse
        do throws(ClientFailure) {
            response = try await sealed.send(ClientRequest("GET", origin, "/v1/log/\(address.path)"))
        } catch { throw error.problem(.nodeUnavailable, party: "node") }
        let body = try response.accepted(otherwise: .nodeUnavailable).body
        do throws(DecodingFailure) { return try Tile(address: address, bytes: body) } catch {
            throw Problem(.verificationFailed, "A tile is not as wide as its name says.")
        }
    }
}
