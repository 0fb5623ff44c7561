internal import CSQLite

/// One connection to one file. Not shared between threads: whoever opens it owns it.
///
/// A thin layer on purpose: prepared statements, positional parameters and columns by number are all an append-only
/// store needs, and what libpq has too. GRDB would bring observation, pools and records that nothing here uses.
package final class Connection {
    package enum Mode: Sendable {
        /// The only writer of the file: WAL, `synchronous=FULL`. An `ExclusiveLock` keeps a second one away.
        case writer
        case reader
        /// The file is a lock and holds no data.
        case lock
    }

    private let handle: OpaquePointer
    private var statements: [String: Statement] = [:]
    private static let statementLimit = 256

    package init(path: String, mode: Mode, busyTimeoutMilliseconds: Int32 = 2000) throws(SQLiteFailure) {
        var opened: OpaquePointer?
        let access = mode == .reader ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        let status = sqlite3_open_v2(path, &opened, access | SQLITE_OPEN_NOMUTEX, nil)
        guard status == SQLITE_OK, let opened else {
            sqlite3_close_v2(opened)
            throw SQLiteFailure(status, message: "open")
        }
        handle = opened
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, busyTimeoutMilliseconds)
        if mode == .writer {
            try execute("PRAGMA journal_mode=WAL")
            try execute("PRAGMA synchronous=FULL")
        }
        try execute("PRAGMA foreign_keys=ON")
        try execute("PRAGMA trusted_schema=OFF")
    }

    deinit {
        statements.removeAll()
        sqlite3_close_v2(handle)
    }

    /// Runs a script of any number of statements: migrations and pragmas.
    package func execute(_ script: String) throws(SQLiteFailure) {
        let status = sqlite3_exec(handle, script, nil, nil, nil)
        guard status == SQLITE_OK else { throw failure(status) }
    }

    /// Runs one statement to its end; `row` is called for each row.
    package func run(
        _ sql: String, _ values: [Value] = [], row: (borrowing Row) throws -> Void = { _ in }
    ) throws {
        let statement = try prepared(sql)
        defer { sqlite3_reset(statement.pointer) }
        try statement.bind(values, on: self)
        while true {
            switch sqlite3_step(statement.pointer) {
            case SQLITE_ROW: try row(Row(statement: statement.pointer))
            case SQLITE_DONE: return
            case let status: throw failure(status)
            }
        }
    }

    /// The first column of the first row, or `nil` where there is none.
    package func integer(_ sql: String, _ values: [Value] = []) throws -> Int64? {
        var result: Int64?
        try run(sql, values) { row in
            if result == nil { result = row.integer(0) }
        }
        return result
    }

    /// One invariant, one block: everything in `body` is durable when this returns, or nothing of it happened.
    package func transaction<Result>(_ body: () throws -> Result) throws -> Result {
        try execute("BEGIN IMMEDIATE")
        do {
            let result = try body()
            try execute("COMMIT")
            return result
        } catch {
            // A failed COMMIT may have rolled back already; a second ROLLBACK then only says so.
            sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
            throw error
        }
    }

    package var changes: Int { Int(sqlite3_changes(handle)) }

    fileprivate func failure(_ status: Int32) -> SQLiteFailure {
        SQLiteFailure(status, message: String(cString: sqlite3_errmsg(handle)))
    }

    private func prepared(_ sql: String) throws(SQLiteFailure) -> Statement {
        if let known = statements[sql] { return known }
        precondition(statements.count < Self.statementLimit, "Statements are fixed texts; values are parameters.")
        var pointer: OpaquePointer?
        let status = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &pointer, nil)
        guard status == SQLITE_OK, let pointer else { throw failure(status) }
        let statement = Statement(pointer: pointer)
        statements[sql] = statement
        return statement
    }
}

/// A prepared statement, finalised with the connection that keeps it.
private final class Statement {
    let pointer: OpaquePointer

    init(pointer: OpaquePointer) { self.pointer = pointer }
    deinit { sqlite3_finalize(pointer) }

    func bind(_ values: [Value], on connection: Connection) throws(SQLiteFailure) {
        precondition(values.count == Int(sqlite3_bind_parameter_count(pointer)), "A value for every parameter.")
        for (index, value) in values.enumerated() {
            let status = value.bind(to: pointer, at: Int32(index + 1))
            guard status == SQLITE_OK else { throw connection.failure(status) }
        }
    }
}

/// What a parameter may be: our tables are STRICT and hold these.
package enum Value: Sendable {
    case integer(Int64)
    case text(String)
    case blob([UInt8])
    case null

    package static func integer(_ number: Int) -> Value { .integer(Int64(number)) }

    fileprivate func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        // SQLITE_TRANSIENT: SQLite copies the bytes before the call returns.
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        switch self {
        case .integer(let number): return sqlite3_bind_int64(statement, index, number)
        case .text(let text): return sqlite3_bind_text(statement, index, text, -1, transient)
        case .blob(let bytes):
            // Never a null pointer, which would bind NULL.
            return sqlite3_bind_blob64(
                statement, index, bytes.isEmpty ? [0] : bytes, UInt64(bytes.count), transient)
        case .null: return sqlite3_bind_null(statement, index)
        }
    }
}

/// The current row, valid only inside the closure that is given it.
package struct Row: ~Copyable {
    fileprivate let statement: OpaquePointer

    package func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }
    package func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }

    package func text(_ column: Int32) -> String {
        sqlite3_column_text(statement, column).map { String(cString: $0) } ?? ""
    }

    package func blob(_ column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(statement, column) else { return [] }
        return [UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
    }
}
