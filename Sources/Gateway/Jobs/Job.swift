internal import HTTPEdge
internal import Vocabulary

/// A job as the file has it.
struct Job: Sendable {
    enum State: Int, Sendable {
        case open = 1
        case running, done, cancelled, failed

        var name: String {
            switch self {
            case .open: "open"
            case .running: "running"
            case .done: "done"
            case .cancelled: "cancelled"
            case .failed: "failed"
            }
        }
    }

    let id: RecordID
    let madeAt: Instant
    let description: JobDescription
    let state: State
    /// How many chunks the file has, once it was started.
    let chunks: Int?
    let bytes: Int
    let startedAt: Instant?
    let endedAt: Instant?
    let position: JobPosition
    let bytesRead: Int
    let lastRow: Int
    /// The column names of a CSV file, once read.
    let header: [String]?
    let rowsDone: Int
    let rowsFailed: Int
    let tokensReused: Int
    let tokensBought: Int
    let problem: Problem?

    var isFullyRead: Bool { chunks.map { position.chunk >= $0 } ?? false }
    /// Rows of data: a header is none.
    var rowsRead: Int { lastRow - (header == nil || lastRow == 0 ? 0 : 1) }

    /// - Parameter obstacle: what the job waits for now.
    func json(now: Instant, obstacle: Problem?) -> JSON {
        let elapsed = startedAt.map { max(1, ((endedAt ?? now).milliseconds - $0.milliseconds)) }
        let settled = Int64(rowsDone + rowsFailed)
        let rate = elapsed.map { settled * 1000 / $0 }
        return .object([
            "job": .string(id.description), "state": .string(state.name), "name": .string(description.name),
            "kind": .string(description.kind.rawValue), "madeAt": .string(madeAt.description),
            "startedAt": .optional(startedAt?.description), "endedAt": .optional(endedAt?.description),
            "bytes": .number(bytes), "bytesRead": .number(bytesRead), "rowsRead": .number(rowsRead),
            "rowsDone": .number(rowsDone), "failed": .number(rowsFailed), "rate": rate.map { .number($0) },
            "secondsLeft": secondsLeft(settled: settled, elapsed: elapsed).map { .number($0) },
            "tokens": .object(["reused": .number(tokensReused), "bought": .number(tokensBought)]),
            "obstacle": obstacle?.body, "problem": problem?.body,
        ])
    }

    /// At the rate so far, with the rows still unread guessed from the bytes that the read ones took.
    private func secondsLeft(settled: Int64, elapsed: Int64?) -> Int64? {
        guard state == .running, let elapsed, settled > 0, bytesRead > 0 else { return nil }
        let rows = Int64(rowsRead) * Int64(max(bytes, bytesRead)) / Int64(bytesRead)
        return max(0, rows - settled) * elapsed / settled / 1000
    }
}
