import Records
import Simulation
import Testing
import Vocabulary

@Suite("The truth of a simulated population")
struct TruthTests {
    /// The own identifiers of a document's first subject, or of a check's applicant.
    private func identifiers(_ event: SimulatedEvent) -> (ids: [String], others: [String]) {
        let json = event.document
        guard let applicant = json["applicant"] ?? json["subjects"]?.array?.first?["applicant"] else { return ([], []) }
        let ids = applicant["nationalIDs"]?.array?.compactMap { $0["value"]?.string } ?? []
        let devices = applicant["devices"]?.array?.compactMap { $0["value"]?.string } ?? []
        let texts = ["phones", "cards", "emails"].flatMap { applicant[$0]?.array?.compactMap(\.string) ?? [] }
        let homes = applicant["addresses"]?.array?.compactMap { $0["line"]?.string } ?? []
        return (ids, devices + texts + homes)
    }

    @Test("a careful ring shares nothing until it strikes, and something then")
    func carefulRings() throws {
        let town = try Fixture.town.get()
        let careful = town.truths.compactMap { $0 }.filter { $0.labels.contains(.carefulRing) }
        let rings = Set(careful.map(\.ring))
        try #require(rings.count > 1)
        let strikes = Dictionary(uniqueKeysWithValues: careful.map { ($0.person, $0.strikesAt) })
        var before: [String: Set<Int>] = [:]
        var after: [String: Set<Int>] = [:]
        for event in town.events {
            let kind = event.document["kind"]?.string
            guard kind == nil || kind == "loanEvent", let strike = strikes[event.person] as? Instant else { continue }
            for text in identifiers(event).others {
                if event.receivedTime < strike { before[text, default: []].insert(event.person) }
                after[text, default: []].insert(event.person)
            }
        }
        #expect(before.count > 20)
        #expect(before.filter { $0.value.count > 1 }.isEmpty)
        #expect(after.contains { $0.value.count > 2 })
    }

    @Test("a stacker signs at several lenders within days of striking")
    func stackers() throws {
        let town = try Fixture.town.get()
        var signed: [Int: Set<Int>] = [:]
        for event in town.events {
            guard let truth = town.truths[event.person], truth.labels.contains(.stacker), let strike = truth.strikesAt,
                event.document["stage"] == "signed"
            else { continue }
            let time = try Instant(event.document["eventTime"]?.string ?? "")
            if time >= strike, time < strike.adding(seconds: 4 * 86_400) {
                signed[event.person, default: []].insert(event.memberIndex)
            }
        }
        let stackers = town.truths.compactMap { $0 }.filter { $0.labels.contains(.stacker) }.count
        #expect(stackers > 15)
        #expect(signed.values.filter { $0.count >= 3 }.count * 10 > stackers * 8)
    }

    @Test("the truth file's identifiers are those of the person's records")
    func identifiersOfTruth() throws {
        let town = try Fixture.town.get()
        for event in town.events {
            guard event.document["kind"] == "loanEvent", let truth = town.truths[event.person] else { continue }
            for id in identifiers(event).ids { #expect(truth.nationalIDs.contains(id)) }
        }
    }

    @Test("somebody borrows new and repays old within a week")
    func rollovers() throws {
        var disbursed: [Int: [Int64]] = [:]
        var cured: [Int: [Int64]] = [:]
        for event in try Fixture.year.get() + Fixture.town.get().events {
            guard let text = event.document["eventTime"]?.string else { continue }
            let time = try Instant(text).milliseconds
            if event.document["stage"] == "disbursed" { disbursed[event.person, default: []].append(time) }
            if event.document["stage"] == "cured" { cured[event.person, default: []].append(time) }
        }
        let week: ClosedRange<Int64> = 0...7 * 86_400_000
        let count = cured.filter { person, times in
            times.contains { time in disbursed[person, default: []].contains { week.contains(time - $0) } }
        }.count
        #expect(count > 3)
    }

    @Test("sizes are skewed, and more is done by day than by night")
    func shapes() throws {
        let events = try Fixture.year.get()
        let first = events.filter { $0.memberIndex == 0 }.count
        let last = events.filter { $0.memberIndex == 11 }.count
        #expect(first > 2 * last)
        let hours = try events.compactMap { event -> Int? in
            guard event.document["stage"] == "applied" else { return nil }
            let seconds = try Instant(event.document["eventTime"]?.string ?? "").seconds
            return Int((seconds + 8 * 3600) / 3600 % 24)
        }
        let night = hours.filter { (1..<5).contains($0) }.count
        #expect(night > 0 && night * 12 < hours.count * 4)
    }
}
