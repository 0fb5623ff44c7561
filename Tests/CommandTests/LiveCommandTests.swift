import ArgumentParser
import Sodium
import Testing
import Vocabulary

@testable import counterfoil

@Suite("Commands for what goes on after a check")
struct LiveCommandTests {
    static let id = "3f0c7b1e-5d51-4a58-9a0e-2f6a1c9d8e44"
    static let digest = SHA256.hash(Array("consent".utf8)).value.base64
    static let check = ["--phone", "15400000101", "--consent-digest", digest]

    @Test("a check says which statistics it wants and as of when")
    func scope() throws {
        let asOf = ["--soft", "--as-of", "2026-01-31T00:00:00+08:00"]
        let document = try CheckCommand.parse(Self.check + asOf + ["--profile", "standard"]).document()
        #expect(document["profile"] == "standard" && document["asOf"]?["basis"] == "received")
        #expect(document["asOf"]?["instant"] == "2026-01-30T16:00:00Z")
        let events = try CheckCommand.parse(Self.check + asOf + ["--basis", "events"]).document()
        #expect(events["asOf"]?["basis"] == "events")
        #expect(try CheckCommand.parse(Self.check).document()["profile"] == nil)
        #expect(try CheckCommand.parse(Self.check + ["--csv"]).document()["profile"] == "full")
        let short = try CheckCommand.parse(Self.check + ["--csv", "--profile", "summary"]).document()
        #expect(short["profile"] == "summary")
    }

    @Test(
        "a check that leaves a trace cannot be of the past, and other contradictions",
        arguments: [
            ["--as-of", "2026-01-31T00:00:00Z"], ["--soft", "--basis", "events"], ["--profile", "everything"],
            ["--csv", "--json"], ["--soft", "--as-of", "2026-01-31T00:00:00Z", "--basis", "luck"],
        ])
    func refusedChecks(arguments: [String]) {
        #expect(throws: (any Error).self) { try CheckCommand.parse(Self.check + arguments) }
    }

    @Test("a reservation is made with the applicant, and confirmed without")
    func reservations() throws {
        let made = try #require(
            try Counterfoil.parseAsRoot([
                "reserve", "--phone", "15400000101", "--application-ref", "A-17", "--amount-band", "5000-10000",
                "--seconds", "3600",
            ]) as? ReserveMake)
        let document = try made.document()
        #expect(document["action"] == "reserve" && document["seconds"] == 3600)
        #expect(document["applicant"]?["phones"] == ["15400000101"] && document["reservation"]?.string?.count == 36)
        let confirmed = try ReservationChange.parse([Self.id, "--application-ref", "A-17"]).document("confirm")
        #expect(confirmed["reservation"]?.string == Self.id && confirmed["applicant"] == nil)
        #expect(throws: (any Error).self) { try ReservationChange.parse(["15400000101", "--application-ref", "A"]) }
        #expect(throws: (any Error).self) { try ReserveMake.parse(["--phone", "1"]) }
    }

    @Test("a reservation's answer tells who else is about to lend, and what is not told")
    func reservationText() {
        let others = JSON.object(["live": "2", "members": "1", "confirmed": "0", "signedNotFunded": .null])
        let answer = JSON.object([
            "reservation": .string(Self.id), "status": "held", "expiresAt": "2026-05-03T02:00:00Z", "others": others,
        ])
        #expect(
            ReservationText.text(answer) == """
                HELD \(Self.id), until 2026-05-03T02:00:00Z
                Elsewhere: 2 reservations of 1 lenders, 0 confirmed, · signed and not yet paid out.
                · not told: too few lenders make it up

                """)
    }

    @Test("notices name the lender's own reference and what changed")
    func notices() {
        let notice = JSON.object([
            "sequence": 7, "kind": "correction", "releasedAt": "2026-05-03T02:00:00Z", "change": "retracted",
            "about": .object(["check": .string(Self.id), "applicationRef": "A-17"]), "state": "waiting",
            "signal": .object(["code": "FRD-DOC", "labels": .object(["en": "Forged documents"])]),
        ])
        #expect(
            NoticeText.table([notice]) == """
                NUMBER  KIND        RELEASED              ABOUT  WHAT                                STATE
                7       correction  2026-05-03T02:00:00Z  A-17   retracted FRD-DOC Forged documents  waiting

                """)
        let unknown = JSON.object(["sequence": 8, "about": .object(["watch": .string(Self.id), "loanRef": .null])])
        #expect(NoticeText.line(unknown).contains("watch \(Self.id)"))
        #expect(throws: (any Error).self) { try NoticesList.parse(["--state", "lost"]) }
        #expect(throws: (any Error).self) { try NoticesSeen.parse([]) }
    }

    @Test("loans to watch come from the command line or from a file's lines")
    func portfolio() throws {
        try Fixture.withFolder { folder in
            try Fixture.write("L-1\r\nL-2\n\nL-3", to: "\(folder)/loans.txt")
            let loans = try LoanList.parse(["--file", "\(folder)/loans.txt"]).all()
            #expect(loans == ["L-1", "L-2", "L-3"])
            #expect(LoanList.document("watch", loans[1...])["watch"]?.array?.map { $0["loanRef"] } == ["L-2", "L-3"])
            #expect(throws: (any Error).self) { try LoanList.parse([]) }
            #expect(throws: (any Error).self) { try LoanList.parse(["L-1", "--file", "a"]) }
        }
    }

    @Test("the own furnishing is told with what is required and what to do")
    func furnishing() {
        let share = JSON.object(["percent": 40, "of": 120, "minimumPercent": 50, "days": 35])
        let text = FurnishingCommand.text(
            .object([
                "standing": "insufficient", "mayCheck": false, "enforced": true, "fresh": share,
                "complete": .object(["percent": .null, "of": 0, "minimumPercent": 50, "days": 30]),
                "next": ["Furnish more."],
            ]))
        #expect(text.hasPrefix("INSUFFICIENT: this member may not check now.\n"))
        #expect(text.hasSuffix("Next: Furnish more.\n"))
        #expect(text.contains("fresh loans    40        50        120  35"))
        #expect(text.contains("outcomes told  -         50        0    30"))
    }

    @Test("outcomes are a line a score and signal, and what is too little says so")
    func outcomes() {
        let figures = JSON.object([
            "good": 900, "bad": 100, "auc": "0.712000", "ks": "0.310000", "lift": [.object(["lift": "2.900000"])],
        ])
        let month = JSON.object(["month": "2026-01", "discrimination": figures])
        let score = JSON.object(["name": "stacking", "overall": figures, "months": [month]])
        let json = JSON.object([
            "definitions": [
                .object(["bad": "over30", "scores": [score], "signals": []]),
                .object(["bad": "over90", "scores": [], "signals": []]),
            ], "computedAt": "2026-05-03T02:00:00Z", "knownSize": 42,
        ])
        let text = OutcomesCommand.text(json, months: true)
        #expect(text.contains("stacking         all      900   100  0.712000  0.310000  2.900000  -"))
        #expect(text.contains("2026-01") && text.contains("Bad is over90\n  too few cases yet"))
        #expect(!OutcomesCommand.text(json, months: false).contains("2026-01"))
    }
}
