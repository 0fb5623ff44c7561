import Foundation
import SQLite
import TestSupport
import Testing

@Suite("A connection")
final class ConnectionTests {
    private let folder: URL
    private var path: String { folder.appending(path: "test.db").path }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "counterfoil-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func writer(busyTimeout: Int32 = 0) throws -> Connection {
        try Connection(path: path, mode: .writer, busyTimeoutMilliseconds: busyTimeout)
    }

    private func table() throws -> Connection {
        let connection = try writer()
        try connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, word TEXT NOT NULL, bytes BLOB) STRICT")
        return connection
    }

    @Test("gives back the values that it was given")
    func valuesRoundTrip() throws {
        let connection = try table()
        let rows: [(Int64, String, [UInt8]?)] = [
            (.min, "", []), (-1, "名前 – ñ", [0, 255]), (0, "'; DROP TABLE t; --", nil),
            (.max, "x", [UInt8](repeating: 7, count: 9000)),
        ]
        for (id, word, bytes) in rows {
            try connection.run(
                "INSERT INTO t VALUES (?1, ?2, ?3)", [.integer(id), .text(word), bytes.map { .blob($0) } ?? .null])
            #expect(connection.changes == 1)
        }
        var read: [(Int64, String, [UInt8]?)] = []
        try connection.run("SELECT id, word, bytes FROM t ORDER BY id") { row in
            read.append((row.integer(0), row.text(1), row.isNull(2) ? nil : row.blob(2)))
        }
        #expect(read.count == rows.count)
        for (left, right) in zip(read, rows) { #expect(left == right) }
    }

    @Test("writes in WAL mode with full synchronisation and checked foreign keys")
    func pragmasHold() throws {
        let connection = try writer()
        var mode = ""
        try connection.run("PRAGMA journal_mode") { mode = $0.text(0) }
        #expect(mode == "wal")
        #expect(try connection.integer("PRAGMA synchronous") == 2)
        #expect(try connection.integer("PRAGMA foreign_keys") == 1)
        #expect(try connection.integer("PRAGMA trusted_schema") == 0)
    }

    @Test("a transaction that throws leaves nothing")
    func transactionsAreWhole() throws {
        struct Stop: Error {}
        let connection = try table()
        #expect(throws: Stop.self) {
            try connection.transaction {
                try connection.run("INSERT INTO t (word) VALUES (?1)", [.text("a")])
                throw Stop()
            }
        }
        #expect(try connection.integer("SELECT count(*) FROM t") == 0)
        try connection.transaction { try connection.run("INSERT INTO t (word) VALUES (?1)", [.text("a")]) }
        #expect(try connection.integer("SELECT count(*) FROM t") == 1)
    }

    @Test("an error in a row's closure ends the statement, which can be run again")
    func rowErrorsResetStatements() throws {
        struct Stop: Error {}
        let connection = try table()
        for id in 0..<3 { try connection.run("INSERT INTO t VALUES (?1, ?2, NULL)", [.integer(id), .text("w")]) }
        #expect(throws: Stop.self) { try connection.run("SELECT id FROM t") { _ in throw Stop() } }
        var seen = 0
        try connection.run("SELECT id FROM t") { _ in seen += 1 }
        #expect(seen == 3)
    }

    @Test("failures are told apart by what can be done about them")
    func failuresAreTold() throws {
        let connection = try table()
        try connection.run("INSERT INTO t VALUES (1, ?1, NULL)", [.text("a")])
        #expect(throws: SQLiteFailure.constraint) { try connection.run("INSERT INTO t VALUES (1, 'b', NULL)") }
        #expect(throws: SQLiteFailure.constraint) { try connection.run("INSERT INTO t VALUES (2, NULL, NULL)") }
        #expect(throws: SQLiteFailure.self) { try connection.run("SELECT nothing FROM nowhere") }
        #expect(throws: SQLiteFailure.cannotOpen) {
            try Connection(path: folder.appending(path: "none/x.db").path, mode: .writer)
        }
        #expect(throws: SQLiteFailure.cannotOpen) {
            try Connection(path: folder.appending(path: "absent.db").path, mode: .reader)
        }
        let text = folder.appending(path: "text.db")
        try Data(repeating: 65, count: 4096).write(to: text)
        #expect(throws: SQLiteFailure.notADatabase) { try Connection(path: text.path, mode: .writer) }
    }

    @Test("a reader sees what is committed, and writes nothing")
    func readersOnlyRead() throws {
        let connection = try table()
        let reader = try Connection(path: path, mode: .reader)
        try connection.transaction {
            try connection.run("INSERT INTO t (word) VALUES (?1)", [.text("a")])
            #expect(try reader.integer("SELECT count(*) FROM t") == 0)
        }
        #expect(try reader.integer("SELECT count(*) FROM t") == 1)
        #expect(throws: SQLiteFailure.self) { try reader.run("INSERT INTO t (word) VALUES ('b')") }
    }

    @Test("a second writer in the middle of a transaction is busy")
    func writersExcludeEachOther() throws {
        let connection = try table()
        let second = try writer()
        let refusal = try connection.transaction {
            #expect(throws: SQLiteFailure.self) { try second.transaction {} }
        }
        #expect(refusal == .busy)
        try second.transaction { try second.run("INSERT INTO t (word) VALUES (?1)", [.text("a")]) }
    }

    @Test("a full disk is told as such, and the transaction is gone whole")
    func fullIsTold() throws {
        let connection = try table()
        let pages = try connection.integer("PRAGMA page_count") ?? 0
        try connection.execute("PRAGMA max_page_count = \(pages + 2)")
        #expect(throws: SQLiteFailure.full) {
            try connection.transaction {
                for _ in 0..<50 {
                    try connection.run(
                        "INSERT INTO t (word, bytes) VALUES ('w', ?1)", [.blob([UInt8](repeating: 1, count: 4000))])
                }
            }
        }
        #expect(try connection.integer("SELECT count(*) FROM t") == 0)
        try connection.execute("PRAGMA max_page_count = 100000")
        try connection.transaction { try connection.run("INSERT INTO t (word) VALUES ('w')") }
        #expect(try connection.integer("SELECT count(*) FROM t") == 1)
    }

    @Test("a lock is held by one, and is free when its holder is gone")
    func locksExclude() throws {
        var first: ExclusiveLock? = try ExclusiveLock(beside: path, busyTimeoutMilliseconds: 0)
        #expect(throws: SQLiteFailure.busy) { try ExclusiveLock(beside: path, busyTimeoutMilliseconds: 0) }
        _ = first
        first = nil
        let second = try ExclusiveLock(beside: path, busyTimeoutMilliseconds: 0)
        withExtendedLifetime(second) {}
    }
}

@Suite("Migrations")
final class MigrationTests {
    private let folder: URL
    private var path: String { folder.appending(path: "test.db").path }
    private let steps = [
        Migration(number: 1, script: "CREATE TABLE a (x INTEGER) STRICT;", check: "SELECT count(*) = 0 FROM a"),
        Migration(
            number: 2, script: "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO b VALUES (5);",
            check: "SELECT sum(x) = 5 FROM b"),
    ]

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "counterfoil-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    @Test("are each applied once, in order")
    func areAppliedOnce() throws {
        let connection = try Connection(path: path, mode: .writer)
        try connection.migrate(Array(steps.prefix(1)))
        #expect(try connection.integer("PRAGMA user_version") == 1)
        for _ in 0..<2 { try connection.migrate(steps) }
        #expect(try connection.integer("PRAGMA user_version") == 2)
        #expect(try connection.integer("SELECT count(*) FROM b") == 1)
    }

    @Test("whose check fails leave nothing behind")
    func checkThemselves() throws {
        let connection = try Connection(path: path, mode: .writer)
        let wrong = Migration(number: 2, script: "CREATE TABLE b (x INTEGER) STRICT;", check: "SELECT 0")
        #expect(throws: SQLiteFailure.statement("The check of migration 2 failed.")) {
            try connection.migrate([steps[0], wrong])
        }
        #expect(try connection.integer("PRAGMA user_version") == 1)
        #expect(try connection.integer("SELECT count(*) FROM sqlite_schema") == 1)
    }

    @Test("refuse a file that is newer than the program")
    func newerFilesAreRefused() throws {
        let connection = try Connection(path: path, mode: .writer)
        try connection.migrate(steps)
        #expect(throws: SQLiteFailure.statement("The database has schema 2; this program knows up to 1.")) {
            try connection.migrate(Array(steps.prefix(1)))
        }
    }
}
