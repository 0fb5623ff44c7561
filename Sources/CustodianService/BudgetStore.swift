internal import Exchange
internal import Records
internal import Registry
internal import SQLite
package import Vocabulary

/// Where budgets, nonces and the newest registry version survive a restart. A store promises that what `commit` was
/// given is durable when it returns, all of it, or that none of it is.
package protocol BudgetStore {
    func load(now: Instant) throws(Problem) -> BudgetBook
    func commit(_ changes: BudgetBook.Changes) throws(Problem)
    func forgetNonces(expiredAt now: Instant) throws(Problem)
    /// Remembers a registry version that is served by, durably.
    ///
    /// - Throws: `registryStale` where a newer one was served by before.
    func advance(toRegistry version: Int) throws(Problem)
}

/// One SQLite file, held by one process at a time (`schemas/sql/custodian`).
///
/// Who can write to it can raise a member's budget or grant, allow a replay within a signature's lifetime, or let an
/// older registry be served by again; it holds nothing about persons.
package final class SQLiteBudgetStore: BudgetStore {
    private let connection: Connection
    private let lock: ExclusiveLock
    private var nextBatch: Int64

    static let migrations = [
        Migration(
            number: 1, script: String(decoding: PackageResources.custodian_0001_budgets_sql, as: UTF8.self),
            check: "SELECT count(*) = 4 FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%'"),
        Migration(
            number: 2, script: String(decoding: PackageResources.custodian_0002_grants_sql, as: UTF8.self),
            check: "SELECT count(*) = 5 FROM pragma_table_info('granted')"),
    ]

    /// - Throws: `storageBusy` where another process holds the file, `configurationInvalid` for another's file.
    package init(path: String, consortium: String, custodian: CustodianID) throws(Problem) {
        do {
            // A custodian that is just ending gets two seconds to let go.
            lock = try ExclusiveLock(beside: path)
            connection = try Connection(path: path, mode: .writer)
            try connection.migrate(Self.migrations)
            nextBatch = try connection.integer("SELECT coalesce(max(batch), 0) + 1 FROM nonce") ?? 1
        } catch { throw Problem(storing: error) }
        try claim(consortium: consortium, custodian: custodian)
    }

    private func claim(consortium: String, custodian: CustodianID) throws(Problem) {
        var owner: (consortium: String, custodian: String)?
        do {
            try connection.run(
                "INSERT INTO identity (id, consortium, custodian) VALUES (1, ?1, ?2) ON CONFLICT (id) DO NOTHING",
                [.text(consortium), .text(custodian.name)])
            try connection.run("SELECT consortium, custodian FROM identity") { owner = ($0.text(0), $0.text(1)) }
        } catch { throw Problem(storing: error) }
        guard owner?.consortium == consortium, owner?.custodian == custodian.name else {
            throw Problem(
                .configurationInvalid, "The database belongs to another custodian or another consortium.",
                hint: "Each custodian has a database of its own.")
        }
    }

    package func load(now: Instant) throws(Problem) -> BudgetBook {
        var nonces: [RedeemedNonce] = []
        let spent: [BudgetAccount: Int]
        do {
            try connection.run(
                "SELECT digests FROM nonce WHERE last_expiry >= ?1", [.integer(now.milliseconds)]
            ) { nonces += RedeemedNonce.decode($0.blob(0)) }
            // Two days are enough for every time zone: what is older is never asked again.
            spent = try totals(since: now.seconds / 86_400 - 2)
        } catch { throw Problem(storing: error) }
        return BudgetBook(nonces: nonces.filter { $0.expires >= now }, spent: spent)
    }

    private func totals(since firstDay: Int64) throws -> [BudgetAccount: Int] {
        var totals: [BudgetAccount: Int] = [:]
        try connection.run(
            "SELECT member, key_class, purpose, tokens, day FROM spent WHERE day >= ?1", [.integer(firstDay)]
        ) { row in totals[try BudgetAccount(row, .day(row.integer(4)))] = Int(row.integer(3)) }
        try connection.run("SELECT member, key_class, purpose, tokens, name FROM granted") { row in
            totals[try BudgetAccount(row, .grant(try ListedName(row.text(4))))] = Int(row.integer(3))
        }
        return totals
    }

    package func commit(_ changes: BudgetBook.Changes) throws(Problem) {
        do {
            try connection.transaction {
                if let last = changes.nonces.map(\.expires).max() {
                    try connection.run(
                        "INSERT INTO nonce (batch, last_expiry, digests) VALUES (?1, ?2, ?3)",
                        [.integer(nextBatch), .integer(last.milliseconds), .blob(RedeemedNonce.encode(changes.nonces))])
                }
                for (account, tokens) in changes.totals { try write(tokens, to: account) }
            }
            nextBatch += 1
        } catch { throw Problem(storing: error) }
    }

    /// A total never falls, whatever is written twice.
    private func write(_ tokens: Int, to account: BudgetAccount) throws {
        let key: [Value] = [
            .text(account.member.name), .text(account.keyClass.rawValue), .text(account.purpose.rawValue),
        ]
        switch account.span {
        case .day(let day):
            try connection.run(
                """
                INSERT INTO spent (member, key_class, purpose, day, tokens) VALUES (?1, ?2, ?3, ?4, ?5)
                ON CONFLICT (day, member, key_class, purpose) DO UPDATE SET tokens = max(tokens, excluded.tokens)
                """, key + [.integer(day), .integer(tokens)])
        case .grant(let name):
            try connection.run(
                """
                INSERT INTO granted (member, key_class, purpose, name, tokens) VALUES (?1, ?2, ?3, ?4, ?5)
                ON CONFLICT (name, member, purpose, key_class) DO UPDATE SET tokens = max(tokens, excluded.tokens)
                """, key + [.text(name.text), .integer(tokens)])
        }
    }

    package func advance(toRegistry version: Int) throws(Problem) {
        var newest: Int64 = 0
        do {
            try connection.run(
                """
                INSERT INTO registry (id, version) VALUES (1, ?1)
                ON CONFLICT (id) DO UPDATE SET version = excluded.version WHERE version < excluded.version
                """, [.integer(version)])
            newest = try connection.integer("SELECT version FROM registry") ?? 0
        } catch { throw Problem(storing: error) }
        guard version >= newest else { throw .olderRegistry(version, newest: newest) }
    }

    package func forgetNonces(expiredAt now: Instant) throws(Problem) {
        do {
            try connection.run("DELETE FROM nonce WHERE last_expiry < ?1", [.integer(now.milliseconds)])
        } catch { throw Problem(storing: error) }
    }
}

extension BudgetAccount {
    /// From a row that begins with member, key class and purpose.
    fileprivate init(_ row: borrowing Row, _ span: Span) throws {
        guard let keyClass = KeyClass(rawValue: row.text(1)), let purpose = Purpose(rawValue: row.text(2)) else {
            throw DecodingFailure.malformed("a stored account")
        }
        self.init(member: try MemberID(row.text(0)), span: span, keyClass: keyClass, purpose: purpose)
    }
}
