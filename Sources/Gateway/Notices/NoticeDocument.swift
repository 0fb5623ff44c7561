internal import ExchangeClient
internal import Records
internal import Vocabulary

/// A notice as the lender's system gets it: what the node said, with the lender's own references.
struct NoticeDocument: Sendable {
    let sequence: UInt64
    let isCorrection: Bool
    let matter: VerifiedNotice.Matter
    let json: JSON

    /// - Parameter reference: the lender's own name of what it is about; `nil` where this gateway does not know it.
    init(_ notice: VerifiedNotice, in page: VerifiedNotices, reference: String?, receivedAt: Instant) {
        (sequence, isCorrection, matter) = (notice.sequence, notice.kind == .correction, notice.about)
        json = .object([
            "sequence": .number(notice.sequence), "kind": .string(notice.kind.rawValue),
            "releasedAt": .string(notice.releasedAt.description), "receivedAt": .string(receivedAt.description),
            "about": .object([
                notice.about.name: .string(notice.about.id.description),
                notice.about.referenceName: reference.map { .string($0) } ?? .null,
            ]),
            "change": .optional(notice.change?.rawValue), "signal": notice.signal, "finding": notice.finding,
            "evidence": .object([
                "notice": .string("/v1/notices/\(notice.sequence)"), "envelopeHash": .string(page.hash.description),
                "signedBy": .optional(page.envelope.signatures.first?.keyID.text),
            ]),
        ])
    }
}

extension VerifiedNotice.Matter {
    var id: RecordID {
        switch self {
        case .check(let id), .reservation(let id), .watch(let id): id
        }
    }

    var name: String {
        switch self {
        case .check: "check"
        case .reservation: "reservation"
        case .watch: "watch"
        }
    }

    /// What the lender calls it: its application, or its loan.
    var referenceName: String {
        switch self {
        case .check, .reservation: "applicationRef"
        case .watch: "loanRef"
        }
    }
}
