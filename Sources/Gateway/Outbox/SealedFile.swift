internal import Sodium
internal import SQLite
internal import Vocabulary

/// A further connection to the gateway's file, for one actor that owns it, with the key that its rows are sealed under.
///
/// The outbox has migrated the file and holds its lock before one of these is made.
final class SealedFile {
    let connection: Connection
    let key: DataKey
    /// Set by an I/O error: nothing is tried any more until a restart has replayed the file.
    private var isBroken = false

    /// Longer than the longest transaction of the others.
    private static let busyTimeoutMilliseconds: Int32 = 20_000

    init(path: String, key: DataKey, maximumPages: Int) throws {
        connection = try Connection(path: path, mode: .writer, busyTimeoutMilliseconds: Self.busyTimeoutMilliseconds)
        self.key = key
        try connection.execute("PRAGMA secure_delete=ON")
        try connection.execute("PRAGMA max_page_count=\(maximumPages)")
    }

    func transaction<Result>(_ body: () throws -> Result) throws(Problem) -> Result {
        try working { try connection.transaction(body) }
    }

    /// Runs a piece of work and gives its errors our names.
    func working<Result>(_ body: () throws -> Result) throws(Problem) -> Result {
        guard !isBroken else {
            throw Problem(.storageFailed, "The outbox met a disk error and takes nothing until a restart.")
        }
        do { return try body() } catch {
            if case .io = error as? SQLiteFailure { isBroken = true }
            throw Problem(storage: error)
        }
    }

    func seal(_ plaintext: [UInt8], _ place: Place) -> [UInt8] { key.sealing.seal(plaintext, context: place.context) }
    func open(_ sealed: [UInt8], _ place: Place) throws -> [UInt8] {
        try key.sealing.open(sealed, context: place.context)
    }

    /// Where a sealed value belongs: moved elsewhere it does not open.
    struct Place {
        let context: [UInt8]

        init(_ table: String, _ id: RecordID, _ number: Int = 0) {
            context = Array("counterfoil/gateway/\(table)/v1|\(number)|".utf8) + id.bytes
        }

        init(token name: Bytes32) { context = Array("counterfoil/gateway/token/v1|".utf8) + name.bytes }
    }
}
