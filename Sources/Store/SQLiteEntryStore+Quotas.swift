package import Exchange
internal import Sodium
internal import SQLite
internal import Vocabulary

extension SQLiteEntryStore {
    package func quotas(from day: Int) throws(StoreFailure) -> [QuotaRow] {
        var rows: [QuotaRow] = []
        try StoreFailure.translating {
            try connection.run(
                "SELECT day, line, period, sealed FROM quota WHERE day >= ?1 ORDER BY day, line", [.integer(Int64(day))]
            ) { row in
                let (day, line) = (row.integer(0), row.integer(1))
                let opened = try keys.sealingKey(ofPeriod: row.integer(2), making: false)
                    .open(row.blob(3), context: Self.context(day, line))
                let quota = try QuotaRow(decoding: opened, day: day)
                quotaLines.note(quota, line: line)
                rows.append(quota)
            }
        }
        return rows
    }

    package func forgetQuotas(before day: Int) throws(StoreFailure) {
        try StoreFailure.translating {
            try connection.run("DELETE FROM quota WHERE day < ?1", [.integer(Int64(day))])
        }
        quotaLines.forget(before: day)
    }

    /// Writes the day's counts of one member and purpose over what was there: part of a batch's transaction.
    func keep(_ quota: QuotaRow, period: Int64, key: SealingKey) throws {
        let (day, line) = (Int64(quota.day), quotaLines.line(of: quota))
        let sealed = key.seal(quota.encoded, context: Self.context(day, line))
        try connection.run(
            """
            INSERT INTO quota (day, line, period, sealed) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (day, line) DO UPDATE SET period = excluded.period, sealed = excluded.sealed
            """,
            [.integer(day), .integer(line), .integer(period), .blob(sealed)])
    }

    /// What binds a sealed row to its place.
    private static func context(_ day: Int64, _ line: Int64) -> [UInt8] {
        var writer = ByteWriter()
        writer.put("counterfoil/node/quota/v1")
        writer.put(day)
        writer.put(line)
        return writer.bytes
    }
}
