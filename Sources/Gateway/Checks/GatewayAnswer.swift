internal import Exchange
internal import ExchangeClient
internal import Identity
internal import Records
package import Vocabulary

/// What a lender's system gets for a check: the node's findings, readable, and where their proof lies.
///
/// Its JSON is stable and described by `schemas/gateway/answer.schema.json`; fields are added, never changed.
package struct GatewayAnswer: Sendable {
    /// For the caller.
    package let json: JSON
    /// For the files: the caller's answer, and the two signed envelopes that prove it.
    package let document: JSON

    /// The fields of the node's payload that are shown, in their order. Commitments are of no use to a caller.
    private static let shown = [
        "check", "purpose", "mode", "status", "computedAt", "checkpoint", "registryVersion", "policyVersion", "signals",
        "duplicates", "statistics", "linkage", "truncated",
    ]

    init(_ answer: VerifiedAnswer, request: SealedRequest, dropped: [DroppedField]) {
        var members = Self.shown.compactMap { name in answer.payload[name].map { JSON.Member(name, $0) } }
        members.append(JSON.Member("droppedFields", .array(dropped.map(\.json))))
        members.append(JSON.Member("decisionSupport", .null))
        members.append(
            JSON.Member(
                "evidence",
                .object([
                    "answer": .string("/v1/answers/\(answer.check)"),
                    "envelopeHash": .string(answer.hash.description),
                    "signedBy": .optional(answer.envelope.signatures.first?.keyID.text),
                ])))
        json = .object(members)
        document = .object(["answer": json, "envelope": answer.envelope.json, "request": request.json])
    }

    init(kept document: JSON) {
        self.document = document
        json = document["answer"] ?? .null
    }
}
