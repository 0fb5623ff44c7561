import Foundation
import HTTPEdge
import Testing
import Vocabulary

@Suite("Where a listener may listen")
struct AddressTests {
    @Test(
        "plain HTTP off loopback is refused",
        arguments: ["0.0.0.0", "::", "10.1.2.3", "192.168.1.1", "example.com", "", "127.0.0.1.example.com", "fe80::1"])
    func offLoopback(host: String) {
        #expect(refusal(of: .loopback(host: host, port: 0)) == .configurationInvalid)
    }

    @Test("plain HTTP on loopback is accepted", arguments: ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
    func onLoopback(host: String) {
        #expect(refusal(of: .loopback(host: host, port: 0)) == nil)
    }

    @Test("a Unix socket is its owner's alone, answers, and is gone afterwards")
    func unixSocket() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("s")
        try await Harness.run(LimitTests.routes, address: .unixSocket(path: path)) { harness in
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
            let response = try await harness.get("/ok")
            #expect(response.status == 200)
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("a socket that is answered is not taken over, one that is left over is")
    func takenSocket() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("s")
        try await Harness.run(LimitTests.routes, address: .unixSocket(path: path)) { harness in
            await #expect(throws: Problem.self) {
                try await Harness.run(LimitTests.routes, address: .unixSocket(path: path)) { _ in }
            }
            let response = try await harness.get("/ok")
            #expect(response.status == 200)
            try FileManager.default.moveItem(atPath: path, toPath: path + ".old")
        }
        try FileManager.default.moveItem(atPath: path + ".old", toPath: path)
        try await Harness.run(LimitTests.routes, address: .unixSocket(path: path)) { harness in
            let response = try await harness.get("/ok")
            #expect(response.status == 200)
        }
    }

    @Test("a file that is no socket is not removed")
    func fileInTheWay() async throws {
        let folder = try TemporaryFolder()
        try Data("keep".utf8).write(to: URL(filePath: folder.path("s")))
        await #expect(throws: Problem.self) {
            try await Harness.run(LimitTests.routes, address: .unixSocket(path: folder.path("s"))) { _ in }
        }
        #expect(FileManager.default.fileExists(atPath: folder.path("s")))
    }

    @Test("a port in use is refused with a problem, to whoever awaits the address too")
    func portInUse() async throws {
        try await Harness.run(LimitTests.routes) { harness in
            let port = try #require(try await harness.listener.address.port)
            await #expect(throws: Problem.self) {
                try await Harness.run(LimitTests.routes, address: .loopback(host: "127.0.0.1", port: port)) { _ in }
            }
        }
    }
}
