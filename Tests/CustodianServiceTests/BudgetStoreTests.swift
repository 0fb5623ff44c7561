import CustodianService
import Exchange
import Foundation
import Registry
import SQLite
import Testing
import Vocabulary

@Suite("Budgets on disk")
struct BudgetStoreTests {
    let fixture: Fixture
    let folder: TemporaryFolder
    let custodian: CustodianID

    init() throws {
        fixture = try Fixture(budget: 10)
        folder = try TemporaryFolder()
        custodian = fixture.sample.shares[0].custodian
    }

    var path: String { folder.path + "/custodian.sqlite" }

    func open(_ custodian: CustodianID? = nil, consortium: String = "demo") throws -> SQLiteBudgetStore {
        try SQLiteBudgetStore(path: path, consortium: consortium, custodian: custodian ?? self.custodian)
    }

    func spend(_ tokens: Int, nonce: String, in store: SQLiteBudgetStore) throws {
        var book = try store.load(now: fixture.clock.now)
        var changes = BudgetBook.Changes()
        try book.spend(try fixture.charge(tokens, nonce: nonce), into: &changes)
        try store.commit(changes)
    }

    @Test("what was spent and which nonces were taken survive a restart")
    func restart() throws {
        do { try spend(6, nonce: "first-nonce-1234", in: try open()) }
        do { try spend(3, nonce: "second-nonce-123", in: try open()) }
        let store = try open()
        #expect(try store.load(now: fixture.clock.now).tokens(of: fixture.charge(1).account) == 9)
        #expect(throws: Problem.self) { try spend(2, nonce: "third-nonce-1234", in: store) }
        #expect(throws: Problem.self) { try spend(1, nonce: "first-nonce-1234", in: store) }
    }

    @Test("a registry older than one served by before is refused, also after a restart; the same one is not")
    func registryGoesForward() async throws {
        do {
            let store = try open()
            for version in [1, 3, 3] { try store.advance(toRegistry: version) }
        }
        let store = try open()
        #expect(await Fixture.code { try store.advance(toRegistry: 2) } == .registryStale)
        try store.advance(toRegistry: 3)
        try store.advance(toRegistry: 4)
        #expect(await Fixture.code { try store.advance(toRegistry: 3) } == .registryStale)
    }

    @Test("expired nonces are forgotten, live ones are not")
    func forgets() throws {
        let store = try open()
        try spend(1, nonce: "early-nonce-1234", in: store)
        fixture.clock.advance(seconds: 200)
        try spend(1, nonce: "later-nonce-1234", in: store)
        fixture.clock.advance(seconds: 200)
        try store.forgetNonces(expiredAt: fixture.clock.now)
        #expect(throws: Problem.self) { try spend(1, nonce: "later-nonce-1234", in: store) }
        try spend(1, nonce: "early-nonce-1234", in: store)
    }

    @Test("a file of another custodian or consortium is refused")
    func otherOwner() async throws {
        do { _ = try open() }
        let other = try CustodianID("custodian-2")
        #expect(await Fixture.code { try open(other) } == .configurationInvalid)
        #expect(await Fixture.code { try open(consortium: "other") } == .configurationInvalid)
        _ = try open()
    }

    @Test("a second process on the same file is refused")
    func secondProcess() async throws {
        let first = try open()
        #expect(await Fixture.code { try open() } == .storageBusy)
        try spend(1, nonce: "still-works-1234", in: first)
    }

    @Test("a file that is no database is refused")
    func notADatabase() async throws {
        try Data(repeating: 7, count: 4096).write(to: URL(filePath: path))
        #expect(await Fixture.code { try open() } == .storageFailed)
    }

    @Test("a database locked by somebody else is busy, and nothing is spent")
    func locked() async throws {
        let store = try open()
        let other = try Connection(path: path, mode: .writer, busyTimeoutMilliseconds: 0)
        try other.execute("BEGIN IMMEDIATE")
        #expect(await Fixture.code { try spend(1, nonce: "while-locked-123", in: store) } == .storageBusy)
        try other.execute("ROLLBACK")
        try spend(10, nonce: "after-locked-123", in: store)
    }
}
