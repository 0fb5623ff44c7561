internal import Vocabulary

/// The sizes that payloads and requests keep to (DESIGN §10). A policy may set lower ones, never higher.
package struct PayloadLimits: Hashable, Sendable {
    package let recordsPerSubmission: Int
    package let submissionBytes: Int
    package let requestBytes: Int
    package let subjectsPerRecord: Int
    package let identifiersPerSubject: Int
    package let matchKeysPerSubject: Int
    package let elementsPerEvaluation: Int

    /// The most that a policy may allow.
    package static let ceiling = PayloadLimits(
        recordsPerSubmission: 1000, submissionBytes: 4 << 20, requestBytes: 1 << 20, subjectsPerRecord: 8,
        identifiersPerSubject: 24, matchKeysPerSubject: 12, elementsPerEvaluation: 1024)

    /// Of the wire, not of the policy: how many subjects one signature may ask about.
    package static let checksPerBatch = 1000
    /// Watches begun, and watches ended, by one request.
    package static let watchesPerRequest = 1000

    /// Where the parsers stop reading. Wider than any policy, so that admission refuses what is merely too much, with
    /// a code of its own and the policy's number.
    enum Reading {
        static let records = 4096
        static let subjects = 64
        static let identifiers = 256
    }
}

extension PayloadLimits {
    init(reading reader: inout ObjectReader) throws(FieldFailure) {
        let ceiling = Self.ceiling
        recordsPerSubmission = try reader.count("recordsPerSubmission", atMost: ceiling.recordsPerSubmission)
        submissionBytes = try reader.count("submissionBytes", atMost: ceiling.submissionBytes)
        requestBytes = try reader.count("requestBytes", atMost: ceiling.requestBytes)
        subjectsPerRecord = try reader.count("subjectsPerRecord", atMost: ceiling.subjectsPerRecord)
        identifiersPerSubject = try reader.count("identifiersPerSubject", atMost: ceiling.identifiersPerSubject)
        matchKeysPerSubject = try reader.count("matchKeysPerSubject", atMost: ceiling.matchKeysPerSubject)
        elementsPerEvaluation = try reader.count("elementsPerEvaluation", atMost: ceiling.elementsPerEvaluation)
    }

    var json: JSON {
        .object([
            "recordsPerSubmission": .number(recordsPerSubmission),
            "submissionBytes": .number(submissionBytes),
            "requestBytes": .number(requestBytes),
            "subjectsPerRecord": .number(subjectsPerRecord),
            "identifiersPerSubject": .number(identifiersPerSubject),
            "matchKeysPerSubject": .number(matchKeysPerSubject),
            "elementsPerEvaluation": .number(elementsPerEvaluation),
        ])
    }
}

extension ObjectReader {
    mutating func count(_ name: String, atMost maximum: Int, atLeast minimum: Int = 1) throws(FieldFailure) -> Int {
        Int(try integer(name, in: Int64(minimum)...Int64(maximum)))
    }
}
