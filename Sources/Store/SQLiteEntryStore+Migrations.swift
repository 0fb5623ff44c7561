internal import SQLite

extension SQLiteEntryStore {
    /// The scripts are the files of `schemas/sql/node`, compiled in.
    static let migrations = [
        Migration(
            number: 1, script: String(decoding: PackageResources.node_0001_entries_sql, as: UTF8.self),
            check: "SELECT count(*) = 9 FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%'"),
        Migration(
            number: 2, script: String(decoding: PackageResources.node_0002_quotas_sql, as: UTF8.self),
            check: "SELECT count(*) = 1 FROM sqlite_schema WHERE type = 'table' AND name = 'quota'"),
    ]
}
