internal import ExchangeClient
internal import Identity
internal import Records
internal import Vocabulary

// A group of records: into the outbox, from where they are delivered like all others.
extension JobRunner {
    /// Buys the tokens under the job's grant, so that the delivery finds them, and hands the records over.
    nonisolated func furnish(_ group: JobGroup, of job: Job) async throws(Problem) {
        let reader = parts.reader()
        var prepared: [(row: Int, record: PreparedRecord)] = []
        var errors: [JobRowError] = []
        for row in group.rows {
            do throws(Problem) {
                prepared.append((row.number, try reader.record(row.document, kind: nil, path: "")))
            } catch { errors.append(JobRowError(number: row.number, problem: error)) }
        }
        let consortium = parts.consortium
        let inputs = Set(prepared.flatMap(\.record.record.identifiers).map { $0.keyedInput(consortium) })
        let purchase = try await parts.tokens.acquire(
            Array(inputs), purpose: .furnish, grant: job.description.grant, for: job.id)
        var results: [JobRowSettled] = []
        try await accept(prepared, &results, &errors)
        parts.wake()
        try await parts.jobs.settle(
            group, batch: nil, results: results, errors: errors, reused: inputs.count - purchase.bought)
    }

    private nonisolated func accept(
        _ records: [(row: Int, record: PreparedRecord)], _ results: inout [JobRowSettled],
        _ errors: inout [JobRowError]
    ) async throws(Problem) {
        do throws(Problem) {
            _ = try await parts.outbox.accept(records.map(\.record.record), now: parts.now())
            for line in records {
                let note = JSON.object([
                    "recordID": .string(line.record.record.recordID.description),
                    "dropped": .array(line.record.dropped.map(\.json)),
                ])
                results.append(JobRowSettled(row: line.row, note: note))
            }
        } catch {
            guard error.code == .recordConflict else { throw error }
            guard records.count > 1 else {
                return errors.append(contentsOf: records.map { JobRowError(number: $0.row, problem: error) })
            }
            // One of them conflicts: each for itself, so that it alone is refused.
            for line in records { try await accept([line], &results, &errors) }
        }
    }
}
