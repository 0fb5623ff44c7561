internal import Store
internal import Vocabulary

extension Problem {
    /// What the store could not do, as a member is told it: the request was not accepted, and may be sent again.
    init(_ failure: StoreFailure) {
        switch failure {
        case .busy:
            self.init(
                .storageBusy, "The node's database is locked by another process; nothing was stored.",
                hint: "Send the request again. On the node: only one node process may use a database.")
        case .full:
            self.init(
                .storageFull, "The node's disk is full; nothing was stored.",
                hint: "Send the request again later. On the node: free space on the database's volume.")
        case .io, .programming:
            self.init(
                .storageFailed, "The node's database could not be written; nothing was stored.",
                hint: "Send the request again later.")
        case .damaged, .conflictingCheckpoint, .wrongKeys:
            self.init(
                .storageFailed, "The node's database is not what it was; the node signs nothing until it is restored.",
                hint: "On the node: run `counterfoil doctor`, and restore the database from its last good copy.")
        }
    }
}
