internal import Identity
package import Vocabulary

/// What became of a record since the lender handed it over.
package struct RecordState: Sendable, Equatable {
    package enum Status: Sendable, Equatable {
        case queued
        /// In the log, proven by the receipt.
        case delivered(submission: RecordID, receipt: String)
        /// For good, and why.
        case refused(Problem)

        package var name: String {
            switch self {
            case .queued: "queued"
            case .delivered: "delivered"
            case .refused: "refused"
            }
        }
    }

    package let recordID: RecordID
    package let acceptedAt: Instant
    package let status: Status

    /// A line of the answer to a post.
    func line(dropped: [DroppedField]) -> JSON {
        .object([
            "recordID": .string(recordID.description), "status": .string(status.name),
            "droppedFields": dropped.isEmpty ? nil : .array(dropped.map(\.json)),
        ])
    }

    /// - Parameter obstacle: what keeps queued records from being delivered now.
    func json(obstacle: Problem?) -> JSON {
        var members: [JSON.Member] = [
            JSON.Member("recordID", .string(recordID.description)), JSON.Member("status", .string(status.name)),
            JSON.Member("acceptedAt", .string(acceptedAt.description)),
        ]
        switch status {
        case .queued:
            if let obstacle { members.append(JSON.Member("obstacle", obstacle.body)) }
        case .delivered(let submission, let receipt):
            members.append(JSON.Member("submission", .string(submission.description)))
            members.append(JSON.Member("receipt", .string(receipt)))
        case .refused(let problem): members.append(JSON.Member("problem", problem.body))
        }
        return .object(members)
    }
}

extension Problem {
    /// A problem inside a document, as against one that a response is.
    var body: JSON {
        .object([
            "code": .string(code.rawValue), "detail": .string(detail), "hint": .optional(hint), "path": .optional(path),
        ])
    }
}
