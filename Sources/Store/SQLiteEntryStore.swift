package import Exchange
internal import Sodium
internal import SQLite
package import TransparencyLog
package import Vocabulary

/// The embedded store: one file, one writing connection, WAL with `synchronous=FULL` (DESIGN §7).
package final class SQLiteEntryStore: EntryStore {
    /// Held before the database is opened, and as long as it is open.
    private let lock: ExclusiveLock
    let connection: Connection
    let keys: any DataKeys
    private var nextNonceBatch: Int64
    var quotaLines = QuotaLines()

    /// Opens or creates the file and brings its schema up to date.
    ///
    /// - Throws: `busy` where another process writes the file, `wrongKeys` where the keys are not those it was written
    ///   with.
    package init(
        path: String, keys: any DataKeys, consortium: String, busyTimeoutMilliseconds: Int32 = 2000
    ) throws(StoreFailure) {
        self.keys = keys
        lock = try StoreFailure.translating {
            try ExclusiveLock(beside: path, busyTimeoutMilliseconds: busyTimeoutMilliseconds)
        }
        let connection = try StoreFailure.translating {
            try Connection(path: path, mode: .writer, busyTimeoutMilliseconds: busyTimeoutMilliseconds)
        }
        self.connection = connection
        try StoreFailure.translating { try connection.migrate(Self.migrations) }
        nextNonceBatch = try StoreFailure.translating {
            try connection.integer("SELECT coalesce(max(batch), 0) + 1 FROM nonce") ?? 1
        }
        try claim(for: consortium)
        _ = try quotas(from: 0)
    }

    /// Writes whose file this is, or refuses a file of other keys or of another consortium.
    private func claim(for consortium: String) throws(StoreFailure) {
        let proof = keys.pepper.hash(Array("counterfoil/store-proof/v1".utf8)).bytes
        var known: (consortium: String, proof: [UInt8])?
        try StoreFailure.translating {
            try connection.run("SELECT consortium, proof FROM identity WHERE id = 1") { row in
                known = (row.text(0), row.blob(1))
            }
        }
        guard let known else {
            return try StoreFailure.translating {
                try connection.run(
                    "INSERT INTO identity (id, consortium, proof) VALUES (1, ?1, ?2)",
                    [.text(consortium), .blob(proof)])
            }
        }
        guard known.consortium == consortium, equalInConstantTime(known.proof, proof) else { throw .wrongKeys }
    }

    package func append(_ batch: CommitBatch) throws(StoreFailure) {
        try StoreFailure.translating {
            let period = sealingPeriod(of: batch.committedAt)
            let key = try keys.sealingKey(ofPeriod: period, making: true)
            try connection.transaction {
                try requireLogOrder(of: batch.entries)
                for entry in batch.entries { try insert(entry, period: period, key: key) }
                for tile in batch.tiles { try insert(tile) }
                if !batch.nonces.isEmpty { try insert(batch.nonces) }
                for quota in batch.quotas { try keep(quota, period: period, key: key) }
            }
        }
    }

    private func requireLogOrder(of entries: [NewEntry]) throws {
        guard let first = entries.first else { return }
        let next = try connection.integer("SELECT coalesce(max(log_index) + 1, 0) FROM leaf") ?? 0
        let follows = zip(entries, entries.dropFirst()).allSatisfy { $1.logIndex == $0.logIndex + 1 }
        guard Int64(first.logIndex) == next, follows else {
            throw StoreFailure.programming("Entries are appended in log order.")
        }
    }

    private func insert(_ entry: NewEntry, period: Int64, key: SealingKey) throws {
        let index = Int64(entry.logIndex)
        try connection.run(
            "INSERT INTO leaf (log_index, hash) VALUES (?1, ?2)", [.integer(index), .blob(entry.leafHash.bytes)])
        func insertSealed(_ table: SealedTable, _ plaintext: [UInt8]) throws {
            guard !plaintext.isEmpty else { return }
            let sealed = key.seal(plaintext, context: table.context(index))
            try connection.run(table.insertion, [.integer(index), .integer(period), .blob(sealed)])
        }
        try insertSealed(.facts, entry.facts)
        try insertSealed(.evidence, entry.evidence)
        try insertSealed(.opening, entry.salts)
        guard !entry.tokens.isEmpty else { return }
        let first = Int64(entry.firstIdentifier)
        let sealed = keys.tokenKey.seal(entry.tokens, context: SealedTable.token.context(first))
        try connection.run(
            "INSERT INTO token (first_identifier, log_index, period, sealed) VALUES (?1, ?2, ?3, ?4)",
            [.integer(first), .integer(index), .integer(period), .blob(sealed)])
    }

    private func insert(_ tile: Tile) throws {
        try connection.run(
            "INSERT INTO tile (level, tile_index, hashes) VALUES (?1, ?2, ?3)",
            [.integer(tile.address.level), .integer(Int64(tile.address.index)), .blob(tile.bytes)])
    }

    private func insert(_ nonces: [RedeemedNonce]) throws {
        try connection.run(
            "INSERT INTO nonce (batch, last_expiry, digests) VALUES (?1, ?2, ?3)",
            [
                .integer(nextNonceBatch), .integer(nonces.map(\.expires.milliseconds).max() ?? 0),
                .blob(RedeemedNonce.encode(nonces)),
            ])
        nextNonceBatch += 1
    }

    package func replay(_ visit: (StoredEntry) throws -> Void) throws(StoreFailure) {
        try StoreFailure.translating {
            try connection.run("SELECT log_index, period, sealed FROM facts ORDER BY log_index") { row in
                let index = row.integer(0)
                let facts = try keys.sealingKey(ofPeriod: row.integer(1), making: false)
                    .open(row.blob(2), context: SealedTable.facts.context(index))
                try visit(StoredEntry(logIndex: UInt32(truncatingIfNeeded: index), facts: facts))
            }
        }
    }

    package func liveNonces(at now: Instant) throws(StoreFailure) -> [RedeemedNonce] {
        var nonces: [RedeemedNonce] = []
        try StoreFailure.translating {
            try connection.run(
                "SELECT digests FROM nonce WHERE last_expiry >= ?1", [.integer(now.milliseconds)]
            ) { row in
                nonces += RedeemedNonce.decode(row.blob(0))
            }
        }
        return nonces.filter { $0.expires >= now }
    }

    package func forgetNonces(expiredAt now: Instant) throws(StoreFailure) {
        try StoreFailure.translating {
            try connection.run("DELETE FROM nonce WHERE last_expiry < ?1", [.integer(now.milliseconds)])
        }
    }

    package func evidence(at logIndex: UInt32) throws(StoreFailure) -> [UInt8]? {
        var evidence: [UInt8]?
        let index = Int64(logIndex)
        try StoreFailure.translating {
            try connection.run("SELECT period, sealed FROM evidence WHERE log_index = ?1", [.integer(index)]) { row in
                evidence = try keys.sealingKey(ofPeriod: row.integer(0), making: false)
                    .open(row.blob(1), context: SealedTable.evidence.context(index))
            }
        }
        return evidence
    }

    package func tile(_ address: TileAddress) throws(StoreFailure) -> Tile? {
        try StoreFailure.translating { try connection.tile(address) }
    }

    package func leafCount() throws(StoreFailure) -> UInt64 {
        try StoreFailure.translating {
            UInt64(try connection.integer("SELECT coalesce(max(log_index) + 1, 0) FROM leaf") ?? 0)
        }
    }

    package func leaves(from first: UInt64) throws(StoreFailure) -> [Hash] {
        var hashes: [Hash] = []
        try StoreFailure.translating {
            try connection.run(
                "SELECT hash FROM leaf WHERE log_index >= ?1 ORDER BY log_index", [.integer(Int64(first))]
            ) { row in
                hashes.append(try Hash(bytes: row.blob(0)))
            }
        }
        return hashes
    }

    package func keep(checkpoint note: String, size: UInt64) throws(StoreFailure) {
        do {
            try connection.run(
                "INSERT INTO checkpoint (size, note) VALUES (?1, ?2)", [.integer(Int64(size)), .text(note)])
        } catch SQLiteFailure.constraint {
            guard try kept(size: size) == note else { throw .conflictingCheckpoint }
        } catch { throw StoreFailure(error) }
    }

    private func kept(size: UInt64) throws(StoreFailure) -> String? {
        var note: String?
        try StoreFailure.translating {
            try connection.run("SELECT note FROM checkpoint WHERE size = ?1", [.integer(Int64(size))]) { row in
                note = row.text(0)
            }
        }
        return note
    }

    package func latestCheckpoint() throws(StoreFailure) -> (size: UInt64, note: String)? {
        var latest: (size: UInt64, note: String)?
        try StoreFailure.translating {
            try connection.run("SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1") { row in
                latest = (UInt64(row.integer(0)), row.text(1))
            }
        }
        return latest
    }
}

/// The tables whose rows are sealed, with the label that binds a row to its place.
private enum SealedTable: String {
    case facts, evidence, opening, token

    var insertion: String { "INSERT INTO \(rawValue) (log_index, period, sealed) VALUES (?1, ?2, ?3)" }

    func context(_ id: Int64) -> [UInt8] {
        var writer = ByteWriter()
        writer.put("counterfoil/node/\(rawValue)/v1")
        writer.put(id)
        return writer.bytes
    }
}

/// Full tiles for proofs and for the public, over a read-only connection that never waits for the writer.
package final class SQLiteTileReader {
    private let connection: Connection

    package init(path: String) throws(StoreFailure) {
        connection = try StoreFailure.translating { try Connection(path: path, mode: .reader) }
    }

    package func tile(_ address: TileAddress) throws(StoreFailure) -> Tile? {
        try StoreFailure.translating { try connection.tile(address) }
    }
}

extension Connection {
    fileprivate func tile(_ address: TileAddress) throws -> Tile? {
        var tile: Tile?
        try run(
            "SELECT hashes FROM tile WHERE level = ?1 AND tile_index = ?2",
            [.integer(address.level), .integer(Int64(address.index))]
        ) { row in
            tile = try Tile(address: address.full, bytes: row.blob(0))
        }
        return tile
    }
}
