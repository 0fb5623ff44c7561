import Lending
import Records
import TestSupport
import Vocabulary

/// Made-up persons with many ties, events at the very edge of windows, and loans that leave out stages.
struct RandomSubjects {
    private var generator: SeededGenerator
    private let policy: Policy

    init(seed: UInt64, policy: Policy) {
        generator = SeededGenerator(seed: seed)
        self.policy = policy
    }

    private static let kindBits = Reference.kindNumbers.values.sorted().map { UInt64(1) << UInt64($0) }

    mutating func next(events count: Int) -> SubjectView {
        let now = Fixture.now.adding(seconds: Int64(below(400 * 86_400)))
        let loanCount = max(1, count / (1 + below(6)))
        let kinds = (0..<loanCount).map { _ in someKinds() }
        let members = (0..<loanCount).map { _ in UInt16(below(6)) }
        let products = (0..<loanCount).map { _ in someProduct() }
        let events = (0..<count).map { index in
            let isInquiry = below(4) == 0
            let loan = below(loanCount)
            return event(
                at: someTime(now), isInquiry, member: members[loan], loan: UInt32(isInquiry ? 1000 + index : loan),
                kinds: kinds[loan], product: below(3) == 0 ? products[loan] : below(9) == 0 ? someProduct() : 0)
        }
        var view = SubjectView(events: events, askedKinds: someKinds(), now: now)
        view.reservations = LiveReservations(own: below(2), others: below(5), otherMembers: below(3))
        view.identity.phonesPerID = someNumber()
        view.identity.daysSincePairFirstSeen = someNumber()
        view.identity.phoneAsOthersContact = someNumber()
        return view
    }

    mutating func below(_ bound: Int) -> Int { Int(generator.next() % UInt64(bound)) }

    mutating func shuffled(_ view: SubjectView) -> SubjectView {
        var view = view
        view.events.shuffle(using: &generator)
        return view
    }

    private mutating func someNumber() -> Int? { below(3) == 0 ? nil : below(900) }

    private mutating func someKinds() -> UInt64 {
        Self.kindBits.reduce(0) { bits, bit in below(2) == 0 ? bits | bit : bits }
    }

    /// One of the policy's products, none, or numbers that the policy has no product for.
    private mutating func someProduct() -> UInt16 {
        let names = policy.products.map(\.text)
        switch below(6) {
        case 0: return 0
        case 1: return 1
        case 2: return 200
        default: return Fixture.productNumber(names[below(names.count)], policy) ?? 0
        }
    }

    private mutating func someTime(_ now: Instant) -> Instant {
        let day: Int64 = 86_400_000
        let edges = Reference.windows.map { $0.value * 1000 }.filter { $0 < 800 * day } + [7 * day, 14 * day, 180 * day]
        switch below(5) {
        case 0: return Instant(milliseconds: now.milliseconds - edges[below(edges.count)] + Int64(below(3) - 1))
        case 1: return Instant(milliseconds: now.milliseconds - Int64(below(40)) * day)
        case 2: return Instant(milliseconds: now.milliseconds + Int64(below(300_000)))
        case 3: return Instant(milliseconds: now.milliseconds - Int64(below(45 * Int(day))))
        default: return Instant(milliseconds: now.milliseconds - Int64(below(720 * Int(day))))
        }
    }

    private mutating func event(
        at time: Instant, _ isInquiry: Bool, member: UInt16, loan: UInt32, kinds: UInt64, product: UInt16
    ) -> LendingEvent {
        let band = { (generator: inout SeededGenerator) -> UInt8 in
            generator.next() % 2 == 0 ? 255 : UInt8(generator.next() % 37)
        }
        let stage = isInquiry ? LendingEvent.inquiryStage : UInt8(1 + below(14))
        return LendingEvent(
            time: time, stage: stage, member: member, isOwn: member == 0, loan: loan, kinds: kinds, product: product,
            memberClass: member == 5 ? 255 : UInt8(member % 3), amountBand: band(&generator),
            instalmentBand: band(&generator), balanceBand: band(&generator), dueBucket: UInt8(below(5)),
            tie: (generator.next(), generator.next()))
    }
}
