import ArgumentParser
import CustodianService
import Foundation
import Gateway
import HTTPEdge
import Identity
import NodeService
import Testing
import Vocabulary

@testable import counterfoil

@Suite("Commands that serve")
struct ServiceCommandTests {
    @Test("every key of every service is a flag that its help explains")
    func flags() throws {
        let services: [(any ParsableCommand.Type, Configuration)] = [
            (NodeServe.self, try NodeServe.parse([]).configuration()),
            (CustodianServe.self, try CustodianServe.parse([]).configuration()),
            (GatewayServe.self, try GatewayServe.parse([]).configuration()),
        ]
        for (command, configuration) in services {
            let help = command.helpMessage(columns: 120)
            for key in configuration.keys { #expect(help.contains("\(key.flag) <"), "\(command) lacks \(key.flag)") }
            #expect(Set(configuration.keys.map(\.name)).count == configuration.keys.count)
        }
    }

    @Test("a node's flags come to its configuration")
    func node() throws {
        let command = try NodeServe.parse([
            "--registry", "r.json", "--database", "node.db", "--key-folder", "keys", "--log-key", "log.key",
            "--answer-key", "answer.key", "--listen", "0.0.0.0:443", "--certificate", "c.pem",
            "--certificate-key", "k.pem",
        ])
        let node = try NodeConfiguration(try command.configuration())
        #expect(node.registryFile == "r.json" && node.databaseFile == "node.db" && node.keyFolder == "keys")
        #expect(node.logKeyFile == "log.key" && node.answerKeyFile == "answer.key")
        let files = TLSFiles(certificateChain: "c.pem", privateKey: "k.pem")
        #expect(node.address == .tls(host: "0.0.0.0", port: 443, files: files))
    }

    @Test("a gateway's flags come to its configuration")
    func gateway() throws {
        let command = try GatewayServe.parse([
            "--member", "north-bank", "--member-key", "m.key", "--database", "outbox.db", "--data-key", "d.key",
            "--api-keys", "callers.json", "--socket", "/run/g.sock", "--phone-region", "ID",
            "--malformed-in-uploads", "drop", "--custodian-timeout-seconds", "2", "--registry-freshness-hours", "3",
            "--fingerprint", String(repeating: "0a", count: 32),
        ])
        let gateway = try GatewayConfiguration(try command.configuration())
        #expect(gateway.member.name == "north-bank" && gateway.memberKeyFile == "m.key")
        #expect(gateway.listeners == [.loopback(host: "127.0.0.1", port: 7410), .unixSocket(path: "/run/g.sock")])
        #expect(gateway.phoneRegion == .indonesia && gateway.malformedInUploads == .drop)
        #expect(gateway.custodianTimeout == .seconds(2) && gateway.registryFreshness == .seconds(3 * 3600))
        #expect(gateway.fingerprint?.description == String(repeating: "0a", count: 32))
    }

    @Test("what a gateway cannot be is refused", arguments: [
        ["--member", "North Bank"], ["--phone-region", "FR"], ["--records-per-submission", "1001"],
        ["--fingerprint", "abc"], ["--certificate", "c.pem"], ["--listen", "7410"],
    ])
    func refusedGateway(arguments: [String]) throws {
        let needed = ["--member", "north-bank", "--member-key", "m", "--database", "o", "--data-key", "d"]
        let problem = try #require(throws: Problem.self) {
            _ = try GatewayConfiguration(try GatewayServe.parse(needed + arguments).configuration())
        }
        #expect(problem.code == .configurationInvalid)
    }

    @Test("addresses to listen on", arguments: [
        ("127.0.0.1:7400", ListenerAddress.loopback(host: "127.0.0.1", port: 7400)),
        ("[::1]:0", .loopback(host: "::1", port: 0)), ("unix:/run/a.sock", .unixSocket(path: "/run/a.sock")),
    ])
    func addresses(text: String, address: ListenerAddress) throws {
        #expect(try ListenerAddress(text, certificate: nil, certificateKey: nil) == address)
    }

    @Test("no address to listen on", arguments: ["", "localhost", "127.0.0.1:", "127.0.0.1:65536", "unix:relative"])
    func refusedAddresses(text: String) {
        #expect(throws: Problem.self) { try ListenerAddress(text, certificate: nil, certificateKey: nil) }
    }

    @Test("the address is told as callers write it")
    func origins() throws {
        let files = TLSFiles(certificateChain: "c", privateKey: "k")
        let bound = BoundAddress.tcp(host: "::1", port: 9)
        #expect(ListenerAddress.loopback(host: "::1", port: 0).origin(bound: bound) == "http://[::1]:9")
        #expect(ListenerAddress.tls(host: "::1", port: 0, files: files).origin(bound: bound) == "https://[::1]:9")
        #expect(ListenerAddress.unixSocket(path: "/s").origin(bound: .unixSocket(path: "/s")) == "unix:/s")
    }

    @Test("an API key is its caller's alone, and only its hash stands in the gateway's file")
    func apiKey() throws {
        try Fixture.withFolder { folder in
            let (keys, out) = ("\(folder)/callers.json", "\(folder)/core.apikey")
            try GatewayAPIKey.make(name: try MemberID("core"), keys: keys, out: out)
            try GatewayAPIKey.make(name: try MemberID("batch"), keys: keys, out: "\(folder)/batch.apikey")
            let key = try GatewayConnection.apiKey(in: out)
            #expect(try APIKeys.read(keys).caller("Bearer \(key)") == "core")
            #expect(!(try String(contentsOfFile: keys, encoding: .utf8)).contains(key))
            #expect(throws: Problem.self) {
                try GatewayAPIKey.make(name: try MemberID("core"), keys: keys, out: "\(folder)/other.apikey")
            }
            try Fixture.write(key, to: out, mode: 0o640)
            let problem = try #require(throws: Problem.self) { try GatewayConnection.apiKey(in: out) }
            #expect(problem.code == .secretFileExposed)
        }
    }
}
