import Foundation
import Lending
import Records
import Vocabulary

/// The statistics once more, slowly and straight from their definitions: one cell at a time, from its name alone.
struct Reference {
    /// A cell's name, taken apart.
    struct Name {
        let text: String
        let parts: [String]
        /// The windows of a cell over events, as the largest age.
        let age: Int64
        let longerAge: Int64
        /// The parts that choose the events but for the window.
        let series: String
        /// Of a cell that compares kinds: the same cell under each exact kind.
        let ofKinds: [Name]

        init(_ text: String) {
            self.text = text
            parts = text.split(separator: ".").map(String.init)
            let seconds = { (token: String) in Reference.windows.first { $0.key == token }?.value ?? 0 }
            age = parts.count == 6 ? 1000 * seconds(parts[4]) : 0
            longerAge = parts.count == 6 ? 1000 * seconds(String(parts[5].dropFirst(7))) : 0
            series = parts.prefix(4).joined(separator: ".")
            let (before, after) = (parts.prefix(2), parts.dropFirst(3))
            let compares = parts.count == 6 && ["max", "disagree"].contains(parts[2])
            ofKinds = !compares ? [] : Reference.exactKinds.map { kind in
                Name((before + [kind] + after).joined(separator: "."))
            }
        }
    }

    /// A class, so that a thousand lists of the same events copy none.
    final class Event {
        let event: LendingEvent
        let day: Int
        let month: Int
        let hour: Int
        let weekday: Int
        var product: UInt16
        let age: Int64
        var stages: Set<String>

        init(_ event: LendingEvent, day: Int, _ parts: DateComponents, age: Int64, stage: String) {
            (self.event, self.day, self.age, stages, product) = (event, day, age, [stage], event.product)
            month = (parts.year ?? 0) * 100 + (parts.month ?? 0)
            (hour, weekday) = (parts.hour ?? 0, parts.weekday ?? 0)
        }
    }

    let view: SubjectView
    let policy: Policy
    /// In order.
    private(set) var events: [Event] = []
    /// By the first four parts of a name.
    private var series: [String: [Event]] = [:]
    private let calendar: Calendar

    static let windows: KeyValuePairs<String, Int64> = [
        "1h": 3600, "24h": 86_400, "7d": 604_800, "15d": 1_296_000, "30d": 2_592_000, "60d": 5_184_000,
        "90d": 7_776_000, "180d": 15_552_000, "360d": 31_104_000, "720d": 62_208_000, "all": 1 << 50,
    ]
    static let stageNames = [
        "inquired", "applied", "approved", "refused", "withdrawn", "signed", "disbursed", "paid", "debitFailed",
        "overdue", "cured", "restructured", "settled", "writtenOff",
    ]
    static let exactKinds = ["nationalID", "phone", "card", "device", "email"]
    static let kindNumbers = ["nationalID": 1, "phone": 2, "card": 3, "device": 4, "email": 5, "nameBirthDate": 32]

    init(_ view: SubjectView, _ policy: Policy) {
        (self.view, self.policy) = (view, policy)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: policy.timeZone.offsetMinutes * 60) ?? .gmt
        self.calendar = calendar
        let sorted = view.events.sorted { left, right in
            (left.time, left.stage, left.tie.high, left.tie.low)
                < (right.time, right.stage, right.tie.high, right.tie.low)
        }
        events = sorted.map { event in localised(event) }
        for loan in Set(sorted.filter { $0.stage != 64 }.map(\.loan)) { markLoan(loan) }
    }

    private func localised(_ event: LendingEvent) -> Event {
        let date = Date(timeIntervalSince1970: (Double(event.time.milliseconds) / 1000).rounded(.down))
        let parts = calendar.dateComponents([.year, .month, .hour, .weekday], from: date)
        let stage = event.stage == 64 ? "inquiry" : Self.stageNames[Int(event.stage) - 1]
        return Event(
            event, day: day(event.time.milliseconds), parts,
            age: max(0, view.now.milliseconds - event.time.milliseconds), stage: stage)
    }

    func day(_ milliseconds: Int64) -> Int {
        Int((Double(milliseconds + Int64(policy.timeZone.offsetMinutes) * 60_000) / 86_400_000).rounded(.down))
    }

    /// Which of a loan's events stand for its application and its commitment, and the product of those without one.
    private mutating func markLoan(_ loan: UInt32) {
        let places = events.indices.filter { events[$0].event.loan == loan && events[$0].event.stage != 64 }
        let applied = places.first { events[$0].stages.contains("applied") }
        events[applied ?? places[0]].stages.insert("application")
        if let committed = places.first(where: { !events[$0].stages.isDisjoint(with: ["signed", "disbursed"]) }) {
            events[committed].stages.insert("committed")
        }
        let product = places.map { events[$0].event.product }.first(where: { $0 != 0 }) ?? UInt16(0)
        for place in places where events[place].product == 0 { events[place].product = product }
    }

    mutating func value(_ name: Name) -> Int64? {
        switch name.parts[0] {
        case "exposure": return ReferenceMeasures(self).exposure(name.parts[1] == "own", name.parts[2])
        case "stacking": return ReferenceMeasures(self).stacking(name.parts[1] == "own", name.parts[2])
        case "identity": return identity(name.parts[1])
        default: break
        }
        guard !name.ofKinds.isEmpty else { return eventValue(name) }
        var values: [Int64?] = []
        for (kind, ofKind) in zip(Self.exactKinds, name.ofKinds)
        where view.askedKinds & 1 << UInt64(Self.kindNumbers[kind] ?? 0) != 0 {
            values.append(eventValue(ofKind))
        }
        if name.parts[2] == "max" { return values.compactMap { $0 }.max() }
        return Set(values.map { $0 ?? 0 }).count > 1 ? 1 : 0
    }

    private mutating func eventValue(_ name: Name) -> Int64? {
        let ofSeries = series[name.series] ?? events.filter { passes($0, name.parts) }
        series[name.series] = ofSeries
        return ReferenceStatistics(reference: self, series: ofSeries).value(name)
    }

    private func passes(_ event: Event, _ parts: [String]) -> Bool {
        guard event.stages.contains(parts[0]), event.event.isOwn == (parts[1] == "own") else { return false }
        if let kind = Self.kindNumbers[parts[2]], event.event.kinds & 1 << UInt64(kind) == 0 { return false }
        let memberClass = Int(event.event.memberClass) < policy.memberClasses.count
            ? policy.memberClasses[Int(event.event.memberClass)] : nil
        switch parts[3] {
        case "all": return true
        case "bank": return memberClass?.segment == .bank
        case "nonBank": return memberClass?.segment == .nonBank
        case "night": return (1...4).contains(event.hour)
        case "weekend": return event.weekday == 1 || event.weekday == 7
        case let segment where segment.hasPrefix("class-"):
            return memberClass.map { $0.name.text == segment.dropFirst(6) } ?? false
        case let segment:
            let number = Fixture.productNumber(String(segment.dropFirst(8)), policy)
            return number != nil && number == event.product
        }
    }

    private func identity(_ measure: String) -> Int64? {
        let values = view.identity
        let table: [String: Int?] = [
            "phonesPerID": values.phonesPerID, "cardsPerID": values.cardsPerID, "IDsPerPhone": values.IDsPerPhone,
            "IDsPerDevice": values.IDsPerDevice, "daysSincePairFirstSeen": values.daysSincePairFirstSeen,
            "daysSinceConflictingPair": values.daysSinceConflictingPair,
            "phoneAsOthersContact": values.phoneAsOthersContact,
        ]
        return table[measure].flatMap { $0 }.map(Int64.init)
    }
}
