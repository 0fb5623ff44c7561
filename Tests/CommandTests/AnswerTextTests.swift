import Testing
import Vocabulary

@testable import counterfoil

@Suite("An answer as an analyst reads it")
struct AnswerTextTests {
    static func answer(_ members: KeyValuePairs<String, JSON?>) -> JSON {
        let base = JSON.object([
            "computedAt": "2026-05-02T02:00:00Z", "registryVersion": 3, "policyVersion": 1,
            "checkpoint": .object(["size": 42, "root": "…"]), "truncated": false,
        ])
        return .object((base.members ?? []) + (JSON.object(members).members ?? []))
    }

    static let footer = "Computed at 2026-05-02T02:00:00Z, registry version 3, policy version 1, log of 42 entries.\n"

    static func statistics(_ cells: KeyValuePairs<String, JSON?>, isNewer: Bool = false) -> JSON {
        .object([
            "profile": "summary", "catalogue": 1, "cells": .object(cells), "newerThanCheckpoint": .bool(isNewer),
        ])
    }

    @Test("nothing known is one line and says so")
    func noRecord() {
        let text = AnswerText(Self.answer(["status": "noRecord", "signals": [], "findings": [], "score": .null])).text
        #expect(text == "NO RECORD: No member has furnished anything about this person.\n\n" + Self.footer)
    }

    @Test("signals and shared identifiers have their place")
    func signals() {
        let answer = Self.answer([
            "status": "found",
            "signals": [
                .object([
                    "code": "FRD-DOC", "labels": .object(["en": "Forged documents", "zh": "伪造材料"]), "severity": 4,
                    "evidence": "E3", "age": "7-30d", "reporters": "2", "own": true, "dispute": "disputed",
                    "kinds": ["nationalID", "nameBirthDate"], "match": "exact", "newerThanCheckpoint": true,
                ])
            ],
            "linkage": [
                .object(["kind": "device", "otherSubjects": "10+", "members": "2", "since": "0-7d", "demoted": true])
            ],
            "droppedFields": [.object(["path": "phones[0]", "rule": "placeholder"])],
        ])
        #expect(
            AnswerText(answer).text == """
                FOUND: The consortium knows this person.

                Signals
                  SEV  SIGNAL    MEANING                               EVIDENCE  AGE    REPORTED BY             MET BY
                  4    FRD-DOC*  伪造材料 Forged documents (DISPUTED)  E3        7-30d  2 others and ourselves  \
                nationalID, 1 match key

                Shared with others
                  IDENTIFIER  OTHER PERSONS  LENDERS  SINCE
                  device      10+            2        0-7d   too widely shared to link anybody

                Left out: phones[0] (placeholder).

                \(Self.footer)* newer than the log's checkpoint named here

                """)
    }

    @Test("statistics show what there is: our own, others' and how many lenders, windows that are told, and now")
    func statisticsTables() {
        let cells = Self.statistics(
            [
                "exposure.own.openLoans": 1, "exposure.own.outstanding": "5000-10000",
                "exposure.others.openLoans": "3-4",
                "exposure.others.openLenders": "2", "exposure.others.dueIn30Days": "0",
                "stacking.others.rollovers": .null,
                "identity.phonesPerID": "2", "identity.IDsPerDevice": .null,
                "application.others.subject.all.7d.count": "1", "application.others.subject.all.7d.members": "1",
                "application.others.subject.all.30d.count": "3-4", "application.others.subject.all.30d.members": .null,
                "application.own.subject.all.30d.count": 2, "inquiry.others.subject.all.30d.count": "0",
                "application.others.phone.all.30d.members": "2", "application.others.disagree.all.180d.count": "1",
            ], isNewer: true)
        let answer = Self.answer(["status": "found", "statistics": cells])
        #expect(
            AnswerText(answer).text == """
                FOUND: The consortium knows this person.

                Seen in each window*
                  STAGE        COUNTED        7d  30d
                  application  by us              2
                               by others      1   3-4
                               other lenders  1   ·

                Now
                  MEASURE       OURS        OTHERS
                  open loans    1           3-4
                  outstanding   5000-10000
                  open lenders              2
                  rollovers                 ·

                Identity
                  MEASURE        VALUE
                  phones per id  2

                \(Self.footer)· not told: too few lenders make it up
                * newer than the log's checkpoint named here

                """)
        let withKinds = AnswerText(answer, showsKinds: true).text
        #expect(withKinds.contains("each kind of identifier\n  STAGE  COUNTED        30d\n  phone  other lenders  2\n"))
    }

    static let decided = answer([
        "status": "found", "asOf": .object(["instant": "2026-01-01T00:00:00Z", "basis": "events"]),
        "score": .object([
            "name": "stacking", "version": 1, "points": 310, "confidence": "medium",
            "reasons": [
                .object([
                    "code": "ST03", "points": 160, "cell": "exposure.others.signedNotFunded",
                    "labels": .object(["en": "Signed elsewhere", "zh": "已签约"]),
                ])
            ],
        ]),
        "findings": [
            .object([
                "code": "STK-GAP", "effect": "adverse", "labels": .object(["en": "Signed elsewhere", "zh": "已签约"]),
                "cell": "exposure.others.signedNotFunded", "value": "1",
            ])
        ],
        "decision": .object([
            "outcome": "review", "policy": .object(["name": "default", "version": 1, "digest": "00"]),
            "reasons": [
                .object(["code": "signed-elsewhere", "labels": .object(["en": "Signed.", "zh": "已签约。"])])
            ],
            "fired": [
                .object([
                    "rule": "GAP", "action": "review", "held": false,
                    "facts": [.object(["term": "exposure.others.signedNotFunded", "value": "1"])],
                ])
            ],
            "undecided": [.object(["rule": "STACKED", "action": "refuse", "review": false, "missing": []])],
        ]),
    ])

    @Test("the decision stands first, with its reasons and what it rests on; the score explains every point")
    func decision() {
        #expect(
            AnswerText(Self.decided).text == """
                FOUND: The consortium knows this person.

                Decision: REVIEW by default, version 1
                  signed-elsewhere: 已签约。 Signed.
                  rule GAP (review): exposure.others.signedNotFunded 1
                  rule STACKED is left open by the answer

                Findings
                  EFFECT   FINDING  MEANING                  VALUE  STATISTIC
                  adverse  STK-GAP  已签约 Signed elsewhere  1      exposure.others.signedNotFunded

                Score stacking 1: 310 points, confidence medium
                  POINTS  REASON  MEANING                  STATISTIC
                  +160    ST03    已签约 Signed elsewhere  exposure.others.signedNotFunded

                \(Self.footer)As of 2026-01-01T00:00:00Z: what is known now of then.

                """)
    }

    @Test("an answer from a newer exchange is still shown, without what is not known here")
    func unknownFields() {
        let text = AnswerText(
            Self.answer([
                "status": "partlyFound", "rings": [1, 2], "signals": [.object([:])], "findings": [.object([:])],
                "score": .object(["points": 3, "reasons": [.object([:])]]), "decision": .object([:]),
                "statistics": .object(["cells": .object(["weather.own.rain": 1, "exposure.own": 2])]),
            ])
        ).text
        #expect(text.hasPrefix("PARTLY FOUND\n") && text.contains("Signals") && text.contains("3 points"))
    }

    @Test(
        "names become words",
        arguments: [
            ("noRecord", "no record"), ("dueIn30Days", "due in 30 days"), ("IDsPerPhone", "ids per phone"),
            ("daysSincePairFirstSeen", "days since pair first seen"), ("", ""),
        ])
    func words(name: String, words: String) { #expect(AnswerText.words(name) == words) }
}
