import Lending
import Records
import Testing
import Vocabulary

@Suite("What an asker may learn of others")
struct DisclosureTests {
    let policy: Policy

    init() throws { policy = try Fixture.policy() }

    /// - Parameter others: by class: bank, consumer-finance and so on.
    private func disclosure(_ others: Int...) -> Disclosure {
        let rest = [Int](repeating: 0, count: policy.memberClasses.count - others.count)
        return Disclosure(activeOthersByClass: others + rest, isAskerActive: true, policy: policy)
    }

    private func told(_ name: String, _ value: Int64?, _ disclosure: Disclosure) throws -> JSON {
        disclosure.told(try Catalogue.current.cell(named: name), value)
    }

    @Test("with two other members nothing about others is told, with three it is")
    func fewMembers() throws {
        let names = [
            "application.others.subject.all.30d.members", "exposure.others.openLoans", "stacking.others.rollovers",
            "identity.phonesPerID", "application.others.subject.night.30d.count", "exposure.others.outstanding",
            "application.others.disagree.all.30d.count", "exposure.others.worstBucket",
        ]
        for name in names {
            #expect(try told(name, 1, disclosure(2)) == .null, "\(name)")
            #expect(try told(name, 0, disclosure(2)) == .null, "\(name)")
            #expect(try told(name, 1, disclosure(3)) != .null, "\(name)")
        }
        #expect(!disclosure(2).offersOthers && disclosure(2).others(0) == nil)
        #expect(disclosure(3).offersOthers && disclosure(3).others(7) == "5-9")
        #expect(try told("application.own.subject.all.30d.count", 7, disclosure(0)) == 7)
    }

    @Test(
        "values about others are told in bands below twenty members, and exactly from twenty on",
        arguments: [
            ("application.others.subject.all.30d.members", 4, "3-4", "4"),
            ("application.others.subject.all.30d.count", 11, "10+", "11"),
            ("application.others.subject.all.30d.count", 5000, "10+", "5000"),
            ("application.others.subject.all.360d.meanPerActiveMonth", 299, "2", "299"),
            ("application.others.subject.all.360d.meanPerActiveMonth", 300, "3-4", "300"),
            ("application.others.subject.all.360d.daysSinceLast", 6, "0-7d", "6"),
            ("application.others.subject.all.360d.daysSinceLast", 7, "7-30d", "7"),
            ("application.others.subject.all.360d.maxGapDays", 359, "180-360d", "359"),
            ("identity.daysSincePairFirstSeen", 1799, "1080-1800d", "1799"),
            ("identity.daysSincePairFirstSeen", 40_000, "1800d+", "40000"),
            ("application.others.subject.all.30d.shareOf180d", 0, "0", "0"),
            ("application.others.subject.all.30d.shareOf180d", 24, "1-24", "24"),
            ("application.others.subject.all.30d.shareOf180d", 99, "75-99", "99"),
            ("application.others.subject.all.30d.shareOf180d", 100, "100", "100"),
            ("application.others.subject.all.360d.rise", -7, "-1", "-7"),
            ("application.others.subject.all.360d.rise", 7, "1", "7"),
            ("disbursed.others.subject.all.30d.amount", 10, "1000-2000", "1000-2000"),
            ("exposure.others.outstanding", 0, "0", "0"), ("exposure.others.worstBucket", 3, "3", "3"),
            ("application.others.disagree.all.180d.count", 1, "1", "1"), ("exposure.others.openLoans", 9, "5-9", "9"),
        ] as [(String, Int64, String, String)])
    func bands(_ name: String, _ value: Int64, _ banded: String, _ exact: String) throws {
        #expect(try told(name, value, disclosure(18)) == .string(banded))
        #expect(try told(name, value, disclosure(19)) == .string(exact))
        #expect(try told(name, nil, disclosure(19)) == .null)
    }

    @Test("own values are numbers, amounts apart")
    func ownValues() throws {
        let few = disclosure(0)
        #expect(try told("application.own.subject.all.360d.meanPerActiveMonth", 167, few) == 167)
        #expect(try told("application.own.subject.all.360d.amount", 10, few) == "1000-2000")
        #expect(try told("exposure.own.worstBucket", 2, few) == 2)
        #expect(try told("application.own.subject.all.360d.rise", -3, few) == -3)
        #expect(try told("application.own.subject.all.360d.maxGapDays", nil, few) == .null)
    }

    @Test("a whole profile is told as its cells are one by one")
    func profile() throws {
        let full = try #require(Catalogue.current.profile(named: "full"))
        var random = RandomSubjects(seed: 41, policy: policy)
        let rules = Fixture.rules(policy)
        for members in [disclosure(0), disclosure(2), disclosure(3, 2), disclosure(1, 3, 3), disclosure(9, 9, 9)] {
            let values = evaluate(full, random.next(events: 40), rules)
            let told = members.told(full, values)
            #expect(told.count == full.cells.count)
            for (index, cell) in full.cells.enumerated() {
                #expect(told[index] == members.told(cell, values[index]), "\(cell.name), seed 41")
            }
        }
    }
}
