package import Records
package import Vocabulary

/// What one asker may learn of others, decided by the registry alone and never by the subject (DOMAIN §5).
///
/// Made once an asker and registry version: telling a value is then a look-up.
package struct Disclosure: Sendable {
    /// Whether anything that counts others is told at all, down to whether there is something to count.
    package let offersOthers: Bool
    private let isExact: Bool
    /// By class of the policy: its name, and whether its events are told apart from the others'.
    private let classes: [(name: String, isOffered: Bool)]
    /// Whether the segments bank and nonBank are.
    private let offersHalves: Bool
    private let texts: BandTexts

    /// - Parameters:
    ///   - activeOthersByClass: by the class's position in the policy: the active members but for the asker.
    ///   - isAskerActive: whether the asker itself counts towards the size from which counts are exact.
    package init(activeOthersByClass: [Int], isAskerActive: Bool, policy: Policy) {
        let others = activeOthersByClass.reduce(0, +)
        self.init(
            activeOthersByClass: activeOthersByClass, classes: policy.memberClasses,
            minimumMembers: policy.disclosure.minimumSegmentMembers,
            isExact: others + (isAskerActive ? 1 : 0) >= policy.disclosure.exactCountsFromMembers,
            countBands: policy.countBands)
    }

    package init(
        activeOthersByClass: [Int], classes: [MemberClass], minimumMembers: Int, isExact: Bool, countBands: CountBands
    ) {
        precondition(activeOthersByClass.count == classes.count, "One count for each of the policy's classes.")
        offersOthers = activeOthersByClass.reduce(0, +) >= minimumMembers
        let offered = OfferedSegments(
            counts: activeOthersByClass, segments: classes.map(\.segment), minimum: minimumMembers)
        offersHalves = offersOthers && offered.offersHalves
        let offersOthers = self.offersOthers
        self.classes = zip(classes, offered.classes).map { ($0.name.text, offersOthers && $1) }
        self.isExact = isExact
        texts = BandTexts(countBands)
    }

    /// A count about others as it may be told: a band, exact in a large consortium, or `nil` where not at all.
    package func others(_ count: Int) -> String? {
        guard offersOthers else { return nil }
        return isExact ? String(count) : texts.count(Int64(count))
    }

    /// What a number of others' events and the days they span are at least, by the bands in which they are told.
    ///
    /// Nothing where others are not told of; as they are in a large consortium.
    func leastOfOthers(events: Int, spanDays: Int) -> (events: Int, spanDays: Int) {
        guard offersOthers else { return (0, 0) }
        return isExact ? (events, spanDays) : (texts.lowest(count: events), BandTexts.lowest(days: spanDays))
    }

    /// Whether the asker may learn the cell's value, whatever it is.
    package func tells(_ cell: Cell) -> Bool {
        guard cell.isAboutOthers else { return true }
        guard case .events(let body) = cell.body else { return offersOthers }
        return tells(body.segment)
    }

    /// A cell's value in the form in which an answer has it; `null` where it is absent or not to be told.
    package func told(_ cell: Cell, _ value: Int64?) -> JSON {
        guard let value, tells(cell) else { return .null }
        return told(value, form: cell.form, isOthers: cell.isAboutOthers)
    }

    /// All of a profile's values as told, in its order.
    package func told(_ profile: Profile, _ values: CellValues) -> [JSON] {
        let segments = profile.telling.segments.map(tells)
        var told: [JSON] = []
        told.reserveCapacity(values.count)
        for (index, rule) in profile.telling.rules.enumerated() {
            guard let value = values[index], rule.segment < 0 || segments[Int(rule.segment)] else {
                told.append(.null)
                continue
            }
            told.append(self.told(value, form: rule.form, isOthers: rule.segment >= 0))
        }
        return told
    }

    /// Whether others' events of a segment may be told of.
    private func tells(_ segment: CellSegment) -> Bool {
        switch segment {
        case .all, .night, .weekend, .product: offersOthers
        case .bank, .nonBank: offersHalves
        case .memberClass(let name): classes.first { $0.name == name }?.isOffered ?? false
        }
    }

    private func told(_ value: Int64, form: CellForm, isOthers: Bool) -> JSON {
        if form == .band { return .string(texts.amount(value)) }
        guard isOthers else { return .integer(value) }
        if isExact || form == .number { return .string(texts.number(value)) }
        switch form {
        case .count: return .string(texts.count(value))
        case .hundredths: return .string(texts.count(value / 100))
        case .days: return .string(texts.age(days: value))
        case .share: return .string(BandTexts.share(value))
        case .sign: return .string(value < 0 ? "-1" : value == 0 ? "0" : "1")
        case .band, .number: return .string(texts.number(value))
        }
    }
}

/// How the cells of a profile are told, without looking at the cells again.
struct ProfileTelling: Sendable {
    struct Rule: Sendable {
        let form: CellForm
        /// For a cell about others: among `segments`; -1 for one about the asker.
        let segment: Int16
    }

    let rules: [Rule]
    let segments: [CellSegment]

    init(_ cells: [Cell]) {
        var segments: [CellSegment] = []
        rules = cells.map { cell in
            guard cell.isAboutOthers else { return Rule(form: cell.form, segment: -1) }
            let segment = if case .events(let body) = cell.body { body.segment } else { CellSegment.all }
            let place = segments.firstIndex(of: segment) ?? segments.count
            if place == segments.count { segments.append(segment) }
            return Rule(form: cell.form, segment: Int16(place))
        }
        self.segments = segments
    }
}
