internal import HTTPEdge
internal import Sodium
internal import Synchronization
internal import Vocabulary

/// A lender's system: hands clear records to its gateway and remembers what was taken.
final class Lender: Sendable {
    struct Sent: Sendable {
        let id: RecordID
        let body: [UInt8]
    }

    private struct State {
        var sent: [Sent] = []
        var accepted: Set<RecordID> = []
        var delivered: Set<RecordID> = []
        var violations: [String] = []
    }

    private let state = Mutex(State())
    private let client: HTTPClient
    private let origin: Origin

    init(_ origin: Origin) throws(Problem) {
        client = try HTTPClient()
        self.origin = origin
    }

    var sent: [Sent] { state.withLock { $0.sent } }
    var accepted: Set<RecordID> { state.withLock { $0.accepted } }
    var violations: [String] { state.withLock { $0.violations } }

    /// Hands in some records, then asks after one of them until the gateway is gone.
    func furnishUntilGone() async {
        var last: Sent?
        for _ in 0..<Self.recordsPerLife {
            let record = Self.record()
            state.withLock { $0.sent.append(record) }
            guard await send(record) else { return }
            last = record
        }
        while let last, await status(of: last.id) != nil {}
    }

    /// So few that the queue does not outgrow what a short life delivers.
    private static let recordsPerLife = 10

    /// - Returns: whether the gateway was there.
    @discardableResult
    func send(_ record: Sent) async -> Bool {
        var request = ClientRequest(
            "POST", origin, "/v1/records", headers: ["content-type": "application/json"], body: record.body,
            isIdempotent: false)
        request.timeout = .seconds(20)
        do throws(ClientFailure) {
            let response = try await client.send(request)
            state.withLock { state in
                if response.status == 202 {
                    state.accepted.insert(record.id)
                } else {
                    state.violations.append("The gateway refused a record with status \(response.status).")
                }
            }
            return true
        } catch { return false }
    }

    /// What the gateway says of a record, `nil` where it is gone. What was delivered once stays so.
    func status(of id: RecordID) async -> String? {
        let status = await state(of: id)?["status"]?.string
        state.withLock { state in
            if status == "delivered" { state.delivered.insert(id) }
            if let status, status != "delivered", state.delivered.contains(id) {
                state.violations.append("A record that was delivered is now \(status).")
            }
        }
        return status
    }

    /// The code of what keeps a record from being delivered.
    func obstacle(of id: RecordID) async -> String? { await state(of: id)?["obstacle"]?["code"]?.string }

    private func state(of id: RecordID) async -> JSON? {
        let request = ClientRequest("GET", origin, "/v1/records/\(id)")
        guard let response = try? await client.send(request) else { return nil }
        return try? JSON(parsing: response.body)
    }

    /// An application of an invented person, known by an e-mail address in a domain that is reserved for examples.
    private static func record() -> Sent {
        let id = RecordID(random: SystemRandom.bytes(16))
        let applicant = JSON.object(["emails": .strings(["applicant-\(id)@example.org"])])
        let json = JSON.object([
            "recordID": .string(id.description), "kind": "loanEvent",
            "eventTime": .string(SystemTime.now().adding(seconds: -60).description), "loanRef": .string("loan-\(id)"),
            "stage": "applied", "product": "cash-loan",
            "subjects": .array([.object(["role": "borrower", "applicant": applicant])]),
        ])
        return Sent(id: id, body: json.bytes)
    }
}
