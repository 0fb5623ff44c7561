internal import Sodium
internal import Vocabulary

/// Ids that a job gives its rows and batches: the same for the same row of the same job, so that a job taken up again
/// after a crash sends what it sent before. Under the gateway's own key, as they leave for the node.
struct JobIDs: Sendable {
    private let key: KeyedHash

    init(_ key: DataKey) { self.key = key.naming }

    func id(of row: Int, in job: RecordID) -> RecordID { id("row", job, row, 0) }

    func batch(of group: JobGroup) -> RecordID { id("batch", group.job, group.firstRow, group.generation) }

    private func id(_ kind: String, _ job: RecordID, _ row: Int, _ generation: Int) -> RecordID {
        RecordID(random: key.hash(Array("job|\(kind)|\(job)|\(row)|\(generation)".utf8)).bytes[..<16])
    }
}
