internal import Exchange
internal import NodeService
internal import Registry
internal import Store
internal import Vocabulary

/// The records that a stopped node's database holds, inquiries and reservations left out, replayed as the node itself
/// does at start.
struct StoredRecords {
    private(set) var keys: Set<LookupKey> = []
    /// How many facts are there of a record that was there before.
    private(set) var repeated = 0

    init(of node: NodeStage) throws(Problem) {
        let secrets = try NodeSecrets(folder: node.keyFolder)
        do throws(StoreFailure) {
            let store = try SQLiteEntryStore(
                path: node.databaseFile, keys: secrets, consortium: node.consortium.chain.current.consortium)
            try store.replay { entry in
                for record in try EntryFacts(decoding: entry.facts).records where !record.isAsked {
                    if !keys.insert(record.key).inserted { repeated += 1 }
                }
            }
        } catch { throw Problem(.storageFailed, "The stored facts cannot be replayed.") }
    }
}

extension RecordFacts {
    /// Left by a question or a reservation, not furnished.
    fileprivate var isAsked: Bool {
        switch matter {
        case .inquiry, .reservation, .reservationChange, .watch, .unwatch, .acknowledgement: true
        case .opensLoan, .continuesLoan, .report, .marker, .amendment, .retraction, .dispute, .disputeOutcome: false
        }
    }
}
