import Sodium
import Vocabulary

/// A record as a lender writes it: fields in JSON, and the subjects whose openings travel beside the envelope.
struct SampleRecord {
    let fields: [JSON.Member]
    let subjects: [SampleSubject]

    /// - Parameter fields: what the kind needs beside `recordID`, `kind` and `eventTime`.
    init(_ number: Int, _ kind: String, _ fields: KeyValuePairs<String, JSON?>, subjects: [SampleSubject] = []) {
        let time = SampleExchange.now.adding(seconds: -86_400)
        let head = JSON.object([
            "recordID": .string(SampleExchange.id(number)), "kind": .string(kind),
            "eventTime": .string(time.description),
        ])
        self.fields = (head.members ?? []) + (JSON.object(fields).members ?? [])
        self.subjects = subjects
    }

    var json: JSON {
        guard !subjects.isEmpty else { return .object(fields) }
        return .object(fields + [JSON.Member("subjects", .array(subjects.map(\.json)))])
    }
}

extension SampleRecord {
    private static let digest = JSON.string(SHA256.hash([2]).value.base64)

    static func application(_ number: Int, loan: String, of subject: SampleSubject) -> SampleRecord {
        SampleRecord(
            number, "loanEvent",
            [
                "loanRef": .string(loan), "stage": "applied", "product": "cash-loan", "channel": "online",
                "amountBand": "10000-20000", "termMonths": 12,
            ], subjects: [subject])
    }

    static func laterStage(_ number: Int, loan: String, _ stage: String) -> SampleRecord {
        SampleRecord(number, "loanEvent", ["loanRef": .string(loan), "stage": .string(stage)])
    }

    static func forgery(_ number: Int, by subject: SampleSubject) -> SampleRecord {
        SampleRecord(
            number, "report",
            [
                "code": "FRD-DOC", "tier": "E3", "productDecision": "refused", "grounds": ["forged-document"],
                "evidenceDigest": digest, "subjectNotifiedAt": .string(SampleExchange.now.description),
                "reviewers": ["rev-1", "rev-2"],
            ], subjects: [subject])
    }

    static func victim(_ number: Int, _ subject: SampleSubject) -> SampleRecord {
        SampleRecord(
            number, "marker", ["code": "VIC-IMPERSONATED", "tier": "E2", "evidenceDigest": digest], subjects: [subject])
    }

    /// What refers to an earlier record: one of each kind that has no subjects of its own.
    static func references(to record: Int, signal: String) -> [SampleRecord] {
        let earlier = JSON.string(SampleExchange.id(record))
        return [
            SampleRecord(60, "amendment", ["amends": earlier, "tier": "E4"]),
            SampleRecord(61, "retraction", ["retracts": earlier, "reason": "error"]),
            SampleRecord(
                62, "dispute", ["signal": .string(signal), "grounds": "notMe", "identityDigest": digest]),
            SampleRecord(63, "disputeOutcome", ["decides": earlier, "outcome": "rejected", "evidenceDigest": digest]),
        ]
    }
}
