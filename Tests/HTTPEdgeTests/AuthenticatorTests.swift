import HTTPEdge
import Records
import Registry
import RequestSigning
import Sodium
import Synchronization
import Testing
import Vocabulary

@Suite("Who sent a request")
struct AuthenticatorTests {
    static let now = Harness.noon
    let key = SigningKey.generate()
    let member: MemberID

    init() throws { member = try MemberID("north-bank") }

    func request(
        created: Instant = now, key: SigningKey? = nil, body: [UInt8] = Array("{}".utf8),
        change: (inout HeaderFields) -> Void = { _ in }
    ) throws -> EdgeRequest {
        let signable = SignableRequest(
            method: "POST", authority: "node.example", path: "/v1/checks", query: "", fields: [])
        let fields = try RequestSigner(key ?? self.key).headers(
            for: signable, body: body, created: created, expires: created.adding(seconds: 60),
            nonce: RequestNonce(random: SystemRandom.bytes(16)))
        var headers: HeaderFields = ["content-type": "application/json"]
        for field in fields { headers.append(field.name, field.value) }
        change(&headers)
        return EdgeRequest(
            method: "POST", path: "/v1/checks", authority: "Node.Example", headers: headers, body: body)
    }

    /// The member as the registry would have it, with its one key.
    func member(
        _ status: Member.Status = .active, key keyStatus: MemberKey.Status = .active,
        suspension: Member.Suspension? = nil
    ) throws -> Member {
        let since = keyStatus == .active ? nil : Self.now.adding(seconds: -1)
        let memberKey = MemberKey(
            publicKey: key.publicKey, validFrom: Self.now.adding(seconds: -1000), status: keyStatus, since: since)
        return Member(
            id: member, memberClass: try ListedName("bank"), status: status, keys: [memberKey],
            admittedAt: Self.now, suspension: suspension)
    }

    func authenticator(_ known: Member, authority: String = "node.example") -> Authenticator {
        Authenticator(
            isOurs: { $0 == authority },
            lookUp: { id in known.keys.first { $0.keyID == id }.map { (known, $0) } }, now: { Self.now })
    }

    func code(_ request: EdgeRequest, _ known: Member? = nil, authority: String = "node.example") throws -> ErrorCode? {
        let authenticator = authenticator(try known ?? member(), authority: authority)
        do throws(Problem) {
            _ = try authenticator.requester(of: request)
            return nil
        } catch { return error.code }
    }

    @Test("a member's request is its member's, and the log may name it")
    func accepted() throws {
        let request = try request()
        let requester = try authenticator(member()).requester(of: request)
        #expect(requester.member == member && requester.keyID == key.keyID)
        #expect(requester.nonce.utf8.count == 32)
        #expect(requester.expires == Self.now.adding(seconds: 60 + SigningProfile.clockSkewSeconds))
        #expect(request.notes.member == member)
    }

    @Test("an unsigned request is refused")
    func unsigned() throws {
        let request = EdgeRequest(method: "POST", path: "/v1/checks", authority: "node.example")
        #expect(try code(request) == .unauthenticated)
        #expect(request.notes.member == nil)
    }

    @Test("a key that the registry does not have, or not in use, is refused")
    func keys() throws {
        #expect(try code(try request(key: .generate())) == .unknownKey)
        #expect(try code(try request(), member(key: .superseded)) == .unknownKey)
        #expect(try code(try request(), member(key: .compromised)) == .unknownKey)
        #expect(try code(try request(), member(.revoked)) == .unknownMember)
    }

    @Test("a suspended member is told so, and only after its signature was checked")
    func suspended() throws {
        let suspension = Member.Suspension(reason: "quarterly audit", until: nil)
        let suspended = try member(.suspended, suspension: suspension)
        #expect(try code(try request(), suspended) == .suspendedMember)
        let signed = try request()
        let forged = EdgeRequest(
            method: "DELETE", path: signed.path, authority: signed.authority, headers: signed.headers,
            body: signed.body)
        #expect(try code(forged, suspended) == .badSignature)
    }

    @Test("a clock that is ahead is told the time here; an old signature is stale")
    func clocks() throws {
        let ahead = try request(created: Self.now.adding(seconds: 600))
        #expect(try code(ahead) == .clockSkew)
        #expect(try code(try request(created: Self.now.adding(seconds: -600))) == .staleRequest)
        #expect(try code(try request(created: Self.now.adding(seconds: 100))) == nil)
        do {
            _ = try authenticator(member()).requester(of: ahead)
            Issue.record("The request was accepted.")
        } catch let error as Problem {
            #expect(error.detail.contains(Self.now.description))
        }
    }

    @Test("a body or a digest that is not the signed one is refused")
    func digests() throws {
        let signed = try request()
        let other = EdgeRequest(
            method: "POST", path: signed.path, authority: signed.authority, headers: signed.headers, body: [1])
        #expect(try code(other) == .wrongDigest)
        #expect(try code(try request { $0.remove("content-digest") }) == .wrongDigest)
    }

    @Test("a request for another path, method or service is refused")
    func moved() throws {
        let signed = try request()
        let elsewhere = EdgeRequest(
            method: "POST", path: "/v1/submissions", authority: signed.authority, headers: signed.headers,
            body: signed.body)
        #expect(try code(elsewhere) == .badSignature)
        let asked = EdgeRequest(
            method: "POST", path: signed.path, query: "a=b", authority: signed.authority, headers: signed.headers,
            body: signed.body)
        #expect(try code(asked) == .badSignature)
        #expect(try code(signed, authority: "custodian.example") == .badSignature)
    }

    @Test("an admin's request is the admin's, for the admins' routes alone")
    func admins() throws {
        let adminKey = SigningKey.generate()
        let admin = Admin(name: "ada", publicKey: adminKey.publicKey)
        let known = try member()
        let authenticator = Authenticator(
            isOurs: { $0 == "node.example" }, lookUp: { id in known.keys.first { $0.keyID == id }.map { (known, $0) } },
            lookUpAdmin: { $0 == admin.keyID ? admin : nil }, now: { Self.now })
        let signed = try request(key: adminKey)
        let requester = try authenticator.admin(of: signed)
        #expect(requester.name == "ada" && requester.keyID == adminKey.keyID && requester.nonce.utf8.count == 32)
        #expect(requester.expires == Self.now.adding(seconds: 60 + SigningProfile.clockSkewSeconds))
        // A log line names members; an admin is none.
        #expect(signed.notes.member == nil)
        let forged = EdgeRequest(
            method: "GET", path: signed.path, authority: signed.authority, headers: signed.headers, body: signed.body)
        let stale = try request(created: Self.now.adding(seconds: -600), key: adminKey)
        let refusals: [(EdgeRequest, ErrorCode)] = [
            (try request(), .notEntitled), (try request(key: .generate()), .unknownKey), (forged, .badSignature),
            (stale, .staleRequest),
            (try request(key: adminKey) { $0.remove("signature") }, .unauthenticated),
        ]
        for (request, code) in refusals {
            #expect(throws: Problem.self) { try authenticator.admin(of: request) }
            do throws(Problem) { _ = try authenticator.admin(of: request) } catch { #expect(error.code == code) }
        }
        #expect(throws: Problem.self) { try authenticator.requester(of: try request(key: adminKey)) }
    }

    @Test("signature headers that come twice, or in no accepted form, are refused")
    func malformed() throws {
        #expect(try code(try request { $0.append("Signature", "sig1=:AA==:") }) == .badSignature)
        #expect(try code(try request { $0.remove("signature") }) == .unauthenticated)
        #expect(
            try code(try request { $0.remove("signature-input"); $0.append("signature-input", "sig1=()") })
                == .badSignature)
    }

    @Test("the signed client is believed by a listener, also over a kept connection")
    func signedClient() async throws {
        let known = try member()
        let authority = Mutex("")
        let authenticator = Authenticator(
            isOurs: { asked in authority.withLock { $0 == asked } }, lookUp: { _ in (known, known.keys[0]) },
            now: { Self.now })
        let route = Route.post("/v1/checks", name: "checks", bodyLimit: 100) { request in
            .text(try authenticator.requester(of: request).member.name)
        }
        try await Harness.run([route]) { harness in
            authority.withLock { $0 = harness.origin.authority }
            let client = SignedClient(harness.origin, http: harness.client, signer: RequestSigner(key)) { Self.now }
            for _ in 0..<3 {
                let response = try await client.post("/v1/checks", json: ["a"], isIdempotent: true)
                #expect(response.body == Array("north-bank".utf8))
            }
            #expect(harness.lines.all.joined().contains(#""member":"north-bank""#))
        }
    }

    @Test("an idempotent request that is sent again is signed again")
    func signsAgain() async throws {
        let heads = Mutex<[String]>([])
        let server = try await RawServer(reading: { text in heads.withLock { $0.append(text) } }) { connection, chunk in
            connection == 1 && chunk == 2 ? .close : ClientTests.ok
        }
        let origin = try Origin("http://127.0.0.1:\(server.port)")
        let client = SignedClient(origin, http: try HTTPClient(), signer: RequestSigner(key)) { Self.now }
        for _ in 0..<2 { _ = try await client.post("/", json: ["a"], isIdempotent: true) }
        let nonces = heads.withLock { $0 }.compactMap { $0.firstMatch(of: /nonce="([0-9a-f]+)"/)?.1 }
        #expect(nonces.count == 3 && Set(nonces).count == 3)
        try await server.close()
    }
}

extension HeaderFields {
    mutating func remove(_ name: String) {
        self = HeaderFields(fields.filter { $0.name != name }.map { ($0.name, $0.value) })
    }
}
