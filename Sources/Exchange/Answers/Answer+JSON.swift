internal import Lending
internal import Records
package import Vocabulary

extension Answer {
    /// The payload that the node signs. `schemas/payloads/answer.schema.json` says the same for other languages.
    package var json: JSON { .object(head.members + body.members(by: head)) }
}

extension AnswerHead {
    /// What is written once for all answers of a request.
    package var members: [JSON.Member] {
        [
            JSON.Member("consortium", .string(consortium)),
            JSON.Member("member", .string(member.name)),
            JSON.Member("purpose", .string(purpose.rawValue)),
            JSON.Member("mode", .string(mode.name)),
            JSON.Member("computedAt", .string(computedAt.description)),
            JSON.Member(
                "checkpoint",
                .object([
                    "origin": .string(origin),
                    "size": .number(checkpoint.size),
                    "root": .string(checkpoint.root.value.base64),
                ])),
            JSON.Member("knownSize", .number(knownSize)),
            JSON.Member("registryVersion", .number(registryVersion)),
            JSON.Member("policyVersion", .number(policyVersion)),
        ]
    }
}

extension AnswerBody {
    package func members(by head: AnswerHead) -> [JSON.Member] {
        let told = Telling(disclosure: head.disclosure, now: asOf?.instant ?? head.computedAt)
        let object = JSON.object([
            "check": .string(check.description),
            "checkHash": .optional(checkHash?.value.base64),
            "tokensAsked": .strings(commitments.map(\.base64)),
            "asOf": asOf.map(\.json),
            "status": .string(status.rawValue),
            "signals": .array(signals.map { told.json(of: $0) }),
            "statistics": statistics.map { told.json(of: $0) } ?? .null,
            "score": statistics.map { told.json(of: $0.score) } ?? .null,
            "findings": .array((statistics?.findings ?? []).map { told.json(of: $0) }),
            "linkage": .array(sharing.map { told.json(of: $0) }),
            "network": told.json(of: network),
            "duplicates": .array(duplicates.map { told.json(of: $0) }),
            "truncated": .bool(isTruncated),
            "expiredSince": asOf == nil ? nil : .bool(hasExpiredSince),
        ])
        guard case .object(let members) = object else { return [] }
        return members
    }
}

/// Writes findings as one asker may be told them.
struct Telling {
    let disclosure: Disclosure
    let now: Instant

    func json(of signal: Signal) -> JSON {
        .object([
            "reference": .string(signal.reference),
            "code": .string(signal.code.name.text),
            "labels": .object(["en": .string(signal.code.english), "zh": .string(signal.code.chinese)]),
            "effect": .string(String(describing: signal.code.effect)),
            "severity": signal.code.severity.map { .number($0) },
            "role": .string(signal.role.name),
            "evidence": .optional(signal.tier?.name),
            "age": .string(signal.age.description),
            "reporters": shown(signal.otherReporters.count),
            "own": .bool(signal.isOwn),
            "dispute": .string(signal.dispute.rawValue),
            "reliability": .string(signal.reliability.rawValue),
            "kinds": .strings(signal.kinds.map(\.name)),
            "match": .string(signal.isExact ? "exact" : "possible"),
            "newerThanCheckpoint": .bool(signal.isUnpublished),
        ])
    }

    func json(of statistics: AnswerBody.Statistics) -> JSON {
        .object([
            "profile": .string(statistics.profile.name),
            "catalogue": .number(Catalogue.current.version),
            "values": .array(disclosure.told(statistics.profile, statistics.values)),
            "newerThanCheckpoint": .bool(statistics.isUnpublished),
        ])
    }

    func json(of score: Score) -> JSON {
        .object([
            "name": .string(score.name),
            "version": .number(score.version),
            "points": .number(score.points),
            "confidence": .string(score.confidence.rawValue),
            "reasons": .array(
                score.reasons.map { reason in
                    .object([
                        "code": .string(reason.code.text),
                        "points": .number(reason.points),
                        "cell": .string(reason.cell),
                        "labels": reason.labels.json,
                    ])
                }),
        ])
    }

    func json(of finding: LendingFinding) -> JSON {
        .object([
            "code": .string(finding.rule.code.text),
            "effect": .string(finding.rule.effect.name),
            "labels": finding.rule.labels.json,
            "cell": .string(finding.cell.name),
            "value": disclosure.told(finding.cell, finding.value),
        ])
    }

    func json(of sharing: Sharing) -> JSON {
        .object([
            "kind": .string(sharing.kind.name),
            "otherSubjects": shown(sharing.otherSubjects),
            "members": shown(sharing.members),
            "since": .string(AgeBand(from: sharing.since, to: now).description),
            "demoted": .bool(sharing.isDemoted),
        ])
    }

    /// A count about others; null where too few members make it up.
    func shown(_ count: Int) -> JSON { disclosure.others(count).map { .string($0) } ?? .null }
}
