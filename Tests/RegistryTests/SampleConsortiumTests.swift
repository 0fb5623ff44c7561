import Foundation
import Registry
import Sodium
import Testing
import Vocabulary

@Suite("A sample consortium is whole, in memory and in a folder")
struct SampleConsortiumTests {
    @Test("its files open to what is in memory, and every secret is its owner's alone")
    func files() throws {
        let sample = try Fixture.sample(members: 6)
        try Fixture.withFolder { parent in
            let folder = try sample.write(to: "\(parent)/sample")
            let chain = try RegistryChain.read(folder.registry, now: Fixture.now, fingerprint: sample.chain.fingerprint)
            #expect(chain.current == sample.chain.current)
            #expect(try KeyFile.read(folder.logKey).openUnattended().publicKey == chain.current.log.publicKey)
            #expect(try KeyFile.read(folder.answerKey).openUnattended().publicKey == chain.current.node.answerKey)
            for member in sample.members {
                let key = try KeyFile.read(folder.memberKey(member.id)).openUnattended()
                #expect(chain.standing(of: key.keyID, at: Fixture.now) == .active(member.id))
            }
            for custodian in chain.current.custodians {
                try ShareFile.read(folder.share(custodian.id)).openUnattended().verify(against: chain.current)
            }
            #expect(throws: Problem.self) { try sample.write(to: "\(parent)/sample") }
        }
    }

    @Test("it takes the addresses, the numbers and the mode it is given")
    func parameters() throws {
        let addresses = try SampleConsortium.Addresses.loopback(from: 9000, custodians: 5)
        let sample = try SampleConsortium.make(
            members: 25, custodians: 5, threshold: 3, mode: .production, now: Fixture.now, policy: Fixture.policy(),
            addresses: addresses)
        let version = sample.chain.current
        #expect(version.members.count == 25 && version.tokenKeys.threshold == 3 && version.mode == .production)
        #expect(version.custodians.map(\.url.port) == [9001, 9002, 9003, 9004, 9005])
        #expect(version.activeMembers(at: Fixture.now).count == 25)
    }
}

@Suite("An address is https, or http on the loopback interface alone")
struct ServiceURLTests {
    @Test("these are addresses", arguments: [
        ("https://node.example", "node.example", 443), ("https://node.example:8443", "node.example", 8443),
        ("http://127.0.0.1:7400", "127.0.0.1", 7400), ("http://localhost:80", "localhost", 80),
        ("http://[::1]:7400", "[::1]", 7400), ("https://[2001:db8::1]", "[2001:db8::1]", 443),
    ])
    func accepted(_ text: String, _ host: String, _ port: Int) throws {
        let url = try ServiceURL(text)
        #expect(url.host == host && url.port == port)
        #expect(try ServiceURL(url.description) == url)
    }

    @Test("these are not", arguments: [
        "", "node.example", "http://node.example", "http://10.0.0.1:80", "ftp://node.example", "https://",
        "https://node.example/", "https://node.example/v1", "https://user@node.example", "https://node.example?x=1",
        "https://node.example:0", "https://node.example:65536", "https://node.example:", "https://Node.example",
        "https://node example", "http://127.0.0.1.example:80", "https://[::1", "https://[]:1", "https://[::1]x",
    ])
    func refused(_ text: String) {
        #expect(throws: DecodingFailure.self) { try ServiceURL(text) }
    }
}
