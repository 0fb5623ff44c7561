internal import Decisions
internal import Exchange
internal import ExchangeClient
internal import Identity
internal import Records
package import Vocabulary

/// What a lender's system gets for a check: the node's findings, readable, what the lender's own policy makes of them,
/// and where their proof lies.
///
/// Its JSON is stable and described by `schemas/gateway/answer.schema.json`; fields are added, never changed.
package struct GatewayAnswer: Sendable {
    /// For the caller.
    package let json: JSON
    /// For the files: the caller's answer, and the two signed envelopes that prove it.
    package let document: JSON
    /// What the shadow policy would have decided: kept, and never shown with the answer.
    let shadow: ShadowDecision?

    /// The fields of the node's payload that are shown, in their order. Commitments are of no use to a caller.
    private static let shown = [
        "check", "purpose", "mode", "asOf", "status", "computedAt", "checkpoint", "knownSize", "registryVersion",
        "policyVersion", "signals", "statistics", "score", "findings", "linkage", "network", "duplicates",
        "truncated", "expiredSince",
    ]

    /// - Throws: `verificationFailed` for statistics that are not those of the profile asked for.
    init(
        _ answer: VerifiedAnswer, request: SealedRequest, profile: String, dropped: [DroppedField],
        decisions: DecisionDesk
    ) throws(Problem) {
        let envelope = answer.envelope
        let told = try Self.told(
            answer.payload, profile: profile, dropped: dropped, decisions: decisions,
            evidence: [
                "answer": .string("/v1/answers/\(answer.check)"),
                "envelopeHash": .string(answer.hash.description),
                "signedBy": .optional(envelope.signatures.first?.keyID.text),
            ])
        (json, shadow) = (told.json, told.shadow)
        document = .object(["answer": json, "envelope": envelope.json, "request": request.json])
    }

    init(kept document: JSON) {
        (self.document, shadow) = (document, nil)
        json = document["answer"] ?? .null
    }

    /// A payload that was verified, as the caller gets it: of a check asked alone or in a batch.
    static func told(
        _ payload: JSON, profile: String, dropped: [DroppedField], decisions: DecisionDesk,
        evidence: KeyValuePairs<String, JSON?>
    ) throws(Problem) -> (json: JSON, shadow: ShadowDecision?) {
        let statistics = try NamedStatistics(payload["statistics"] ?? .null, profile: profile)
        var members = shown.compactMap { name in
            name == "statistics"
                ? JSON.Member(name, statistics.json) : payload[name].map { JSON.Member(name, $0) }
        }
        let (decision, shadow) = decisions.decide(on: .object(members))
        members.append(JSON.Member("droppedFields", .array(dropped.map(\.json))))
        members.append(JSON.Member("decision", decision.json))
        members.append(JSON.Member("evidence", .object(evidence)))
        return (.object(members), shadow)
    }
}
