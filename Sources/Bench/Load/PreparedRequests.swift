internal import Exchange
package import HTTPEdge
internal import Registry
internal import RequestSigning
internal import Sodium
internal import Vocabulary

/// Requests made, sealed and signed before the clock starts, so that the load costs the client little but sending.
package struct PreparedRequests: Sendable {
    package let requests: [ClientRequest]

    /// Signatures live five minutes: a stage is sent within that time or counts refusals.
    private static let lifetimeSeconds: Int64 = 300
    private static let chunk = 64

    package init(_ requests: [ClientRequest]) { self.requests = requests }

    static func submissions(_ traffic: SubmissionTraffic, _ numbers: Range<Int>, to origin: Origin) async -> Self {
        await prepare(numbers) { number in
            signed(traffic.request(number), path: "/v1/submissions", by: traffic.member(of: number).key, origin)
        }
    }

    static func checks(_ traffic: CheckTraffic, _ numbers: Range<Int>, to origin: Origin) async -> Self {
        await prepare(numbers) { number in
            let request = traffic.request(number, madeAt: SystemTime.now())
            return signed(request, path: "/v1/checks", by: traffic.member(of: number).key, origin)
        }
    }

    static func batches(_ traffic: RequestTraffic, _ count: Int, to origin: Origin) async -> Self {
        await prepare(0..<count) { number in
            let request = traffic.batch(number, madeAt: SystemTime.now())
            return signed(request, path: "/v1/batches", by: traffic.member(of: number).key, origin)
        }
    }

    static func reservations(_ consortium: SampleConsortium, _ count: Int, to origin: Origin) async -> Self {
        let traffic = ReservationTraffic(consortium)
        return await prepare(0..<count) { number in
            let key = consortium.members[traffic.memberIndex(of: number)].key
            let request = traffic.reserve(number, madeAt: SystemTime.now()).request
            return signed(request, path: "/v1/reservations", by: key, origin)
        }
    }

    static func emptyRoute(_ count: Int, to origin: Origin) -> Self {
        Self([ClientRequest](repeating: ClientRequest("GET", origin, "/healthz"), count: count))
    }

    /// On both cores, in order.
    private static func prepare(
        _ numbers: Range<Int>, _ make: @escaping @Sendable (Int) -> ClientRequest
    ) async -> Self {
        let starts = Array(stride(from: numbers.lowerBound, to: numbers.upperBound, by: chunk))
        var made: [Int: [ClientRequest]] = [:]
        await withTaskGroup(of: (Int, [ClientRequest]).self) { tasks in
            for start in starts {
                tasks.addTask { (start, (start..<min(start + chunk, numbers.upperBound)).map(make)) }
            }
            for await (start, requests) in tasks { made[start] = requests }
        }
        return Self(starts.flatMap { made[$0] ?? [] })
    }

    private static func signed(
        _ request: SealedRequest, path: String, by key: SigningKey, _ origin: Origin
    ) -> ClientRequest {
        let body = request.json.bytes
        let signable = SignableRequest(method: "POST", authority: origin.authority, target: path, fields: [])
        let created = SystemTime.now()
        // Method, authority and path are ours and of printable ASCII; the lifetime is one that is allowed.
        let fields = try! RequestSigner(key).headers(
            for: signable, body: body, created: created, expires: created.adding(seconds: lifetimeSeconds),
            nonce: RequestNonce(random: SystemRandom.bytes(16)))
        var prepared = ClientRequest(
            "POST", origin, path, headers: ["content-type": "application/json"], body: body, isIdempotent: false)
        for field in fields { prepared.headers.append(field.name, field.value) }
        return prepared
    }
}
