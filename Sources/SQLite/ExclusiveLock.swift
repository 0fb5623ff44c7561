/// Keeps a second writer from a database for as long as this value lives.
///
/// It is an exclusive transaction, never ended, on an empty file beside the database (`.lock`): readers of the database
/// are not in its way, and the kernel lets go of it when the process ends, however it ends.
package final class ExclusiveLock {
    private let connection: Connection

    /// - Throws: `busy` where another writer holds it.
    package init(beside path: String, busyTimeoutMilliseconds: Int32 = 2000) throws(SQLiteFailure) {
        connection = try Connection(
            path: path + ".lock", mode: .lock, busyTimeoutMilliseconds: busyTimeoutMilliseconds)
        try connection.execute("BEGIN EXCLUSIVE")
    }
}
