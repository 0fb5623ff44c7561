internal import Lending
internal import Records
internal import Vocabulary

extension Telling {
    /// A finding as one asker may be told it: counts and shares in bands, ages in bands, no identifier.
    func json(of finding: IdentityFinding) -> JSON {
        .object([
            "code": .string(finding.code.rawValue),
            "about": .string(finding.code.about),
            "labels": finding.code.labels.json,
            "kinds": .strings(finding.kinds.map(\.name)),
            "otherSubjects": shown(finding.subjects),
            "members": shown(finding.members),
            "since": .optional(finding.firstSeen.map { AgeBand(from: $0, to: now).description }),
            "reasons": .array(
                finding.reasons.map { .object(["code": .string($0.rawValue), "labels": $0.labels.json]) }),
            "firstPaymentDefaults": finding.excess.map { told($0) },
        ])
    }

    private func told(_ excess: DefaultExcess) -> JSON {
        guard disclosure.offersOthers else { return .null }
        return .object([
            "percent": .string(Self.band(ofShare: excess.observedShare)),
            "percentOfTheRest": .string(Self.band(ofShare: excess.expectedShare)),
        ])
    }

    /// In per cent, wide enough to say nothing of one loan.
    private static func band(ofShare share: Double) -> String {
        let bounds = [0, 5, 10, 25, 50, 75]
        let percent = Int(share * 100)
        let index = bounds.lastIndex { $0 <= percent } ?? 0
        return index + 1 < bounds.count ? "\(bounds[index])-\(bounds[index + 1] - 1)" : "\(bounds[index])+"
    }
}
