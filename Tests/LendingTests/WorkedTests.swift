import Lending
import Records
import Testing
import Vocabulary

/// Statistics by hand.
@Suite("Statistics by worked examples")
struct WorkedTests {
    private static func applied(
        _ days: Int64, member: UInt16, loan: UInt32, band: UInt8 = LendingEvent.none, product: UInt16 = 0
    ) -> LendingEvent {
        Fixture.event(.applied, ago: days * Fixture.day, member: member, loan: loan) { event in
            event.amountBand = band
            event.product = product
        }
    }

    /// Applications 2 and 5 days ago at one member, 6 and 40 at another, 200 at a third; the last on a Saturday.
    /// Bands 9 and 10 are 500-1000 and 1000-2000.
    private static let applications = [
        applied(2, member: 1, loan: 1, band: 10, product: 7), applied(5, member: 1, loan: 2, band: 9, product: 7),
        applied(6, member: 2, loan: 3, band: 10), applied(40, member: 2, loan: 4), applied(200, member: 3, loan: 5),
    ]

    @Test(
        "over five applications",
        arguments: [
            ("24h.count", 0), ("7d.count", 3), ("360d.count", 5), ("7d.members", 2), ("360d.members", 3),
            ("360d.loans", 5), ("360d.activeMonths", 3), ("24h.activeMonths", 0),
            // 5 in 3 months: 166.67 hundredths.
            ("360d.meanPerActiveMonth", 167), ("24h.meanPerActiveMonth", nil), ("360d.maxPerActiveMonth", 3),
            ("360d.minPerActiveMonth", 1), ("24h.minPerActiveMonth", nil), ("360d.maxGapDays", 160),
            ("360d.minGapDays", 1), ("30d.maxGapDays", 3), ("24h.maxGapDays", nil), ("360d.daysSinceFirst", 200),
            ("30d.daysSinceFirst", 6), ("360d.daysSinceLast", 2), ("360d.runEvents", 3), ("360d.runDays", 5),
            // 1000 + 500 + 1000 lies in 2000-5000.
            ("360d.amount", 11), ("360d.maxAmount", 10), ("24h.amount", 0), ("24h.maxAmount", nil),
            ("7d.shareOf360d", 60), ("24h.shareOf7d", 0), ("1h.shareOf24h", nil), ("360d.rise", 3),
            // One product: one episode. None: 200, 40 and 6 days ago.
            ("360d.episodes", 4), ("7d.episodes", 2), ("24h.episodes", 0),
        ] as [(String, Int64?)])
    func applications(_ cell: String, _ expected: Int64?) throws {
        let view = Fixture.view(Self.applications)
        #expect(try Fixture.value("application.others.subject.all.\(cell)", view) == expected)
    }

    @Test("a window ends with the age that is exactly its length; what is ahead of now has no age")
    func windowEdges() throws {
        let name = "inquiry.others.subject.all.1h.count"
        for (milliseconds, expected) in [(3_600_000, 1), (3_600_001, 0), (-300_000, 1)] as [(Int64, Int64)] {
            let event = Fixture.event(nil, ago: 0) { $0.time.milliseconds -= milliseconds }
            #expect(try Fixture.value(name, Fixture.view([event])) == expected)
        }
    }

    @Test("a member counts once however often it reports")
    func membersOnce() throws {
        let events = (0..<9).map { Fixture.event(nil, ago: Int64($0), loan: UInt32($0)) }
        #expect(try Fixture.value("inquiry.others.subject.all.7d.members", Fixture.view(events)) == 1)
        #expect(try Fixture.value("inquiry.others.subject.all.7d.count", Fixture.view(events)) == 9)
    }

    @Test("night is 01:00 up to 05:00 and the weekend Saturday and Sunday, both in the consortium's zone")
    func localTime() throws {
        let night = { try Fixture.value("inquiry.others.subject.night.all.count", Fixture.view([$0])) }
        let weekend = { try Fixture.value("inquiry.others.subject.weekend.all.count", Fixture.view([$0])) }
        let at = { (text: String) in
            let time = try Instant(text)
            return Fixture.event(nil, ago: 0) { $0.time = time }
        }
        #expect(try night(at("2026-02-24T00:59:59.999+08:00")) == 0)
        #expect(try night(at("2026-02-24T01:00:00+08:00")) == 1)
        #expect(try night(at("2026-02-24T04:59:59.999+08:00")) == 1)
        #expect(try night(at("2026-02-24T05:00:00+08:00")) == 0)
        #expect(try weekend(at("2026-02-20T23:59:59.999+08:00")) == 0)
        #expect(try weekend(at("2026-02-21T00:00:00+08:00")) == 1)
        #expect(try weekend(at("2026-02-22T23:59:59.999+08:00")) == 1)
        #expect(try weekend(at("2026-02-23T00:00:00+08:00")) == 0)
    }

    @Test("an application is the earliest applied, whatever came before it; without one, the loan's earliest event")
    func applicationEvent() throws {
        let withApplied = [
            Fixture.event(.inquired, ago: 40 * Fixture.day), Fixture.event(.applied, ago: 20 * Fixture.day),
            Fixture.event(.applied, ago: 3 * Fixture.day),
        ]
        let without = [Fixture.event(.paid, ago: 9 * Fixture.day), Fixture.event(.disbursed, ago: 39 * Fixture.day)]
        let name = "application.others.subject.all.720d.daysSinceLast"
        #expect(try Fixture.value(name, Fixture.view(withApplied)) == 20)
        #expect(try Fixture.value(name, Fixture.view(without)) == 39)
        #expect(try Fixture.value("committed.others.subject.all.720d.daysSinceLast", Fixture.view(without)) == 39)
        #expect(try Fixture.value("committed.others.subject.all.720d.count", Fixture.view(withApplied)) == 0)
    }

    @Test("an event without a product has its loan's; an inquiry has its own alone")
    func products() throws {
        let policy = try Fixture.policy()
        let leasing = try #require(Fixture.productNumber("auto-lease", policy))
        let events = [
            Fixture.event(.applied, ago: 9) { $0.product = leasing }, Fixture.event(.signed, ago: 5),
            Fixture.event(nil, ago: 2, loan: 2),
        ]
        let value = { (stage: String) in
            try Fixture.value("\(stage).others.subject.product-auto-lease.7d.count", Fixture.view(events))
        }
        #expect(try value("signed") == 1)
        #expect(try value("inquiry") == 0)
        #expect(try Fixture.value("signed.others.subject.product-none-such.7d.count", Fixture.view(events)) == 0)
    }

    @Test("kinds: an event counts under those it was met under; max and disagree look at those asked")
    func kinds() throws {
        let events = [
            Fixture.event(nil, ago: 1, loan: 1, kinds: Fixture.kinds(.nationalID, .phone)),
            Fixture.event(nil, ago: 2, loan: 2, kinds: Fixture.kinds(.phone)),
            Fixture.event(nil, ago: 3, loan: 3, kinds: Fixture.kinds(.device)),
        ]
        let value = { (kind: String, asked: UInt64) in
            try Fixture.value("inquiry.others.\(kind).all.7d.count", Fixture.view(events, asked: asked))
        }
        let two = Fixture.kinds(.nationalID, .phone)
        for (kind, expected) in [("subject", 3), ("nationalID", 1), ("phone", 2), ("card", 0)] as [(String, Int64)] {
            #expect(try value(kind, two) == expected)
        }
        #expect(try value("max", two) == 2)
        #expect(try value("disagree", two) == 1)
        #expect(try value("disagree", Fixture.kinds(.nationalID, .device)) == 0)
        #expect(try value("max", Fixture.kinds(.nameBirthDate)) == nil)
        #expect(try value("disagree", Fixture.kinds(.nameBirthDate)) == 0)
        #expect(try value("max", Fixture.kinds(.card)) == 0)
    }
}
