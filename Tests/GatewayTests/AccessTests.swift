import Foundation
import HTTPEdge
import Records
import Registry
import Sodium
import Testing
import Vocabulary

@testable import Gateway

@Suite("Who may call, and who may read the files")
struct AccessTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture() }

    @Test("a port needs a key; health and readiness do not")
    func keys() async throws {
        let body = Samples.check(1).text
        #expect(await fixture.call("POST", "/v1/checks", body, overPort: true).status == 401)
        let authorization = "Bearer \(Fixture.apiKey.key)"
        #expect(
            await fixture.call("POST", "/v1/checks", body, overPort: true, authorization: authorization).status == 200)
        #expect(await fixture.call("GET", "/healthz", overPort: true).status == 200)
    }

    @Test(
        "what is not the key is refused on every route",
        arguments: [
            "", "Bearer ", "Bearer cfk-00", "Basic dXNlcjpwYXNz", "bearer",
            "Bearer \(String(repeating: "a", count: 400))",
        ])
    func wrongKeys(_ authorization: String) async throws {
        let calls = [
            ("POST", "/v1/checks"), ("POST", "/v1/records"), ("POST", "/v1/reports"), ("POST", "/v1/retractions"),
            ("POST", "/v1/uploads/records"), ("POST", "/v1/uploads/checks"), ("GET", "/v1/records/x"),
            ("GET", "/v1/receipts/x"), ("GET", "/v1/answers/x"),
        ]
        for (method, path) in calls {
            let response = await fixture.call(
                method, path, method == "GET" ? "" : "{}", overPort: true, authorization: authorization)
            #expect(response.errorCode == .unauthenticated, "\(method) \(path)")
        }
    }

    @Test("the hash of a key is not a key")
    func hashIsNoKey() async throws {
        let hash = try #require(Fixture.apiKey.entry["sha256"]?.string)
        let response = await fixture.call("GET", "/v1/answers/x", overPort: true, authorization: "Bearer \(hash)")
        #expect(response.errorCode == .unauthenticated)
    }

    @Test("files of secrets that others may read are refused", arguments: [0o640, 0o604, 0o660, 0o601])
    func exposedFiles(_ mode: Int) throws {
        let keys = "\(fixture.folder)/keys.json"
        let json = JSON.object(["keys": [Fixture.apiKey.entry]])
        try FileSystem.write(json.bytes, to: keys, as: .secret, replacing: false)
        _ = try APIKeys.read(keys)
        let dataKey = "\(fixture.folder)/data.key"
        _ = try DataKey.openOrCreate(dataKey)
        _ = try DataKey.openOrCreate(dataKey)
        for path in [keys, dataKey] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        }
        #expect(#expect(throws: Problem.self) { try APIKeys.read(keys) }?.code == .secretFileExposed)
        #expect(#expect(throws: Problem.self) { try DataKey.openOrCreate(dataKey) }?.code == .secretFileExposed)
    }

    @Test("a file of keys that is not one is refused")
    func malformedKeys() throws {
        let texts = [
            "", "{}", #"{"keys":[]}"#, #"{"keys":[{"name":"a b","sha256":""}]}"#, #"{"keys":[{"name":"ab"}]}"#,
        ]
        for text in texts {
            let path = "\(fixture.folder)/keys-\(Hex.encode(SystemRandom.bytes(4)))"
            try FileSystem.write(Array(text.utf8), to: path, as: .secret, replacing: false)
            #expect(#expect(throws: Problem.self) { try APIKeys.read(path) }?.code == .configurationInvalid)
        }
    }

    @Test("an outbox does not open under another key, for another member, or twice")
    func outboxIdentity() throws {
        let path = "\(fixture.folder)/other.db"
        let key = DataKey.ephemeral()
        let consortium = "demo"
        var first: Outbox? = try Outbox(path: path, key: key, consortium: consortium, member: fixture.member)
        #expect(
            #expect(throws: Problem.self) {
                _ = try Outbox(path: path, key: key, consortium: consortium, member: fixture.member)
            }?.code == .storageBusy)
        withExtendedLifetime(first) {}
        first = nil
        for (key, member) in [(DataKey.ephemeral(), fixture.member), (key, try MemberID("other-bank"))] {
            #expect(
                #expect(throws: Problem.self) {
                    _ = try Outbox(path: path, key: key, consortium: consortium, member: member)
                }?.code == .configurationInvalid)
        }
        _ = try Outbox(path: path, key: key, consortium: consortium, member: fixture.member)
    }
}
