import Records
import Testing
import Vocabulary

@Suite("Retention and bands")
struct AnsweringTests {
    let policy: Policy
    let day: Int64 = 86_400
    let began = Fixture.eventTime

    init() throws { policy = try Fixture.policy() }

    private func report(_ code: String, endedOn: CalendarDate? = nil, underAge21: Bool = false) -> Report {
        Report(code: Fixture.code(code), endedOn: endedOn, underAge21: underAge21)
    }

    private func days(_ expiry: Expiry, since start: Instant) -> Int64? {
        guard case .at(let instant) = expiry else { return nil }
        return (instant.seconds - start.seconds) / day
    }

    @Test("a report of a moment counts from the event")
    func moment() {
        let expiry = Retention.expiry(of: report("FRD-STACK"), eventTime: began, policy: policy)
        #expect(expiry == .at(began.adding(days: 1095)))
        #expect(!expiry.isOver(at: began.adding(seconds: 1095 * day - 1)))
        #expect(expiry.isOver(at: began.adding(days: 1095)))
    }

    @Test("a report of an event with an end counts from the end of that day in the consortium's zone")
    func ended() throws {
        let end = try #require(CalendarDate(year: 2026, month: 2, day: 24))
        let expiry = Retention.expiry(of: report("FRD-STACK", endedOn: end), eventTime: began, policy: policy)
        #expect(expiry == .at(try Instant("2026-02-25T00:00:00+08:00").adding(days: 1095)))
    }

    @Test("a person reported to be under 21 is shown for a shorter time")
    func underAge() {
        let young = Retention.expiry(of: report("FRD-MISUSE", underAge21: true), eventTime: began, policy: policy)
        #expect(days(young, since: began) == 1095)
        #expect(
            days(Retention.expiry(of: report("FRD-MISUSE"), eventTime: began, policy: policy), since: began) == 1825)
    }

    @Test("an overdue lasts until its cure, and at most five years")
    func overdue() throws {
        let open = Retention.expiry(of: report("CRD-OD-1"), eventTime: began, policy: policy)
        #expect(days(open, since: began) == 2190)
        let end = try #require(CalendarDate(year: 2026, month: 2, day: 24))
        let cured = Retention.expiry(of: report("CRD-OD-1", endedOn: end), eventTime: began, policy: policy)
        #expect(days(cured, since: policy.timeZone.end(of: end)) == 365)
    }

    @Test("a suspicion is gone after 45 days, or when it ended")
    func suspicion() throws {
        let open = Retention.expiry(of: report("SUS-REVIEW"), eventTime: began, policy: policy)
        #expect(open == .at(began.adding(days: 45)))
        let end = try #require(CalendarDate(year: 2026, month: 2, day: 25))
        let over = Retention.expiry(of: report("SUS-REVIEW", endedOn: end), eventTime: began, policy: policy)
        #expect(over == .at(policy.timeZone.end(of: end)))
        let late = try #require(CalendarDate(year: 2026, month: 12, day: 31))
        let stretched = Retention.expiry(of: report("SUS-REVIEW", endedOn: late), eventTime: began, policy: policy)
        #expect(stretched == .at(began.adding(days: 45)))
    }

    @Test("a cure goes with its parent, and is not shown without one")
    func cure() {
        let parent = Expiry.at(began.adding(days: 99))
        #expect(
            Retention.expiry(of: report("CRD-CURED"), eventTime: began, parent: parent, policy: policy) == parent)
        #expect(Retention.expiry(of: report("CRD-CURED"), eventTime: began, policy: policy).isOver(at: began))
    }

    @Test("markers last as their rows say; a death does not expire")
    func markers() {
        func expiry(_ code: String) -> Expiry {
            Retention.expiry(of: Marker(code: Fixture.code(code)), eventTime: began, policy: policy)
        }
        #expect(days(expiry("VIC-TAKEOVER"), since: began) == 395)
        #expect(days(expiry("PRO-SELF"), since: began) == 730)
        #expect(expiry("PRO-DECEASED") == .never)
        #expect(!Expiry.never.isOver(at: began.adding(days: 100_000)))
    }

    @Test("a code that the policy no longer lists is not shown")
    func withdrawnCode() {
        #expect(Retention.expiry(of: report("FRD-GONE"), eventTime: began, policy: policy).isOver(at: began))
        let marker = Marker(code: Fixture.code("VIC-GONE"))
        #expect(Retention.expiry(of: marker, eventTime: began, policy: policy).isOver(at: began))
    }

    @Test("loan events, inquiries and disputes have their own periods")
    func others() {
        #expect(Retention.expiryOfLoanEvent(at: began, policy: policy) == .at(began.adding(days: 720)))
        #expect(Retention.expiryOfInquiry(at: began, policy: policy) == .at(began.adding(days: 720)))
        #expect(Retention.expiryOfDispute(takenInAt: began, policy: policy) == .at(began.adding(days: 20)))
    }

    @Test(
        "counts are told in bands",
        arguments: [
            (0, "0"), (1, "1"), (2, "2"), (3, "3-4"), (4, "3-4"), (5, "5-9"), (9, "5-9"), (10, "10+"),
            (1_000_000, "10+"), (-1, "0"),
        ])
    func countBands(count: Int, band: String) {
        #expect(CountBands.standard.band(of: count).description == band)
    }

    @Test("bands that do not rise from 0 are none", arguments: [[], [1, 2], [0, 2, 2], [0, 3, 2]])
    func wrongBands(bounds: [Int]) {
        #expect(CountBands(lowerBounds: bounds) == nil)
    }

    @Test(
        "ages are told in bands",
        arguments: [
            (0, "0-7d"), (6, "0-7d"), (7, "7-30d"), (29, "7-30d"), (30, "30-90d"), (90, "90-180d"), (180, "180-360d"),
            (360, "360-720d"), (720, "720-1080d"), (1080, "1080-1800d"), (1800, "1800d+"), (9999, "1800d+"),
            (-1, "0-7d"),
        ])
    func ageBands(days: Int, name: String) {
        let band = AgeBand(from: Fixture.now.adding(days: -days), to: Fixture.now)
        #expect(band.description == name)
        #expect(AgeBand(name: name) == band)
    }

    @Test(
        "an amount falls into the band that holds it",
        arguments: [
            (0, "0"), (1, "1-2"), (2, "2-5"), (4, "2-5"), (5, "5-10"), (999, "500-1000"), (1000, "1000-2000"),
            (1999, "1000-2000"), (2000, "2000-5000"), (600_000_000_000, "500000000000-1000000000000"),
            (UInt64.max, "500000000000-1000000000000"),
        ] as [(UInt64, String)])
    func amountBands(amount: UInt64, label: String) throws {
        let band = AmountBand(containing: amount)
        #expect(band.label == label)
        #expect(try AmountBand(label) == band)
        #expect(try AmountBand(index: band.index) == band)
    }

    @Test(
        "what is no band of the series is refused",
        arguments: ["", "1000", "0-1", "1-5", "1000-1999", "2000-1000", "-1", "01-2"])
    func wrongAmountBands(label: String) {
        #expect(throws: DecodingFailure.self) { try AmountBand(label) }
    }

    @Test("a day begins and ends by the consortium's clock")
    func timeZone() throws {
        let zone = PolicyTimeZone(name: "Asia/Shanghai", offsetMinutes: 480)
        #expect(zone.day(of: try Instant("2026-02-24T16:00:00Z")).description == "2026-02-25")
        #expect(zone.day(of: try Instant("2026-02-24T15:59:59Z")).description == "2026-02-24")
        #expect(zone.day(of: try Instant("1969-12-31T15:59:59Z")).description == "1969-12-31")
        let west = PolicyTimeZone(name: "America/Lima", offsetMinutes: -300)
        #expect(west.day(of: try Instant("2026-02-25T04:59:59Z")).description == "2026-02-24")
    }
}
