internal import SQLite
internal import Vocabulary

extension Problem {
    /// What the database could not do, as a member is told it. The custodian fails closed: nothing was evaluated.
    init(storing error: any Error) {
        guard let failure = error as? SQLiteFailure else {
            self.init(.storageFailed, "The custodian's database is not what it was; nothing was evaluated.")
            return
        }
        switch failure {
        case .busy:
            self.init(
                .storageBusy, "The custodian's database is locked by another process; nothing was evaluated.",
                hint: "Send the request again. On the custodian: only one process may use a database.")
        case .full:
            self.init(
                .storageFull, "The custodian's disk is full; nothing was evaluated.",
                hint: "On the custodian: free space on the database's volume.")
        case .io, .cannotOpen, .constraint, .statement, .notADatabase:
            self.init(
                .storageFailed, "The custodian's database could not be read or written; nothing was evaluated.",
                hint: "On the custodian: check the database's folder, its permissions and its disk.")
        }
    }

    static func olderRegistry(_ version: Int, newest: Int64) -> Problem {
        Problem(
            .registryStale, "The registry's file ends with version \(version); this custodian served by \(newest).",
            hint: "Fetch the current registry from the node's GET /v1/registry and put it in the file's place.")
    }
}
