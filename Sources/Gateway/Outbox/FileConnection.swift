internal import SQLite

/// The one writing connection to the gateway's file. There is never a second one: SQLite before 3.51.3 can corrupt a
/// WAL that two connections write and checkpoint (DESIGN §7).
///
/// A connection keeps every statement it ever prepared, up to a limit that the gateway's stay well below. Should they
/// ever come near it, the connection is closed between two pieces of work, and only then opened anew.
final class FileConnection {
    private let path: String
    private let maximumPages: Int
    private var opened: Connection?
    private var texts: Set<String> = []

    /// Leaves a single piece of work some sixty statements that were not met before.
    private static let textsAtRest = 192

    init(path: String, maximumPages: Int) throws {
        (self.path, self.maximumPages) = (path, maximumPages)
        opened = try Self.open(path, maximumPages)
    }

    static func open(_ path: String, _ maximumPages: Int) throws -> Connection {
        let connection = try Connection(path: path, mode: .writer)
        try connection.execute("PRAGMA secure_delete=ON")
        try connection.execute("PRAGMA max_page_count=\(maximumPages)")
        return connection
    }

    /// To be called where no statement and no transaction is under way.
    func makeRoom() throws {
        guard opened == nil || texts.count > Self.textsAtRest else { return }
        (opened, texts) = (nil, [])
        opened = try Self.open(path, maximumPages)
    }

    func run(_ sql: String, _ values: [Value] = [], row: (borrowing Row) throws -> Void = { _ in }) throws {
        try connection(for: sql).run(sql, values, row: row)
    }

    func integer(_ sql: String, _ values: [Value] = []) throws -> Int64? {
        try connection(for: sql).integer(sql, values)
    }

    func transaction<Result>(_ body: () throws -> Result) throws -> Result {
        guard let opened else { throw SQLiteFailure.cannotOpen }
        return try opened.transaction(body)
    }

    var changes: Int { opened?.changes ?? 0 }

    private func connection(for sql: String) throws -> Connection {
        guard let opened else { throw SQLiteFailure.cannotOpen }
        texts.insert(sql)
        return opened
    }
}
