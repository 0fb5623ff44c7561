import Foundation
import HTTPEdge
import Testing
import Vocabulary

@Suite("TLS and addresses", .enabled(if: Certificates.canBeMade, Comment(rawValue: Certificates.note)))
struct TLSTests {
    let folder: TemporaryFolder
    let files: TLSFiles

    init() throws {
        folder = try TemporaryFolder()
        files = try Certificates.make("first", in: folder)
    }

    var address: ListenerAddress { .tls(host: "127.0.0.1", port: 0, files: files) }

    /// A client that trusts a copy of the certificate, so that the listener's may be replaced.
    func client(trusting files: TLSFiles) throws -> HTTPClient {
        let copy = folder.path("trusted-\(UInt32.random(in: 0 ... .max)).pem")
        try FileManager.default.copyItem(atPath: files.certificateChain, toPath: copy)
        var configuration = HTTPClient.Configuration()
        configuration.authoritiesFile = copy
        return try HTTPClient(configuration)
    }

    @Test("requests go over TLS to a listener whose certificate the client trusts")
    func trusted() async throws {
        let client = try client(trusting: files)
        try await Harness.run(LimitTests.routes, address: address, client: client) { harness in
            let response = try await harness.get("/ok")
            #expect(response.status == 200)
            let port = try #require(try await harness.listener.address.port)
            let byAddress = try Origin("https://127.0.0.1:\(port)")
            let second = try await client.send(ClientRequest("GET", byAddress, "/ok"))
            #expect(second.status == 200)
        }
    }

    @Test("a certificate of an authority the client does not know is refused")
    func untrusted() async throws {
        let other = try Certificates.make("other", in: folder)
        try await Harness.run(LimitTests.routes, address: address, client: client(trusting: other)) { harness in
            let request = ClientRequest("GET", harness.origin, "/ok")
            await #expect(throws: ClientFailure.tlsFailed) { try await harness.client.send(request) }
        }
    }

    @Test("the system's authorities are used where none are named, and do not know this certificate")
    func systemAuthorities() async throws {
        try await Harness.run(LimitTests.routes, address: address) { harness in
            let request = ClientRequest("GET", harness.origin, "/ok")
            await #expect(throws: ClientFailure.tlsFailed) { try await harness.client.send(request) }
        }
    }

    @Test("plain HTTP to a TLS listener gets no answer")
    func plainToTLS() async throws {
        try await Harness.run(LimitTests.routes, address: address) { harness in
            let port = try #require(try await harness.listener.address.port)
            let answer = try await RawConnection.open(port: port).exchange("GET /ok HTTP/1.1\r\nhost: a\r\n\r\n")
            #expect(!answer.contains("HTTP/1.1"))
        }
    }

    @Test("a replaced certificate is used for new connections, while old ones go on")
    func reload() async throws {
        let newer = try Certificates.make("newer", in: folder)
        let oldClient = try client(trusting: files)
        let newClient = try client(trusting: newer)
        try await Harness.run(LimitTests.routes, address: address, client: oldClient) { harness in
            let request = ClientRequest("GET", harness.origin, "/ok")
            _ = try await harness.get("/ok")
            #expect(try harness.listener.reloadCertificate() == false)
            try Certificates.replace(files, with: newer)
            #expect(try harness.listener.reloadCertificate())
            let onOldConnection = try await harness.get("/ok")
            #expect(onOldConnection.status == 200)
            let onNewConnection = try await newClient.send(request)
            #expect(onNewConnection.status == 200)
            newClient.shutDown()
        }
    }

    @Test("a certificate that cannot be used does not replace the one that can")
    func badReload() async throws {
        try await Harness.run(LimitTests.routes, address: address, client: client(trusting: files)) { harness in
            try Data("no certificate".utf8).write(to: URL(filePath: files.certificateChain))
            #expect(throws: Problem.self) { try harness.listener.reloadCertificate() }
            let response = try await harness.get("/ok")
            #expect(response.status == 200)
        }
    }

    @Test("a key file that others may read is refused")
    func exposedKey() throws {
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: files.privateKey)
        #expect(refusal(of: address) == .secretFileExposed)
    }

    @Test("a key of another certificate is refused")
    func otherKey() throws {
        let other = try Certificates.make("other", in: folder)
        let mixed = TLSFiles(certificateChain: files.certificateChain, privateKey: other.privateKey)
        #expect(refusal(of: .tls(host: "127.0.0.1", port: 0, files: mixed)) == .configurationInvalid)
    }

    @Test("a missing certificate is refused")
    func missing() throws {
        let missing = TLSFiles(certificateChain: folder.path("none"), privateKey: files.privateKey)
        #expect(refusal(of: .tls(host: "127.0.0.1", port: 0, files: missing)) == .configurationInvalid)
    }

    @Test("a file of authorities that holds none is refused")
    func badAuthorities() throws {
        var configuration = HTTPClient.Configuration()
        configuration.authoritiesFile = folder.path("none")
        let unusable = configuration
        #expect(throws: Problem.self) { try HTTPClient(unusable) }
    }
}

/// The code with which a listener's address is refused, before anything is bound.
func refusal(of address: ListenerAddress) -> ErrorCode? {
    let registry = MetricsRegistry()
    let logger = LogLines().logger
    let responder = Responder(routes: [], registry: registry, logger: logger) { Harness.noon }
    do throws(Problem) {
        _ = try Listener(
            Listener.Configuration(name: "test", address: address), responder: responder, registry: registry,
            logger: logger)
        return nil
    } catch { return error.code }
}
