internal import Sodium
internal import SQLite
internal import Vocabulary

/// Where all work on the gateway's file is done, one piece after the other: the actors that share the file run here.
actor FileDesk {}

/// The gateway's file as its actors share it: its one connection, and the key that its rows are sealed under.
///
/// The outbox has migrated the file and holds its lock before this is made. Unchecked, as the compiler does not see
/// that the outbox, the vault and the jobs have one executor: whoever is elsewhere is stopped at the connection.
final class SealedFile: @unchecked Sendable {
    let desk = FileDesk()
    let key: DataKey
    private let file: FileConnection
    /// Pieces of work under way, one within the other.
    private var depth = 0
    /// Set by an I/O error: nothing is tried any more until a restart has replayed the file.
    private var isBroken = false

    init(path: String, key: DataKey, maximumPages: Int) throws {
        file = try FileConnection(path: path, maximumPages: maximumPages)
        self.key = key
    }

    var connection: FileConnection {
        desk.preconditionIsolated("The outbox's file is used on its own executor alone.")
        return file
    }

    func transaction<Result>(_ body: () throws -> Result) throws(Problem) -> Result {
        try working { try connection.transaction(body) }
    }

    /// Runs a piece of work and gives its errors our names. After an I/O error nothing is tried any more; a row that
    /// cannot be read says nothing of the others.
    func working<Result>(_ body: () throws -> Result) throws(Problem) -> Result {
        let connection = connection
        guard !isBroken else { throw Self.broken }
        depth += 1
        defer { depth -= 1 }
        do {
            if depth == 1 { try connection.makeRoom() }
            return try body()
        } catch {
            if case .io = error as? SQLiteFailure { isBroken = true }
            throw Problem(storage: error)
        }
    }

    private static let broken = Problem(
        .storageFailed, "The outbox met a disk error and takes nothing until the gateway is restarted.",
        hint: "Check the disk, then restart the gateway: it goes on from what is stored.")

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
