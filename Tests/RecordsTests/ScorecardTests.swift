import Records
import TestSupport
import Testing
import Vocabulary

@Suite("The scorecard and the cells that it names")
struct ScorecardTests {
    static func card(_ change: ([String], JSON?)...) -> JSON {
        var json = JSON.object([
            "name": "sample", "version": 1, "base": 10, "minimum": 0, "maximum": 100,
            "characteristics": [
                .object([
                    "code": "ST01", "cell": "exposure.others.openLenders",
                    "labels": .object(["en": "Lenders", "zh": "机构"]), "absent": 5,
                    "bins": [
                        .object(["below": 1, "points": -20]), .object(["below": 3, "points": 60]),
                        .object(["points": 140]),
                    ],
                ]),
                .object([
                    "code": "ST02", "cell": "applied.own.subject.all.7d.count",
                    "labels": .object(["en": "Own", "zh": "本机构"]), "absent": 0,
                    "bins": [.object(["points": 0])],
                ]),
            ],
        ])
        for (path, value) in change { json = json.replacing(path, with: value) }
        return json
    }

    @Test("a card survives its JSON, and gives the points of the bin into which a value falls")
    func points() throws {
        let card = try Scorecard(Self.card(), bands: .standard)
        #expect(card.json == Self.card())
        let lenders = card.characteristics[0]
        #expect([-1, 0, 1, 2, 3, 99].map { lenders.points(for: $0) } == [-20, -20, 60, 60, 140, 140])
        #expect(lenders.points(for: nil) == 5)
        #expect([-30, 0, 55, 100, 101].map(card.bounded) == [0, 0, 55, 100, 100])
    }

    private static let first = ["characteristics", "0"]
    private static let path = "scorecard.characteristics[0]"

    @Test(
        "a card that leaves a value without points, or is not exactly the format, is refused by path",
        arguments: [
            (["name"], "", "scorecard.name"), (["version"], .integer(0), "scorecard.version"),
            (["maximum"], .integer(0), "scorecard.maximum"), (["base"], nil, "scorecard.base"),
            (["base"], .integer(10_001), "scorecard.base"), (["note"], "x", "scorecard.note"),
            (["characteristics"], [], "scorecard.characteristics"),
            (["characteristics", "1", "code"], "ST01", "scorecard.characteristics[1].code"),
            (first + ["code"], "S", "\(path).code"), (first + ["absent"], nil, "\(path).absent"),
            (first + ["weight"], .integer(1), "\(path).weight"), (first + ["labels", "zh"], nil, "\(path).labels.zh"),
            (first + ["bins"], [], "\(path).bins"),
            (first + ["bins", "0", "below"], nil, "\(path).bins[0].below"),
            (first + ["bins", "1", "below"], .integer(1), "\(path).bins[1].below"),
            (first + ["bins", "1", "below"], .integer(0), "\(path).bins[1].below"),
            (first + ["bins", "2", "below"], .integer(5), "\(path).bins[2].below"),
            (first + ["bins", "1", "points"], nil, "\(path).bins[1].points"),
            (first + ["bins", "1", "above"], .integer(5), "\(path).bins[1].above"),
            // Others' counts are told as 3-4: an edge at 4 would tell them apart.
            (first + ["bins", "1", "below"], .integer(4), "\(path).bins[1].below"),
        ] as [([String], JSON?, String)])
    func malformed(path: [String], value: JSON?, field: String) throws {
        let failure = #expect(throws: FieldFailure.self) {
            try Scorecard(Self.card((path, value)), bands: .standard)
        }
        #expect(failure?.path == field)
    }

    @Test(
        "what is no cell's name is refused",
        arguments: [
            "", "openLenders", "exposure.openLenders", "exposure.others", "exposure.others.open.lenders",
            "exposure.all.openLenders", "identity.others.IDsPerPhone", "identity", "stacking.both.rollovers",
            "applied.others.subject.all.7d", "applied.all.subject.all.7d.count", "applied.others.subject..7d.count",
            "applied.others.subject.all.7d.count.more", "applied.others.subject.all.7d.co unt",
            "applied.others.subject.product-\u{212A}.7d.count", "identity." + String(repeating: "a", count: 90),
        ])
    func notCells(text: String) {
        #expect(throws: DecodingFailure.self) { try CellReference(text) }
    }

    @Test(
        "a rule parts others' values at the edges of what is told, and nowhere else",
        arguments: [
            ("exposure.others.openLenders", [0, 1, 2, 3, 5, 10], [-1, 4, 6, 11]),
            ("application.others.subject.all.7d.members", [0, 1, 2, 3, 5, 10], [-1, 4, 7, 20]),
            ("applied.others.phone.bank.90d.meanPerActiveMonth", [0, 100, 200, 300, 500, 1000], [1, 150, 400]),
            ("applied.others.phone.bank.90d.daysSinceLast", [0, 7, 30, 90, 180, 360, 720], [-1, 1, 8, 29, 31]),
            ("applied.others.phone.bank.90d.maxGapDays", [0, 7, 30], [1, 10]),
            ("identity.daysSincePairFirstSeen", [0, 7, 1800], [6, 1801]),
            ("identity.IDsPerPhone", [1, 2, 3, 5], [4, 6]),
            ("applied.others.subject.all.30d.shareOf180d", [0, 1, 25, 50, 75, 100], [-1, 2, 99, 101]),
            ("applied.others.subject.all.360d.rise", [0, 1], [-1, 2]),
            ("exposure.others.outstanding", [0, 4, 17], []), ("exposure.others.dueIn30Days", [0, 4, 17], []),
            ("exposure.others.worstBucket", [1, 2, 3, 4], []),
            ("application.others.disagree.all.30d.members", [0, 1, 4], []),
            ("applied.own.subject.all.7d.count", [0, 4, 77], []), ("exposure.own.openLoans", [4, 6], []),
        ] as [(String, [Int], [Int])])
    func edges(cell: String, edges: [Int], inside: [Int]) throws {
        let cell = try CellReference(cell)
        for edge in edges { #expect(cell.mayPart(at: edge, under: .standard), "\(cell) at \(edge)") }
        for edge in inside { #expect(!cell.mayPart(at: edge, under: .standard), "\(cell) at \(edge)") }
    }

    @Test("with other bands other edges are refused: the card follows the policy")
    func otherBands() throws {
        let policy = try Fixture.policy().json.replacing(["countBands"], with: [0, 1, 5])
        #expect(throws: FieldFailure.self) { try Policy(policy) }
        let bands = try #require(CountBands(lowerBounds: [0, 1, 4]))
        _ = try Scorecard(Self.card((Self.first + ["bins", "1", "below"], 4)), bands: bands)
    }

    @Test("the published card tells a stacker from somebody who compares offers")
    func publishedCard() throws {
        let card = try Fixture.policy().scorecard
        func score(_ values: [String: Int]) -> Int {
            card.bounded(card.characteristics.reduce(card.base) { $0 + $1.points(for: values[$1.cell.text] ?? 0) })
        }
        let shopper = score([
            "exposure.others.liveApplications": 4, "application.others.subject.all.7d.members": 4,
            "application.others.subject.all.30d.members": 4, "inquiry.others.subject.all.24h.members": 2,
            "application.others.subject.all.30d.episodes": 1, "exposure.others.openLenders": 1,
        ])
        let stacker = score([
            "exposure.others.liveApplications": 4, "application.others.subject.all.7d.members": 4,
            "application.others.subject.all.30d.members": 4, "application.others.subject.all.30d.episodes": 3,
            "committed.others.subject.all.24h.members": 3, "committed.others.subject.all.7d.members": 3,
            "exposure.others.signedNotFunded": 3,
        ])
        #expect(score([:]) == 0)
        #expect((100..<400).contains(shopper), "\(shopper)")
        #expect(stacker == 1000)
        #expect(card.characteristics.allSatisfy { $0.points(for: nil) == $0.absent })
    }
}
