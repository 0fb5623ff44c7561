internal import Records
internal import Vocabulary

/// A person's events in order, with everything that cells ask of them worked out once.
///
/// Preparing costs a sort and one pass; after it any number of profiles can be evaluated.
package struct PreparedSubject: Sendable {
    /// An event with its numbers made dense and its time made local.
    struct Event {
        let time: Int64
        let age: Int64
        /// Days since 1970 in the consortium's time zone.
        let day: Int64
        let month: Int32
        let member: UInt32
        let loan: UInt32
        var product: UInt32
        let stage: UInt8
        let amountBand: UInt8
        let instalmentBand: UInt8
        let balanceBand: UInt8
        let dueBucket: UInt8
        let isOwn: Bool
    }

    /// From the earliest to the latest.
    let events: [Event]
    let rules: LendingRules
    let askedKinds: UInt64
    let today: Int64
    let reservations: LiveReservations
    let identity: IdentityMeasures
    /// `MaskRows`, each of `wordCount` words: bit i of a row says whether event i has the row's value.
    let masks: [UInt64]
    let wordCount: Int
    let memberCount: Int
    let loanCount: Int
    let productCount: Int

    package init(_ view: SubjectView, _ rules: LendingRules) {
        let sorted = Self.sorted(view.events)
        var preparation = Preparation(sorted, rules, now: view.now.milliseconds)
        preparation.run(sorted)
        events = preparation.events
        masks = preparation.masks
        wordCount = preparation.wordCount
        memberCount = preparation.members.count
        loanCount = preparation.loans.count
        productCount = preparation.products.count
        today = Self.day(view.now.milliseconds + rules.offsetMilliseconds)
        self.rules = rules
        askedKinds = view.askedKinds
        reservations = view.reservations
        identity = view.identity
    }

    package var eventCount: Int { events.count }

    /// Whole days, rounded towards the past.
    static func day(_ milliseconds: Int64) -> Int64 {
        let days = milliseconds / millisecondsPerDay
        return days * millisecondsPerDay > milliseconds ? days - 1 : days
    }

    private static func sorted(_ events: [LendingEvent]) -> [LendingEvent] {
        let isSorted = zip(events, events.dropFirst()).allSatisfy { !LendingEvent.isBefore($1, $0) }
        return isSorted ? events : events.sorted(by: LendingEvent.isBefore)
    }

    /// The first event in a window; those after it are in it too.
    func start(ofWindow milliseconds: Int64) -> Int {
        var (low, high) = (0, events.count)
        while low < high {
            let middle = (low + high) / 2
            if events[middle].age <= milliseconds { high = middle } else { low = middle + 1 }
        }
        return low
    }

    func has(_ row: Int, _ index: Int) -> Bool { masks[row * wordCount + index / 64] & 1 << UInt64(index % 64) != 0 }
}

/// The pass over the sorted events that fills a `PreparedSubject`.
private struct Preparation {
    let rules: LendingRules
    let now: Int64
    let wordCount: Int
    let productRow: Int
    var events: [PreparedSubject.Event] = []
    var masks: [UInt64]
    var members: DenseNumbers
    var loans: DenseNumbers
    var products = DenseNumbers(maximum: 0)
    /// By loan: the event that stands for its application, whether that is `applied`, and its first stated product.
    private var firsts: [LoanFirsts] = []
    private var lastDay = Int64.min
    private var lastMonth: Int32 = 0

    private struct LoanFirsts {
        var application: Int
        var isApplied: Bool
        var hasCommitted = false
        var product: UInt16
    }

    init(_ sorted: [LendingEvent], _ rules: LendingRules, now: Int64) {
        (self.rules, self.now) = (rules, now)
        wordCount = (sorted.count + 63) / 64
        productRow = MaskRows.products(rules)
        masks = [UInt64](repeating: 0, count: wordCount * MaskRows.count(rules))
        members = DenseNumbers(maximum: sorted.count)
        loans = DenseNumbers(maximum: sorted.count)
        products = DenseNumbers(maximum: sorted.count)
        events.reserveCapacity(sorted.count)
        firsts.reserveCapacity(sorted.count)
    }

    mutating func run(_ sorted: [LendingEvent]) {
        for (index, event) in sorted.enumerated() {
            let loan = loans.number(of: event.loan)
            take(event, loan: loan, at: index)
            if event.stage != LendingEvent.inquiryStage {
                note(event, of: Int(loan), at: index)
            } else if Int(loan) == firsts.count {
                firsts.append(LoanFirsts(application: -1, isApplied: false, product: 0))
            }
        }
        for loan in firsts where loan.application >= 0 { set(MaskRows.application, loan.application) }
        for (index, event) in sorted.enumerated() { setProduct(of: event, at: index) }
    }

    private mutating func take(_ event: LendingEvent, loan: UInt32, at index: Int) {
        let local = event.time.milliseconds + rules.offsetMilliseconds
        let day = PreparedSubject.day(local)
        if day != lastDay {
            let date = CalendarDate(daysSince1970: Int(day))
            (lastDay, lastMonth) = (day, Int32(date.year * 12 + date.month))
        }
        events.append(
            PreparedSubject.Event(
                time: event.time.milliseconds, age: max(0, now - event.time.milliseconds), day: day, month: lastMonth,
                member: members.number(of: UInt32(event.member)), loan: loan, product: 0, stage: event.stage,
                amountBand: event.amountBand, instalmentBand: event.instalmentBand, balanceBand: event.balanceBand,
                dueBucket: event.dueBucket, isOwn: event.isOwn))
        let stageRow = MaskRows.rowOfStage[Int(event.stage)]
        if stageRow >= 0 { set(stageRow, index) }
        set(event.isOwn ? MaskRows.own : MaskRows.others, index)
        set(MaskRows.subject, index)
        set(MaskRows.all, index)
        for (bit, row) in Self.kindRows where event.kinds & bit != 0 { set(row, index) }
        setClass(event.memberClass, index)
        let hour = (local - day * millisecondsPerDay) / 3_600_000
        if (1...4).contains(hour) { set(MaskRows.night, index) }
        // 1970-01-01 was a Thursday: day 2 a Saturday, day 3 a Sunday.
        let weekday = (day % 7 + 7) % 7
        if weekday == 2 || weekday == 3 { set(MaskRows.weekend, index) }
    }

    private mutating func setClass(_ memberClass: UInt8, _ index: Int) {
        guard Int(memberClass) < rules.classes.count else { return }
        set(MaskRows.classes + Int(memberClass), index)
        switch rules.classes[Int(memberClass)].segment {
        case .bank: set(MaskRows.bank, index)
        case .nonBank: set(MaskRows.nonBank, index)
        }
    }

    private mutating func note(_ event: LendingEvent, of loan: Int, at index: Int) {
        let isApplied = event.stage == LoanStage.applied.rawValue
        if loan == firsts.count {
            firsts.append(LoanFirsts(application: index, isApplied: isApplied, product: event.product))
        } else {
            if isApplied, !firsts[loan].isApplied { (firsts[loan].application, firsts[loan].isApplied) = (index, true) }
            if firsts[loan].product == 0 { firsts[loan].product = event.product }
        }
        let isCommitted = event.stage == LoanStage.signed.rawValue || event.stage == LoanStage.disbursed.rawValue
        if isCommitted, !firsts[loan].hasCommitted {
            firsts[loan].hasCommitted = true
            set(MaskRows.committed, index)
        }
    }

    private mutating func setProduct(of event: LendingEvent, at index: Int) {
        let isInquiry = event.stage == LendingEvent.inquiryStage
        let stated = isInquiry || event.product != 0 ? event.product : firsts[Int(events[index].loan)].product
        events[index].product = products.number(of: UInt32(stated))
        if let position = rules.position(ofProduct: stated) { set(productRow + position, index) }
    }

    private mutating func set(_ row: Int, _ index: Int) {
        masks[row * wordCount + index / 64] |= 1 << UInt64(index % 64)
    }

    private static let kindRows: [(bit: UInt64, row: Int)] = CellKind.allCases.compactMap { kind in
        kind.identifierKind.map { (1 << UInt64($0.rawValue), MaskRows.row(of: kind)) }
    }
}
