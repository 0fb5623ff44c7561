import Exchange
import ExchangeClient
import ExchangeFakes
import Records
import Registry
import Sodium
import SQLite
import Testing
import Vocabulary

@testable import Gateway

@Suite("Tokens of known borrowers")
struct TokenVaultTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture() }

    var vault: TokenVault { get async { await fixture.dependenciesOutbox.vault } }

    static func inputs(_ range: Range<UInt8>, _ keyClass: KeyClass = .phone) -> [KeyedInput] {
        range.map { KeyedInput(keyClass: keyClass, bytes: [$0]) }
    }

    static func tokens(_ inputs: [KeyedInput], epoch: UInt32 = 1) -> Tokens {
        Tokens(epoch: KeyEpoch(epoch), Dictionary(uniqueKeysWithValues: inputs.map { ($0, .generator) }))
    }

    @Test("what was kept is found again after a restart, under its class and epoch alone")
    func kept() async throws {
        let inputs = Self.inputs(0..<5)
        try await vault.keep(Self.tokens(inputs), of: inputs, for: nil)
        try fixture.killAndReopen()
        let reopened = await vault
        #expect(await reopened.count == 5)
        #expect(try await reopened.tokens(of: inputs, epoch: KeyEpoch(1)).count == 5)
        #expect(try await reopened.tokens(of: inputs, epoch: KeyEpoch(2)).isEmpty)
        #expect(try await reopened.tokens(of: Self.inputs(0..<5, .card), epoch: KeyEpoch(1)).isEmpty)
    }

    @Test("another epoch's tokens go")
    func epochs() async throws {
        let vault = await vault
        try await vault.keep(Self.tokens(Self.inputs(0..<9)), of: Self.inputs(0..<9), for: nil)
        let next = Self.inputs(0..<2)
        try await vault.keep(Self.tokens(next, epoch: 2), of: next, for: nil)
        #expect(await vault.count == 2)
        #expect(try await vault.tokens(of: next, epoch: KeyEpoch(1)).isEmpty)
        #expect(try await vault.tokens(of: next, epoch: KeyEpoch(2)).count == 2)
    }

    @Test("there are never more than the limit, and the newest stay")
    func bounded() async throws {
        let outbox = try Outbox(
            path: "\(fixture.folder)/other.db", key: fixture.key, consortium: "other", member: fixture.member,
            maximumTokens: 10)
        let vault = await outbox.vault
        for start in stride(from: 0, to: 120, by: 6) as StrideTo<UInt8> {
            let inputs = Self.inputs(start..<start + 6)
            try await vault.keep(Self.tokens(inputs), of: inputs, for: nil)
            #expect(await vault.count <= 10)
            #expect(try await vault.tokens(of: inputs, epoch: KeyEpoch(1)).count == 6)
        }
    }

    @Test("a token moved to another's place counts as not there")
    func moved() async throws {
        let inputs = Self.inputs(0..<2)
        try await vault.keep(Self.tokens(inputs), of: inputs, for: nil)
        let connection = try Connection(path: fixture.outboxFile, mode: .writer)
        try connection.execute(
            "UPDATE token SET sealed = (SELECT sealed FROM token ORDER BY position LIMIT 1) WHERE position > 1")
        #expect(try await vault.tokens(of: inputs, epoch: KeyEpoch(1)).count == 1)
    }

    @Test("neither input nor token stands in the file")
    func sealed() async throws {
        let input = KeyedInput(keyClass: .phone, bytes: Array("a-very-telling-number".utf8))
        try await vault.keep(Self.tokens([input]), of: [input], for: nil)
        let connection = try Connection(path: fixture.outboxFile, mode: .reader)
        try connection.run("SELECT name, sealed FROM token") { row in
            let bytes = row.blob(0) + row.blob(1)
            #expect(!bytes.contains(input.bytes))
            #expect(!bytes.contains(GroupElement.generator.value.bytes))
        }
    }

    @Test("many who need the same tokens at once pay for them once")
    func together() async throws {
        let tokens = fixture.gateway.checker.tokeniser
        let inputs = Self.inputs(1..<30)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for start in 0..<8 {
                group.addTask { _ = try await tokens.tokens(for: Array(inputs[start...]), purpose: .application) }
            }
            try await group.waitForAll()
        }
        let threshold = fixture.consortium.sample.chain.current.tokenKeys.threshold
        #expect(fixture.boughtElements == inputs.count * threshold)
    }

    @Test("what one class cost is kept where another class's budget is exhausted")
    func partly() async throws {
        let tokens = fixture.gateway.checker.tokeniser
        let phones = Self.inputs(1..<5)
        _ = try await tokens.tokens(for: phones, purpose: .application)
        let before = fixture.boughtElements
        for custodian in fixture.consortium.custodians {
            custodian.behaviour = .refusing(Problem(.budgetExhausted, "Nothing left."))
        }
        await #expect(throws: Problem.self) {
            try await tokens.tokens(for: phones + Self.inputs(1..<3, .card), purpose: .application)
        }
        for custodian in fixture.consortium.custodians { custodian.behaviour = .honest }
        fixture.consortium.clock.advance(seconds: 600)
        _ = try await tokens.tokens(for: phones, purpose: .application)
        let cards = fixture.consortium.custodians.flatMap(\.requests).filter { $0.keyClass == .phone }
        #expect(cards.map(\.elements.count).reduce(0, +) == before)
    }

    @Test("a batch of tokens is durable before another that is still on its way has come")
    func durableOnArrival() async throws {
        let phones = Self.inputs(1..<5)
        let fixture = try Fixture { dependencies in
            let (connect, outbox) = (dependencies.connect, dependencies.outbox)
            dependencies.connect = { custodian throws(Problem) in
                guard let fake = try connect(custodian) as? FakeCustodian else {
                    throw Problem(.internalError, "Another custodian.")
                }
                return GatedCustodian(custodian: fake, keyClass: .card) { await outbox.vault.count == phones.count }
            }
        }
        let inputs = phones + Self.inputs(1..<3, .card)
        _ = try await fixture.gateway.checker.tokeniser.tokens(for: inputs, purpose: .application)
        #expect(await fixture.dependenciesOutbox.vault.count == inputs.count)
    }
}

extension Fixture {
    /// Elements that the custodians were asked to evaluate: what a budget is counted in.
    var boughtElements: Int { consortium.custodians.flatMap(\.requests).map(\.elements.count).reduce(0, +) }
}
