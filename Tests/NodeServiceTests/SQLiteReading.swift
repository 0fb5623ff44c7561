import SQLite
import Vocabulary

/// A look into the node's file beside the node, as an auditor of the disk would take it.
struct SQLiteReading {
    private let connection: Connection

    init(path: String) throws { connection = try Connection(path: path, mode: .reader) }

    func leaves() throws -> [Hash] {
        var leaves: [Hash] = []
        try connection.run("SELECT hash FROM leaf ORDER BY log_index") { leaves.append(try Hash(bytes: $0.blob(0))) }
        return leaves
    }

    func checkpoints() throws -> [(size: UInt64, note: String)] {
        var notes: [(size: UInt64, note: String)] = []
        try connection.run("SELECT size, note FROM checkpoint ORDER BY size") { row in
            notes.append((UInt64(row.integer(0)), row.text(1)))
        }
        return notes
    }
}
