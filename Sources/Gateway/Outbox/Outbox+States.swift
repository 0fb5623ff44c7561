internal import Records
internal import Sodium
internal import SQLite
package import Vocabulary

// What the lender asks about.
extension Outbox {
    /// - Throws: `unknownRecord` for an id that was never accepted here.
    package func state(of id: RecordID) throws(Problem) -> RecordState {
        guard let state = try working({ try state(row: id) }) else {
            throw Problem(.unknownRecord, "This gateway accepted no record with this id.")
        }
        return state
    }

    func state(row id: RecordID) throws -> RecordState? {
        var found: RecordState?
        try connection.run(
            """
            SELECT record.state, accepted_at, problem, receipt.submission_id, receipt.sealed FROM record
            LEFT JOIN receipt USING (receipt_id) WHERE record_id = ?1
            """, [.blob(id.bytes)]
        ) { row in
            let status: RecordState.Status
            switch row.integer(0) {
            case 2:
                let submission = try RecordID(stored: row.blob(3))
                let text = try key.sealing.open(row.blob(4), context: Self.context("receipt", submission))
                status = .delivered(submission: submission, receipt: String(decoding: text, as: UTF8.self))
            case 3:
                let bytes = try key.sealing.open(row.blob(2), context: Self.context("problem", id))
                guard let problem = Problem(json: try JSON(parsing: bytes)) else { throw DecodingFailure.outOfRange }
                status = .refused(problem)
            default: status = .queued
            }
            found = RecordState(recordID: id, acceptedAt: Instant(milliseconds: row.integer(1)), status: status)
        }
        return found
    }
}

extension RecordID {
    /// From the sixteen bytes of a row.
    init(stored bytes: [UInt8]) throws(DecodingFailure) {
        guard bytes.count == 16 else { throw .wrongLength(expected: 16, actual: bytes.count) }
        self.init(
            high: bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) }, low: bytes[8...].reduce(0) { $0 << 8 | UInt64($1) })
    }
}
