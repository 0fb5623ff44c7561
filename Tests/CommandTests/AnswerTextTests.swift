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

    @Test("nothing known is one line and says so")
    func noRecord() {
        let text = AnswerText(Self.answer(["status": "noRecord", "signals": []])).text
        #expect(text == "NO RECORD: No member has furnished anything about this person.\n\n" + Self.footer)
    }

    @Test("signals, live applications, windows and shared identifiers each have their place")
    func found() {
        let answer = Self.answer([
            "status": "found",
            "signals": [
                .object([
                    "code": "FRD-DOC", "labels": .object(["en": "Forged documents", "zh": "伪造材料"]), "severity": 4,
                    "evidence": "E3", "age": "7-30d", "reporters": "2", "own": true, "dispute": "disputed",
                    "kinds": ["nationalID", "nameBirthDate"], "match": "exact", "newerThanCheckpoint": true,
                ])
            ],
            "duplicates": .object([
                "liveApplications": "3-4", "members": "2", "signedNotFunded": .null, "kinds": ["nameBirthDate"],
                "match": "possible", "newerThanCheckpoint": false,
            ]),
            "statistics": .object([
                "windows": ["1h", "24h"],
                "lines": [
                    .object([
                        "stage": "application", "over": ["subject"], "own": [0, 0], "others": ["0", .null],
                        "otherMembers": ["0", "2"], "newerThanCheckpoint": false,
                    ]),
                    .object([
                        "stage": "application", "over": ["phone"], "own": [1, 1], "others": ["0", "0"],
                        "otherMembers": ["0", "0"], "newerThanCheckpoint": false,
                    ]),
                ],
            ]),
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

                Live applications elsewhere: 3-4 at 2 other lenders, of which · signed and not yet paid out. \
                Met by 1 match key (possible match).

                Seen in each window
                  STAGE        COUNTED        1h  24h
                  application  by others      0   ·
                               other lenders  0   2

                Shared with others
                  IDENTIFIER  OTHER PERSONS  LENDERS  SINCE
                  device      10+            2        0-7d   too widely shared to link anybody

                Left out: phones[0] (placeholder).

                \(Self.footer)· not told: too few lenders make it up
                * newer than the log's checkpoint named here

                """)
        #expect(AnswerText(answer, showsKinds: true).text.contains("application by phone  by us"))
    }

    @Test("an answer from a newer exchange is still shown, without what is not known here")
    func unknownFields() {
        let text = AnswerText(Self.answer(["status": "partlyFound", "rings": [1, 2], "signals": [.object([:])]])).text
        #expect(text.hasPrefix("PARTLY FOUND\n") && text.contains("Signals"))
    }
}
