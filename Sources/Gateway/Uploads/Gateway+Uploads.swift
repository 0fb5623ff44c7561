internal import HTTPEdge
internal import Records
internal import Registry
internal import Vocabulary

/// What an upload may bring (DESIGN §10: a limit on everything).
enum UploadLimits {
    static let recordBodyBytes = 64 << 20
    static let records = 200_000
    /// Every check's answer stands in the upload's, some kilobytes each.
    static let checkBodyBytes = 8 << 20
    static let checks = 5_000
    /// Records that share one acceptance.
    static let recordsAtOnce = 1000
    /// Checks that share their tokenising.
    static let checksAtOnce = 100
}

extension Gateway {
    /// Takes a row for a record each. A bad row is reported and does not keep the others back.
    func uploadRecords(_ request: EdgeRequest) async throws -> EdgeResponse {
        var result = UploadResult(request, columns: ["row", "recordID", "status", "error", "column", "detail"])
        var rows = try UploadRows(request, .records, atMost: UploadLimits.records, key: dependencies.outbox.key)
        let reader = reader(malformed: dependencies.malformedInUploads)
        var batch: [(row: Int, record: PreparedRecord)] = []
        while let (number, row) = rows.next() {
            do throws(Problem) {
                batch.append((number, try reader.record(try row.get().asRecord, kind: nil, path: "")))
            } catch {
                result.add(error, row: number, rows.table)
            }
            if batch.count == UploadLimits.recordsAtOnce {
                await accept(batch, &result, rows.table)
                batch = []
            }
        }
        if !batch.isEmpty { await accept(batch, &result, rows.table) }
        return result.response
    }

    private func accept(
        _ batch: [(row: Int, record: PreparedRecord)], _ result: inout UploadResult, _ table: ColumnTable
    ) async {
        do throws(Problem) {
            let states = try await accept(batch.map(\.record))
            for (state, line) in zip(states, batch) {
                let row = [JSON.Member("row", .number(line.row))]
                result.add(row + (state.line(dropped: line.record.dropped).members ?? []))
            }
        } catch {
            guard batch.count > 1, error.code == .recordConflict else {
                for line in batch { result.add(error, row: line.row, table) }
                return
            }
            // One of them conflicts: each for itself, so that it alone is refused.
            for line in batch { await accept([line], &result, table) }
        }
    }

    /// Asks a row for a check each, a hundred tokenised together.
    func uploadChecks(_ request: EdgeRequest) async throws -> EdgeResponse {
        var result = UploadResult(
            request, columns: ["row", "check", "status", "signals", "applications", "error", "column", "detail"])
        var rows = try UploadRows(request, .checks, atMost: UploadLimits.checks, key: dependencies.outbox.key)
        let reader = reader(malformed: dependencies.malformedInUploads)
        let consortium = watch.chain.current.consortium
        var batch: [(row: Int, check: PreparedCheck)] = []
        while let (number, row) = rows.next() {
            do throws(Problem) {
                let check = try reader.check(try row.get(), consortium: consortium, member: dependencies.member)
                if let first = batch.first, first.check.check.purpose != check.check.purpose {
                    await ask(&batch, &result, rows.table)
                }
                batch.append((number, check))
            } catch {
                result.add(error, row: number, rows.table)
            }
            if batch.count == UploadLimits.checksAtOnce { await ask(&batch, &result, rows.table) }
        }
        await ask(&batch, &result, rows.table)
        return result.response
    }

    private func ask(
        _ batch: inout [(row: Int, check: PreparedCheck)], _ result: inout UploadResult, _ table: ColumnTable
    ) async {
        guard let purpose = batch.first?.check.check.purpose else { return }
        let answers = await checker.answers(batch.map(\.check), purpose: purpose)
        for (line, answer) in zip(batch, answers) {
            switch answer {
            case .success(let answer): result.add(answer, row: line.row)
            case .failure(let problem): result.add(problem, row: line.row, table)
            }
        }
        batch = []
    }
}
