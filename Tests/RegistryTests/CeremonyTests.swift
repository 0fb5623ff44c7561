import Foundation
import OPRF
import Registry
import Sodium
import Testing
import Vocabulary

@Suite("A ceremony deals shares that the registry vouches for")
struct CeremonyTests {
    private func code(_ body: () throws -> Void) -> ErrorCode? {
        do { try body(); return nil } catch { return (error as? Problem)?.code }
    }

    @Test("every custodian's shares are those the registry lists")
    func sharesFit() throws {
        let sample = try Fixture.sample()
        #expect(sample.shares.count == 3)
        for shares in sample.shares { try shares.verify(against: sample.chain.current) }
        for custodian in sample.chain.current.custodians {
            let shares = try sample.chain.current.tokenKeys.publicShares(of: custodian.index)
            #expect(shares == custodian.publicShares)
        }
    }

    @Test("shares of another consortium, ceremony or custodian are refused")
    func foreignShares() throws {
        let sample = try Fixture.sample(), other = try Fixture.sample()
        #expect(code { try other.shares[0].verify(against: sample.chain.current) } == .verificationFailed)
        let renamed = try SampleConsortium.make(
            consortium: "elsewhere", members: 1, now: Fixture.now, policy: Fixture.policy())
        #expect(code { try renamed.shares[0].verify(against: sample.chain.current) } == .wrongConsortium)
        let disguised = CustodianShares(
            consortium: "demo", custodian: sample.shares[1].custodian, epoch: KeyEpoch(1),
            index: sample.shares[0].index, shares: sample.shares[0].shares)
        #expect(code { try disguised.verify(against: sample.chain.current) } == .verificationFailed)
        let stale = CustodianShares(
            consortium: "demo", custodian: sample.shares[0].custodian, epoch: KeyEpoch(9),
            index: sample.shares[0].index, shares: sample.shares[0].shares)
        #expect(code { try stale.verify(against: sample.chain.current) } == .wrongEpoch)
    }

    @Test("share files keep the shares, raw and sealed, for their owner alone")
    func files() throws {
        let sample = try Fixture.sample()
        try Fixture.withFolder { folder in
            let raw = "\(folder)/raw.share", sealed = "\(folder)/sealed.share"
            try ShareFile(sample.shares[0]).write(to: raw)
            try ShareFile(sample.shares[1], passphrase: Fixture.passphrase(), cost: .interactive).write(to: sealed)
            #expect(try Fixture.permissions(of: raw) == 0o600)
            try ShareFile.read(raw).openUnattended().verify(against: sample.chain.current)
            let file = try ShareFile.read(sealed)
            #expect(file.isSealed && file.custodian == sample.shares[1].custodian)
            try file.open { () throws(Problem) in Fixture.passphrase() }.verify(against: sample.chain.current)
            #expect(code { _ = try file.open { () throws(Problem) in Fixture.passphrase("no") } } == .wrongPassphrase)
            #expect(code { _ = try file.openUnattended() } == .configurationInvalid)
            #expect(code { try ShareFile(sample.shares[2]).write(to: raw) } == .configurationInvalid)
            try Fixture.setPermissions(0o640, of: raw)
            #expect(code { _ = try ShareFile.read(raw) } == .secretFileExposed)
        }
    }

    @Test("a damaged share is told from the right one")
    func damaged() throws {
        let sample = try Fixture.sample()
        try Fixture.withFolder { folder in
            let path = "\(folder)/c.share"
            try ShareFile(sample.shares[0]).write(to: path)
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let start = try #require(text.range(of: #""scalars": ""#)).upperBound
            let replaced = text[start] == "A" ? "B" : "A"
            let damaged = text.replacingCharacters(in: start...start, with: replaced)
            try FileSystem.write(Array(damaged.utf8), to: path, as: .secret, replacing: true)
            #expect(throws: Problem.self) {
                try ShareFile.read(path).openUnattended().verify(against: sample.chain.current)
            }
        }
    }

    @Test("a threshold that does not fit the custodians is refused", arguments: [(0, 3), (4, 3), (1, 0), (2, 33)])
    func thresholds(_ threshold: Int, _ count: Int) throws {
        let seats = try (0..<count).map {
            Ceremony.Seat(id: try CustodianID("c\($0)"), url: try ServiceURL("https://c\($0).example"))
        }
        #expect(
            code {
                _ = try Ceremony.deal(consortium: "demo", epoch: KeyEpoch(1), threshold: threshold, seats: seats)
            } == .configurationInvalid)
    }

    @Test("two custodians of one name are refused")
    func names() throws {
        let seat = Ceremony.Seat(id: try CustodianID("c1"), url: try ServiceURL("https://c1.example"))
        #expect(
            code {
                _ = try Ceremony.deal(consortium: "demo", epoch: KeyEpoch(1), threshold: 1, seats: [seat, seat])
            } == .configurationInvalid)
    }

    @Test("the public part survives its file, and a changed one is refused")
    func outcome() throws {
        let outcome = try SuccessionTests.deal(epoch: KeyEpoch(1))
        try Fixture.withFolder { folder in
            let path = "\(folder)/ceremony.json"
            try FileSystem.write(outcome.json.bytes, to: path, as: .open, replacing: false)
            #expect(try CeremonyOutcome.read(path) == outcome)
            let text = outcome.json.text.replacing("\"tokenThreshold\":2", with: "\"tokenThreshold\":1")
            try FileSystem.write(Array(text.utf8), to: path, as: .open, replacing: true)
            #expect(throws: Problem.self) { try CeremonyOutcome.read(path) }
        }
    }
}
