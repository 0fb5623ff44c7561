internal import Records
package import Vocabulary

extension Answer {
    /// The payload that the node signs. `schemas/payloads/answer.schema.json` says the same for other languages.
    package var json: JSON {
        .object([
            "consortium": .string(check.consortium),
            "check": .string(check.check.description),
            "checkHash": .string(checkHash.value.base64),
            "member": .string(check.member.name),
            "purpose": .string(check.purpose.rawValue),
            "mode": .string(check.mode.name),
            "tokensAsked": .strings(commitments.map(\.base64)),
            "status": .string(status.rawValue),
            "computedAt": .string(computedAt.description),
            "checkpoint": .object([
                "origin": .string(origin),
                "size": .number(checkpoint.size),
                "root": .string(checkpoint.root.value.base64),
            ]),
            "registryVersion": .number(registryVersion),
            "policyVersion": .number(policyVersion),
            "signals": .array(signals.map { json(of: $0) }),
            "duplicates": duplicates.applications == 0 ? nil : json(of: duplicates),
            "statistics": json(of: statistics),
            "linkage": .array(sharing.map { json(of: $0) }),
            "truncated": .bool(isTruncated),
        ])
    }

    private func json(of signal: Signal) -> JSON {
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

    private func json(of duplicates: DuplicateApplications) -> JSON {
        .object([
            "liveApplications": shown(duplicates.applications),
            "members": shown(duplicates.members.count),
            "signedNotFunded": shown(duplicates.signed),
            "kinds": .strings(duplicates.kinds.map(\.name)),
            "match": .string(duplicates.isExact ? "exact" : "possible"),
            "newerThanCheckpoint": .bool(duplicates.isUnpublished),
        ])
    }

    private func json(of statistics: Statistics) -> JSON {
        .object([
            "windows": .strings(statistics.windows.map(\.name)),
            "lines": .array(
                statistics.groupedLines.map { line, over in
                    .object([
                        "stage": .string(line.stage.rawValue),
                        "over": .strings(over.map { $0?.name ?? "subject" }),
                        "own": .array(line.own.map { .number($0) }),
                        "others": .array(line.others.map(shown)),
                        "otherMembers": .array(line.otherMembers.map(shown)),
                        "newerThanCheckpoint": .bool(line.isUnpublished),
                    ])
                }),
        ])
    }

    private func json(of sharing: Sharing) -> JSON {
        .object([
            "kind": .string(sharing.kind.name),
            "otherSubjects": shown(sharing.otherSubjects),
            "members": shown(sharing.members),
            "since": .string(AgeBand(from: sharing.since, to: computedAt).description),
            "demoted": .bool(sharing.isDemoted),
        ])
    }

    /// A count about others; null where too few members make it up.
    private func shown(_ count: Int) -> JSON { disclosure.others(count).map { .string($0) } ?? .null }
}
