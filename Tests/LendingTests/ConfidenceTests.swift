import Lending
import Records
import Testing
import TestSupport
import Vocabulary

@Suite("How much data a score rests on")
struct ConfidenceTests {
    let policy: Policy
    let card: CompiledScorecard

    init() throws {
        policy = try Fixture.policy()
        card = try CompiledScorecard(policy.scorecard, catalogue: .current, countBands: policy.countBands)
    }

    private func disclosure(_ others: Int) -> Disclosure {
        let byClass = [others] + [Int](repeating: 0, count: policy.memberClasses.count - 1)
        return Disclosure(activeOthersByClass: byClass, isAskerActive: true, policy: policy)
    }

    /// So many inquiries, the first so many days before the rest.
    private func events(_ count: Int, _ days: Int64, member: UInt16) -> [LendingEvent] {
        (0..<count).map { number in
            Fixture.event(
                nil, ago: number == 0 ? days * Fixture.day : 0, member: member,
                loan: UInt32(number) + 1000 * UInt32(member))
        }
    }

    private func confidence(
        own: (Int, Int64) = (0, 0), others: (Int, Int64) = (0, 0), of members: Int = 3
    ) -> Score.Confidence {
        let all = events(own.0, own.1, member: 0) + events(others.0, others.1, member: 1)
        return card.score(PreparedSubject(Fixture.view(all), Fixture.rules(policy)), disclosure(members)).confidence
    }

    @Test("the asker's own events count one by one, and their span by the day")
    func own() {
        #expect(confidence() == .low)
        #expect(confidence(own: (3, 12)) == .low && confidence(own: (3, 16)) == .medium)
        #expect(confidence(own: (60, 67)) == .medium && confidence(own: (60, 68)) == .high)
        #expect(confidence(own: (60, 68), of: 0) == .high)
    }

    @Test("others' events count as the least that their bands allow")
    func others() {
        #expect(confidence(others: (4, 29)) == .low && confidence(others: (3, 30)) == .medium)
        #expect(confidence(others: (4, 0)) == .low && confidence(others: (5, 0)) == .medium)
        #expect(confidence(others: (60, 89)) == .medium && confidence(others: (60, 90)) == .high)
        #expect(confidence(own: (1, 0), others: (3, 0)) == .medium)
    }

    @Test("others' events count nothing where they are not told, and exactly where they are told exactly")
    func untoldAndExact() {
        #expect(confidence(others: (60, 700), of: 2) == .low)
        #expect(confidence(own: (3, 12), others: (60, 700), of: 2) == .low)
        #expect(confidence(others: (3, 16), of: 19) == .medium && confidence(others: (3, 16), of: 18) == .low)
        #expect(confidence(others: (4, 0), of: 19) == .medium && confidence(others: (4, 0), of: 18) == .low)
    }

    @Test("no two numbers or spans of others that are told alike give another confidence")
    func insideBands() {
        let days: [ClosedRange<Int64>] = [0...6, 7...29, 30...89, 90...179, 180...359, 360...719]
        for own in 0...4 {
            for counts in [3...4, 5...9, 10...30] {
                for span in days {
                    let ends = [counts.lowerBound, counts.upperBound].flatMap { count in
                        [span.lowerBound, span.upperBound].map { confidence(own: (own, 10), others: (count, $0)) }
                    }
                    #expect(Set(ends).count == 1, "\(own) own, others \(counts) over \(span) days")
                }
            }
        }
    }
}
