import Lending
import Records
import Testing

@Suite("Exposure, stacking and identity by worked examples")
struct LoanStateTests {
    private let day = Fixture.day

    private func exposure(_ measure: String, _ events: [LendingEvent]) throws -> Int64? {
        try Fixture.value("exposure.others.\(measure)", Fixture.view(events))
    }

    @Test("an open loan owes its latest balance, else its amount, and its latest instalment")
    func openLoans() throws {
        let events = [
            Fixture.event(.disbursed, ago: 90 * day) { ($0.amountBand, $0.instalmentBand) = (12, 6) },
            Fixture.event(.paid, ago: 60 * day) { $0.balanceBand = 11 },
            Fixture.event(.paid, ago: 30 * day),
            Fixture.event(.disbursed, ago: 20 * day, loan: 2) { $0.amountBand = 10 },
            Fixture.event(.disbursed, ago: 20 * day, member: 2, loan: 3) { $0.amountBand = 20 },
            Fixture.event(.settled, ago: 10 * day, member: 2, loan: 3),
        ]
        #expect(try exposure("openLoans", events) == 2)
        #expect(try exposure("openLenders", events) == 1)
        // 2000 + 1000, in 2000-5000.
        #expect(try exposure("outstanding", events) == 11)
        #expect(try exposure("dueIn30Days", events) == 6)
        #expect(try exposure("overdueLoans", events) == 0)
        #expect(try exposure("worstBucket", events) == 0)
    }

    @Test("a loan is overdue until paid, cured or restructured; a failed debit does not end it")
    func overdue() throws {
        let overdue = [
            Fixture.event(.disbursed, ago: 90 * day),
            Fixture.event(.overdue, ago: 40 * day) { $0.dueBucket = 3 },
            Fixture.event(.debitFailed, ago: 31 * day), Fixture.event(.debitFailed, ago: 30 * day),
            Fixture.event(.overdue, ago: 20 * day, loan: 2),
        ]
        #expect(try exposure("overdueLoans", overdue) == 2)
        #expect(try exposure("worstBucket", overdue) == 3)
        #expect(try exposure("failedDebits", overdue) == 1)
        for stage in [LoanStage.paid, .cured, .restructured, .settled, .writtenOff] {
            let ended = overdue + [Fixture.event(stage, ago: day)]
            #expect(try exposure("overdueLoans", ended) == 1)
            #expect(try exposure("worstBucket", ended) == 1)
        }
    }

    @Test("an application is live for the policy's days after its latest stage")
    func liveApplications() throws {
        let days = Int64(try Fixture.policy().liveApplicationDays)
        let events = [
            Fixture.event(.applied, ago: 300 * day), Fixture.event(.signed, ago: days * day),
            Fixture.event(.applied, ago: days * day + 1, loan: 2),
            Fixture.event(.approved, ago: day, member: 2, loan: 3),
            Fixture.event(.applied, ago: day, member: 2, loan: 4),
            Fixture.event(.refused, ago: day, member: 3, loan: 5), Fixture.event(nil, ago: day, member: 4, loan: 6),
        ]
        #expect(try exposure("liveApplications", events) == 3)
        #expect(try exposure("liveApplicationMembers", events) == 2)
        #expect(try exposure("signedNotFunded", events) == 1)
        #expect(try exposure("openLoans", events) == 0)
    }

    @Test("reservations and identity measures are as they were given, absent where nothing was asked")
    func givenNumbers() throws {
        var view = Fixture.view([])
        view.reservations = LiveReservations(own: 1, others: 4, otherMembers: 3)
        view.identity.cardsPerID = 6
        #expect(try Fixture.value("exposure.own.reservations", view) == 1)
        #expect(try Fixture.value("exposure.others.reservations", view) == 4)
        #expect(try Fixture.value("exposure.others.reservationMembers", view) == 3)
        #expect(try Fixture.value("identity.cardsPerID", view) == 6)
        #expect(try Fixture.value("identity.phonesPerID", view) == nil)
    }

    /// A loan paid out 10 days ago, another in trouble before and paid after, so many seconds apart from it.
    private func rollover(
        trouble: Int64, payment: Int64, loan: UInt32 = 2, member: UInt16 = 2
    ) throws -> Int64? {
        let events = [
            Fixture.event(.disbursed, ago: 10 * day),
            Fixture.event(.debitFailed, ago: 10 * day + trouble, member: member, loan: loan),
            Fixture.event(.cured, ago: 10 * day - payment, member: member, loan: loan),
        ]
        return try Fixture.value("stacking.others.rollovers", Fixture.view(events))
    }

    @Test("a loan that repays another is a rollover, within 30 days before and 7 after, both ends included")
    func rollovers() throws {
        #expect(try rollover(trouble: day, payment: day) == 1)
        #expect(try rollover(trouble: 30 * day, payment: 7 * day) == 1)
        #expect(try rollover(trouble: 0, payment: 0) == 1)
        #expect(try rollover(trouble: 30 * day + 1, payment: day) == 0)
        #expect(try rollover(trouble: day, payment: 7 * day + 1) == 0)
        #expect(try rollover(trouble: -1, payment: day) == 0)
        #expect(try rollover(trouble: day, payment: -1) == 0)
        #expect(try rollover(trouble: day, payment: day, loan: 1, member: 1) == 0)
        #expect(try rollover(trouble: day, payment: day, member: 0) == 0)
    }

    @Test("the largest episode began in the last 30 days, and is of one product")
    func largestEpisode() throws {
        let applied = { (days: Int64, loan: UInt32, product: UInt16) in
            Fixture.event(.applied, ago: days * day, loan: loan) { $0.product = product }
        }
        let value = { try Fixture.value("stacking.others.largestEpisode", Fixture.view($0)) }
        #expect(try value([]) == 0)
        #expect(try value([applied(20, 1, 5), applied(10, 2, 5), applied(6, 3, 5), applied(5, 4, 5)]) == 3)
        #expect(try value([applied(20, 1, 5), applied(10, 2, 6)]) == 1)
        // The episode began 31 days ago, though most of it is younger.
        #expect(try value([applied(31, 1, 5), applied(20, 2, 5), applied(19, 3, 5)]) == 0)
    }
}
