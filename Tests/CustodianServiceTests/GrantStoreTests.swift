import CustodianService
import Exchange
import Records
import Registry
import SQLite
import TestSupport
import Testing
import Vocabulary

@Suite("Budget grants on disk")
struct GrantStoreTests {
    let fixture: Fixture
    let folder: TemporaryFolder
    let custodian: CustodianID

    init() throws {
        fixture = try Fixture(budget: 10)
        folder = try TemporaryFolder()
        custodian = fixture.sample.shares[0].custodian
    }

    private var path: String { folder.path + "/custodian.sqlite" }

    private func open() throws -> SQLiteBudgetStore {
        try SQLiteBudgetStore(path: path, consortium: "demo", custodian: custodian)
    }

    private func spend(_ tokens: Int, grant: String?, of registry: RegistryVersion, in store: SQLiteBudgetStore) throws
    {
        var book = try store.load(now: fixture.clock.now)
        var changes = BudgetBook.Changes()
        try book.spend(try fixture.charge(tokens, grant: grant, of: registry), into: &changes)
        try store.commit(changes)
    }

    @Test("what was used of a grant survives a restart, years and the forgetting of days")
    func restart() throws {
        let asker = fixture.sample.members[0].id
        let longer = BudgetGrant(
            name: try ListedName("book"), member: asker, purpose: .application, tokens: [.phone: 20],
            notBefore: Fixture.start, notAfter: Fixture.start.adding(days: 3000))
        let registry = try fixture.granting([longer]).chain.current
        do { try spend(15, grant: "book", of: registry, in: try open()) }
        fixture.clock.advance(seconds: 1000 * 86_400)
        let store = try open()
        let charge = try fixture.charge(1, grant: "book", of: registry)
        var book = try store.load(now: fixture.clock.now)
        #expect(book.tokens(of: charge.account) == 15)
        book.sweep(today: charge.day, now: fixture.clock.now)
        #expect(book.tokens(of: charge.account) == 15)
        #expect(throws: Problem.self) { try spend(6, grant: "book", of: registry, in: store) }
        try spend(5, grant: "book", of: registry, in: store)
        #expect(throws: Problem.self) { try spend(1, grant: "book", of: registry, in: store) }
    }

    @Test("a grant of the same name for another member or purpose is an account of its own")
    func sameName() throws {
        let (first, second) = (fixture.sample.members[0].id, fixture.sample.members[1].id)
        let store = try open()
        for (member, purpose) in [(second, Purpose.application), (first, .furnish)] {
            let grant = try Fixture.grant("book", of: member, purpose: purpose)
            let account = BudgetAccount(member: member, span: .grant(grant.name), keyClass: .phone, purpose: purpose)
            var changes = BudgetBook.Changes()
            changes.totals[account] = 20
            try store.commit(changes)
        }
        let registry = try fixture.granting([Fixture.grant("book", of: first)]).chain.current
        try spend(20, grant: "book", of: registry, in: store)
        #expect(throws: Problem.self) { try spend(1, grant: "book", of: registry, in: store) }
    }

    @Test("a lower total never replaces a higher one, whatever order they are written in")
    func monotone() throws {
        let grant = try Fixture.grant("book", of: fixture.sample.members[0].id)
        let account = BudgetAccount(
            member: grant.member, span: .grant(grant.name), keyClass: .phone, purpose: grant.purpose)
        let store = try open()
        for tokens in [7, 3] {
            var changes = BudgetBook.Changes()
            changes.totals[account] = tokens
            try store.commit(changes)
        }
        #expect(try store.load(now: fixture.clock.now).tokens(of: account) == 7)
    }

    @Test("a database from before there were grants goes on with what was spent")
    func migration() throws {
        do {
            let connection = try Connection(path: path, mode: .writer)
            let script = String(
                decoding: try Checkout.bytes("schemas/sql/custodian/custodian-0001-budgets.sql"), as: UTF8.self)
            try connection.execute(script)
            try connection.execute("PRAGMA user_version = 1")
            let day = try fixture.charge(1).day
            try connection.run(
                "INSERT INTO spent VALUES (?1, ?2, 'phone', 'application', 8)",
                [.integer(day), .text(fixture.sample.members[0].id.name)])
        }
        let store = try open()
        #expect(try store.load(now: fixture.clock.now).tokens(of: fixture.charge(1).account) == 8)
        let registry = try fixture.granting([Fixture.grant("book", of: fixture.sample.members[0].id)]).chain.current
        try spend(20, grant: "book", of: registry, in: store)
        try spend(2, grant: nil, of: registry, in: store)
        #expect(throws: Problem.self) { try spend(1, grant: nil, of: registry, in: store) }
    }

    @Test("an account that nobody can have stops the custodian, rather than being passed over")
    func damaged() async throws {
        let store = try open()
        let other = try Connection(path: path, mode: .writer)
        try other.execute("INSERT INTO granted VALUES ('book', 'north-bank', 'marketing', 'phone', 1)")
        #expect(await Fixture.code { try store.load(now: fixture.clock.now) } == .storageFailed)
    }
}
