internal import Sodium
internal import SQLite
internal import Vocabulary

extension Outbox {
    /// The scripts are the files of `schemas/sql/gateway`, compiled in.
    static let migrations = [
        Migration(
            number: 1, script: String(decoding: PackageResources.gateway_0001_outbox_sql, as: UTF8.self),
            check: "SELECT count(*) = 5 FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%'"),
        Migration(
            number: 2, script: String(decoding: PackageResources.gateway_0002_live_sql, as: UTF8.self),
            check: """
                SELECT count(*) = 7 FROM sqlite_schema WHERE type = 'table' AND name IN
                ('shadow', 'reservation', 'reservation_answer', 'feed', 'notice_page', 'notice', 'watch')
                """),
        Migration(
            number: 3, script: String(decoding: PackageResources.gateway_0003_jobs_sql, as: UTF8.self),
            check: """
                SELECT count(*) = 6 FROM sqlite_schema WHERE type = 'table'
                AND name IN ('job', 'job_chunk', 'job_group', 'job_batch', 'job_row', 'token')
                """),
    ]
}

extension Problem {
    /// What the file refused, by what can be done about it.
    init(storage error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let failure as SQLiteFailure: self.init(failure)
        case is SodiumFailure:
            self.init(.storageFailed, "A sealed row of the outbox does not open: it was altered.")
        default: self.init(.storageFailed, "A row of the outbox cannot be read.")
        }
    }

    private init(_ failure: SQLiteFailure) {
        switch failure {
        case .busy: self.init(.storageBusy, "The outbox is locked by another process.")
        case .full: self.init(.storageFull, "The disk of the outbox is full.", hint: "Make room; nothing is lost.")
        case .io: self.init(.storageFailed, "The disk of the outbox did not do what it was told.")
        case .cannotOpen:
            self.init(
                .configurationInvalid, "The outbox cannot be opened or made.",
                hint: "Check that its folder exists and belongs to the gateway's user.")
        case .notADatabase: self.init(.configurationInvalid, "The outbox's file is no database of this program.")
        case .constraint, .statement: self.init(.internalError, "The outbox refused a statement of this program.")
        }
    }
}
