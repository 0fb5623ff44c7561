internal import CSQLite

/// What SQLite refused, by what the caller can do about it.
package enum SQLiteFailure: Error, Equatable, Sendable {
    /// Another process holds the lock.
    case busy
    case full
    /// A constraint of the schema: the transaction was refused whole.
    case constraint
    /// The disk did not do what it was told. Nothing after it can be trusted until a restart has replayed the file.
    case io(code: Int32)
    case notADatabase
    case cannotOpen
    /// A statement that does not fit the schema: a programmer's error, with SQLite's own words.
    case statement(String)

    init(_ code: Int32, message: String) {
        switch code & 0xFF {
        case SQLITE_BUSY, SQLITE_LOCKED: self = .busy
        case SQLITE_FULL: self = .full
        case SQLITE_CONSTRAINT: self = .constraint
        case SQLITE_IOERR, SQLITE_READONLY, SQLITE_CORRUPT: self = .io(code: code)
        case SQLITE_NOTADB: self = .notADatabase
        case SQLITE_CANTOPEN: self = .cannotOpen
        default: self = .statement(message)
        }
    }
}
