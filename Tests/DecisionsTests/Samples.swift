import Decisions
import Vocabulary

/// Policies and answers that the tests share.
enum Samples {
    static let cells = [
        "exposure.others.signedNotFunded", "exposure.others.openLenders", "exposure.own.openLoans",
        "exposure.others.outstanding", "exposure.own.outstanding", "exposure.others.worstBucket",
        "exposure.own.worstBucket", "exposure.others.overdueLoans", "exposure.own.overdueLoans",
        "exposure.others.reservations", "exposure.others.liveApplicationMembers", "stacking.others.rollovers",
        "stacking.others.largestEpisode", "identity.phoneAsOthersContact", "identity.daysSinceConflictingPair",
        "application.others.subject.all.30d.members", "application.others.subject.all.30d.shareOf180d",
        "application.others.subject.all.360d.rise", "application.others.subject.all.90d.meanPerActiveMonth",
        "application.own.subject.all.90d.meanPerActiveMonth", "application.others.subject.all.all.daysSinceLast",
        "application.own.subject.all.all.daysSinceLast", "application.own.subject.all.all.amount",
        "application.others.max.all.30d.disagree", "committed.others.subject.all.7d.members",
        "committed.others.subject.all.24h.members",
    ]

    static let codes = [
        "FRD-DOC", "FRD-FIRST-PARTY", "FRD-ABET", "CRD-OD-1", "CRD-OD-2", "CRD-DEFAULT", "CRD-WRITEOFF",
        "CRT-DISHONEST", "CRT-EXEC", "SUS-REVIEW", "VIC-IMPERSONATED", "VIC-TAKEOVER",
    ]

    static let terms = PolicyTerms(
        cells: Lexicon(cells), codes: Lexicon(codes), findings: Lexicon(["STK-GAP", "STK-BURST"]))

    /// Stands in for SHA-256, which is another room's: tells texts apart.
    static func hash(_ bytes: [UInt8]) -> Hash {
        var generator = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return Hash(
            Bytes32 { target in
                for index in 0..<32 {
                    generator = generator &* 6_364_136_223_846_793_005 &+ 1
                    target[index] = UInt8(truncatingIfNeeded: generator >> 56)
                }
            })
    }

    static func policy(_ text: String, terms: PolicyTerms = terms) throws(PolicyFailure) -> DecisionPolicy {
        try DecisionPolicy(parsing: Array(text.utf8), terms: terms, hash: hash)
    }

    /// A policy of these rules under a header, ending with `otherwise`.
    static func policy(rules: String, otherwise: String = "otherwise accept") throws(PolicyFailure) -> DecisionPolicy {
        try policy("policy \"test\" version 1\n\(rules)\n\(otherwise)\n")
    }

    /// A rule with one condition that refuses.
    static func policy(when condition: String) throws(PolicyFailure) -> DecisionPolicy {
        try policy(rules: "rule A refuse when \(condition) \(because("aa"))")
    }

    static func because(_ code: String) -> String { "because \"\(code)\" en \"Words of \(code).\" zh \"\(code) 的说明。\"" }

    static func problems(_ text: String, terms: PolicyTerms = terms) -> [String] {
        do throws(PolicyFailure) {
            _ = try policy(text, terms: terms)
            return []
        } catch { return error.problems.map(\.description) }
    }
}

// Answers

extension Samples {
    static func answer(
        status: String = "found", signals: [JSON] = [], cells: KeyValuePairs<String, JSON?> = [:], score: JSON = .null,
        findings: [JSON] = [], linkage: [JSON] = [], isTruncated: Bool = false
    ) -> JSON {
        .object([
            "status": .string(status), "signals": .array(signals),
            "statistics": .object(["profile": "summary", "catalogue": 1, "cells": .object(cells)]), "score": score,
            "findings": .array(findings), "linkage": .array(linkage), "truncated": .bool(isTruncated),
        ])
    }

    /// A documented fraud report by two members, with some members of it replaced or taken out.
    static func signal(_ code: String = "FRD-DOC", _ changes: [String: JSON?] = [:]) -> JSON {
        let members: KeyValuePairs<String, JSON> = [
            "reference": "ref-\(code)".json, "code": code.json, "effect": "adverse", "severity": 4,
            "role": "perpetrator", "evidence": "E3", "age": "30-90d", "reporters": "2", "own": false,
            "dispute": "none", "reliability": "medium", "kinds": ["nationalID", "phone"], "match": "exact",
            "newerThanCheckpoint": false,
        ]
        return .object(
            members.compactMap { name, value in
                let changed = changes[name] ?? value
                return changed.map { JSON.Member(name, $0) }
            })
    }

    static let marker = signal(
        "VIC-IMPERSONATED", ["effect": "protective", "severity": JSON?.none, "evidence": "E2", "role": "victim"])

    static func score(_ points: Int64, _ confidence: String) -> JSON {
        .object(["name": "stacking", "version": 1, "points": .integer(points), "confidence": confidence.json])
    }
}

extension String {
    var json: JSON { .string(self) }
}
