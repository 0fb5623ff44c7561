internal import Exchange
internal import ExchangeClient
internal import HTTPEdge
internal import Records
internal import Vocabulary

/// A batch of a job as it was kept: believed, and as it came.
private struct KeptBatch: Sendable {
    let asked: CheckBatch<CommittedIdentifier>
    let answer: VerifiedBatchAnswer
    /// Envelope and request.
    let evidence: JSON
}

/// Pages of a job's results and errors, as NDJSON or as CSV.
struct JobResults: Sendable {
    let parts: JobRunner.Parts

    /// Tells where to go on; absent once there is no more.
    static let nextHeader = "counterfoil-next-row"

    func page(of job: Job, from first: Int, errors: Bool, isCSV: Bool) async throws(Problem) -> EdgeResponse {
        let page = try await parts.jobs.page(of: job.id, from: first, errors: errors)
        var body: [UInt8] = []
        var next = page.next
        let columns = columns(of: job, errors: errors)
        if isCSV, first == 0 { body += Self.line(columns) }
        var batch: KeptBatch?
        for row in page.rows {
            guard body.count < JobLimits.bytesPerPage else {
                next = row.row
                break
            }
            if let id = row.batch, batch?.asked.batch != id { batch = try await open(id, of: job.id) }
            let document = try await document(of: row, job, batch)
            body += isCSV ? cells(document, row, job, columns) : document.bytes + [10]
        }
        var response = EdgeResponse(
            contentType: isCSV ? "text/csv; charset=utf-8" : "application/x-ndjson", body: body)
        if let next { response.headers.append(Self.nextHeader, String(next)) }
        return response
    }

    /// A batch as kept, believed anew: by any key that the node ever had.
    private func open(_ batch: RecordID, of job: RecordID) async throws(Problem) -> KeptBatch {
        let evidence = try await parts.jobs.evidence(batch, of: job)
        let asked = try SealedRequest(parsing: (evidence["request"] ?? .null).bytes).asked()
        let envelope: Envelope
        do throws(FieldFailure) { envelope = try Envelope(evidence["envelope"] ?? .null) } catch {
            throw Problem(error)
        }
        let answer = try AnswerVerifier(parts.watch.chain).verify(storedBatch: envelope, asked: asked)
        return KeptBatch(asked: asked, answer: answer, evidence: evidence)
    }

    private func document(of row: JobRowResult, _ job: Job, _ batch: KeptBatch?) async throws(Problem) -> JSON {
        let number = [JSON.Member("row", .number(row.row))]
        if row.isError { return .object(number + error(row.note, job)) }
        guard job.description.kind == .checks else {
            guard let id = row.note["recordID"]?.string.flatMap({ try? RecordID($0) }) else { throw Self.damaged }
            let state = try await parts.outbox.state(of: id).json(obstacle: nil)
            return .object(number + (state.members ?? []) + [JSON.Member("droppedFields", row.note["dropped"] ?? [])])
        }
        guard let batch else { throw Self.damaged }
        return .object(number + (try told(row, in: batch, of: job.id)))
    }

    /// The file of a check that a job asked, as that of a check asked alone; the proof is the whole batch's.
    ///
    /// - Returns: `nil` where no job asked it.
    func file(ofCheck check: RecordID) async throws(Problem) -> JSON? {
        guard let (job, row) = try await parts.jobs.row(ofCheck: check), let id = row.batch else { return nil }
        let batch = try await open(id, of: job)
        let answer = JSON.object(try told(row, in: batch, of: job))
        guard answer["check"]?.string == check.description else { throw Self.damaged }
        return .object([JSON.Member("answer", answer)] + (batch.evidence.members ?? []))
    }

    private func told(_ row: JobRowResult, in batch: KeptBatch, of job: RecordID) throws(Problem) -> [JSON.Member] {
        let (asked, answer) = (batch.asked, batch.answer)
        guard let note = JobNote(stored: row.note), answer.answers.indices.contains(note.place) else {
            throw Self.damaged
        }
        let told = try GatewayAnswer.told(
            answer.document(of: answer.answers[note.place]), profile: asked.profile ?? "summary", dropped: [],
            decisions: parts.checker.decisions,
            evidence: [
                "answer": .string("/v1/jobs/\(job)/batches/\(asked.batch)"),
                "envelopeHash": .string(answer.hash.description),
                "signedBy": .optional(answer.envelope.signatures.first?.keyID.text),
            ])
        // What was left out and decided stands as it was when the answer came.
        return (told.json.members ?? []).map { member in
            switch member.name {
            case "droppedFields": JSON.Member(member.name, note.dropped)
            case "decision": JSON.Member(member.name, note.decision)
            default: member
            }
        }
    }

    private func error(_ problem: JSON, _ job: Job) -> [JSON.Member] {
        let path = problem["path"]?.string
        let column = job.description.format == .csv ? path.map { job.description.table.column(of: $0) } : path
        return [
            JSON.Member("error", problem["code"] ?? .null), JSON.Member("column", column.map { .string($0) } ?? .null),
            JSON.Member("detail", problem["detail"] ?? .null),
        ]
    }

    private func columns(of job: Job, errors: Bool) -> [String] {
        if errors { return ["row", "error", "column", "detail"] }
        guard job.description.kind == .checks else { return ["row", "recordID", "status", "acceptedAt", "submission"] }
        return ["row"] + AnswerRow.columns(job.description.profile)
    }

    private func cells(_ document: JSON, _ row: JobRowResult, _ job: Job, _ columns: [String]) -> [UInt8] {
        guard job.description.kind == .checks, !row.isError else {
            return Self.line(columns.map { UploadResult.cell(document[$0]) })
        }
        return Self.line([String(row.row)] + AnswerRow.cells(document, job.description.profile))
    }

    private static func line(_ cells: [String]) -> [UInt8] { Array((cells.joined(separator: ",") + "\r\n").utf8) }

    private static let damaged = Problem(.storageFailed, "A result of the job cannot be read back.")
}
