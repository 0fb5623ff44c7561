/// One numbered step of a schema: its script, and a query that must then give 1. Steps are added, never changed.
package struct Migration: Sendable {
    package let number: Int
    package let script: String
    /// A query of one row and column that proves the step's own effect.
    package let check: String

    package init(number: Int, script: String, check: String) {
        (self.number, self.script, self.check) = (number, script, check)
    }
}

extension Connection {
    /// Brings the file to the last step, each in one transaction with its check and its number (`user_version`).
    ///
    /// - Throws: `SQLiteFailure.statement` where a check fails or the file is newer than this program.
    package func migrate(_ migrations: [Migration]) throws {
        let current = Int(try integer("PRAGMA user_version") ?? 0)
        let latest = migrations.last?.number ?? 0
        guard current <= latest else {
            throw SQLiteFailure.statement("The database has schema \(current); this program knows up to \(latest).")
        }
        for migration in migrations where migration.number > current {
            try transaction {
                try execute(migration.script)
                try execute("PRAGMA user_version = \(migration.number)")
                guard try integer(migration.check) == 1 else {
                    throw SQLiteFailure.statement("The check of migration \(migration.number) failed.")
                }
            }
        }
    }
}
