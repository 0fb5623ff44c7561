internal import Exchange
internal import ExchangeClient
internal import HTTPEdge
internal import Records
internal import RequestSigning
internal import Vocabulary

/// How long after a furnisher's receipt a waiting asker has the notice of what was furnished.
///
/// One member asks about a person, another signs with that person; the asker waits at the node (long polling).
struct NoticeTiming {
    private struct Arrival {
        let cursor: UInt64
        /// By the wall clock.
        let seconds: Double
    }

    private static let wait = Duration.seconds(20)

    private let requests: RequestTraffic
    private let http: HTTPClient
    private let asker: NodeClient
    private let furnisher: NodeClient

    init(_ stage: NodeStage, _ requests: RequestTraffic) throws(Problem) {
        let http = try HTTPClient()
        func client(_ member: Int) -> NodeClient {
            NodeClient(
                SignedClient(
                    stage.origin, http: http, signer: RequestSigner(requests.member(of: member).key),
                    now: { SystemTime.now() }))
        }
        (self.requests, self.http) = (requests, http)
        (asker, furnisher) = (client(0), client(1))
    }

    /// - Returns: seconds, rising; never none.
    func delays(within seconds: Double) async throws(Problem) -> [Double] {
        defer { http.shutDown() }
        var delays: [Double] = []
        var cursor = try await end()
        let began = Stopwatch.Clock.wall.seconds
        while delays.isEmpty || Stopwatch.Clock.wall.seconds - began < seconds {
            let arrival = try await once(delays.count, after: cursor, &delays)
            cursor = arrival.cursor
        }
        return delays.sorted()
    }

    private func once(_ number: Int, after cursor: UInt64, _ delays: inout [Double]) async throws(Problem) -> Arrival {
        let check = RequestTraffic.newID()
        _ = try await asker.check(requests.check(number, id: check, madeAt: SystemTime.now()))
        let arriving = Task { await outcome(of: check, after: cursor) }
        let signing = requests.signing(number, madeAt: SystemTime.now())
        do throws(Problem) { _ = try await furnisher.submit(signing) } catch {
            arriving.cancel()
            throw error
        }
        let receipt = Stopwatch.Clock.wall.seconds
        let notice = try await arriving.value.get()
        delays.append(max(0, notice.seconds - receipt))
        return notice
    }

    private func outcome(of check: RecordID, after cursor: UInt64) async -> Result<Arrival, Problem> {
        do throws(Problem) { return .success(try await arrival(of: check, after: cursor)) } catch {
            return .failure(error)
        }
    }

    /// Waits page by page for the notice about a check.
    private func arrival(of check: RecordID, after start: UInt64) async throws(Problem) -> Arrival {
        let began = Stopwatch.Clock.wall.seconds
        var cursor = start
        while Stopwatch.Clock.wall.seconds - began < 60 {
            let page = try await page(after: cursor, wait: Self.wait)
            let seconds = Stopwatch.Clock.wall.seconds
            cursor = page.cursor
            let isThere = page.notices.contains { $0["about"]?["check"]?.string == check.description }
            if isThere { return Arrival(cursor: cursor, seconds: seconds) }
        }
        throw Problem(.internalError, "A notice that is released at once did not arrive within a minute.")
    }

    /// The cursor behind everything released so far.
    private func end() async throws(Problem) -> UInt64 {
        var cursor: UInt64 = 0
        while true {
            let page = try await page(after: cursor, wait: .zero)
            cursor = page.cursor
            if !page.hasMore { return cursor }
        }
    }

    private func page(
        after cursor: UInt64, wait: Duration
    ) async throws(Problem) -> (cursor: UInt64, hasMore: Bool, notices: [JSON]) {
        let envelope = try await asker.notices(after: cursor, wait: wait, limit: NoticeLimits.noticesPerRequest)
        guard let json = try? JSON(parsing: envelope.payload), case .integer(let next) = json["cursor"],
            case .bool(let hasMore) = json["more"], case .array(let notices) = json["notices"]
        else { throw Problem(.internalError, "The node's notices cannot be read.") }
        return (UInt64(next), hasMore, notices)
    }
}
