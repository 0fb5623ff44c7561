package import Vocabulary

/// New values for fields of an earlier report or marker of the same member; the original stays in history.
///
/// A loan event is not amended: it is retracted and told again under a new id, as every other kind of mistake.
package struct Amendment: Hashable, Sendable {
    /// The record amended.
    package var amends: RecordID
    package var code: CodeName?
    package var tier: EvidenceTier?
    package var endedOn: CalendarDate?
    package var productDecision: ProductDecision?
    package var grounds: [ListedName]
    package var evidenceDigest: Bytes32?
    package var subjectNotifiedAt: Instant?
    package var reviewers: [OpaqueReference]

    package init(
        amends: RecordID, code: CodeName? = nil, tier: EvidenceTier? = nil, endedOn: CalendarDate? = nil,
        productDecision: ProductDecision? = nil, grounds: [ListedName] = [], evidenceDigest: Bytes32? = nil,
        subjectNotifiedAt: Instant? = nil, reviewers: [OpaqueReference] = []
    ) {
        (self.amends, self.code, self.tier, self.endedOn) = (amends, code, tier, endedOn)
        (self.productDecision, self.grounds, self.evidenceDigest) = (productDecision, grounds, evidenceDigest)
        (self.subjectNotifiedAt, self.reviewers) = (subjectNotifiedAt, reviewers)
    }

    package init(reading reader: inout ObjectReader) throws(FieldFailure) {
        amends = try reader.parsed("amends", as: RecordID.init(reading:))
        code = try reader.optionalParsed("code", as: CodeName.init)
        tier = try reader.optionalChoice("tier", EvidenceTier.names)
        endedOn = try reader.optionalDate("endedOn")
        productDecision = try reader.optionalChoice("productDecision", ProductDecision.names)
        grounds = try reader.parsedList("grounds", maximum: Report.maximumGrounds, as: ListedName.init)
        evidenceDigest = try reader.optionalParsed("evidenceDigest", as: Base64.decode32)
        subjectNotifiedAt = try reader.optionalParsed("subjectNotifiedAt", as: Instant.init)
        reviewers = try reader.parsedList("reviewers", maximum: Report.maximumReviewers, as: OpaqueReference.init)
    }

    package var members: [JSON.Member] {
        JSON.members([
            "amends": .string(amends.description),
            "code": .optional(code?.text),
            "tier": .optional(tier?.name),
            "endedOn": .optional(endedOn?.description),
            "productDecision": .optional(productDecision?.name),
            "grounds": .list(grounds.map(\.text)),
            "evidenceDigest": .optional(evidenceDigest?.base64),
            "subjectNotifiedAt": .optional(subjectNotifiedAt?.description),
            "reviewers": .list(reviewers.map(\.text)),
        ])
    }

    /// Whether it changes nothing.
    package var isEmpty: Bool { self == Amendment(amends: amends) }

    /// The earlier record's body with the new values; `nil` where this amendment does not fit that kind of record.
    ///
    /// The result is admitted anew, as if it had been told so from the start.
    package func applied(to body: RecordBody) -> RecordBody? {
        switch body {
        case .report(let report): .report(applied(to: report))
        case .marker(let marker): applied(to: marker).map { .marker($0) }
        case .loanEvent, .amendment, .retraction, .dispute, .disputeOutcome: nil
        }
    }

    private func applied(to report: Report) -> Report {
        var result = report
        result.code = code ?? report.code
        result.tier = tier ?? report.tier
        result.endedOn = endedOn ?? report.endedOn
        result.productDecision = productDecision ?? report.productDecision
        result.grounds = grounds.isEmpty ? report.grounds : grounds
        result.evidenceDigest = evidenceDigest ?? report.evidenceDigest
        result.subjectNotifiedAt = subjectNotifiedAt ?? report.subjectNotifiedAt
        result.reviewers = reviewers.isEmpty ? report.reviewers : reviewers
        return result
    }

    private func applied(to marker: Marker) -> Marker? {
        guard productDecision == nil, grounds.isEmpty, subjectNotifiedAt == nil, reviewers.isEmpty else { return nil }
        return Marker(
            code: code ?? marker.code, tier: tier ?? marker.tier, identityProven: marker.identityProven,
            evidenceDigest: evidenceDigest ?? marker.evidenceDigest, endedOn: endedOn ?? marker.endedOn)
    }
}
