import Lending
import Records
import Testing
import TestSupport
import Vocabulary

@Suite("Segments told apart")
struct SegmentTests {
    let policy: Policy

    init() throws { policy = try Fixture.policy() }

    private func disclosure(_ others: [Int], minimum: Int = 3) -> Disclosure {
        let rest = [Int](repeating: 0, count: policy.memberClasses.count - others.count)
        return Disclosure(
            activeOthersByClass: others + rest, classes: policy.memberClasses, minimumMembers: minimum, isExact: false,
            countBands: policy.countBands)
    }

    private func tells(_ segment: String, _ disclosure: Disclosure) throws -> Bool {
        let cell = try Catalogue.current.cell(named: "application.others.subject.\(segment).all.count")
        let isTold = disclosure.told(cell, 1) != .null
        #expect(isTold == disclosure.tells(cell))
        return isTold
    }

    /// The names of the halves and classes that are told.
    private func offered(_ others: Int..., minimum: Int = 3) throws -> [String] {
        let names = ["bank", "nonBank"] + policy.memberClasses.map { "class-\($0.name.text)" }
        return try names.filter { try tells($0, disclosure(others, minimum: minimum)) }
    }

    @Test("banks are not told beside a single lender that is none, nor the other way round")
    func oneOfTheOtherHalf() throws {
        #expect(try offered(3, 1) == [])
        #expect(try offered(1, 3) == [])
        #expect(try offered(9, 2) == [])
        #expect(try offered(3, 0, 0, 0, 1, 1) == [])
        #expect(try offered(3, 3) == ["bank", "nonBank", "class-bank", "class-consumer-finance"])
    }

    @Test("where there is nobody else, a class is all; the halves are told only together")
    func oneClass() throws {
        #expect(try offered(5) == ["class-bank"])
        #expect(try offered(0, 5) == ["class-consumer-finance"])
        #expect(try offered(2) == [])
    }

    @Test("the smallest class that is large enough is withheld beside one or two others, of equal ones the first")
    func smallestWithheld() throws {
        let halves = ["bank", "nonBank", "class-bank"]
        #expect(try offered(3, 2, 1) == halves)
        #expect(try offered(3, 4, 3, 1) == halves + ["class-consumer-finance"])
        #expect(try offered(3, 3, 4, 1) == halves + ["class-online-micro-credit"])
        #expect(try offered(3, 3, 3, 1) == halves + ["class-online-micro-credit"])
        #expect(try offered(3, 3, 3, 1, 2) == halves + ["class-consumer-finance", "class-online-micro-credit"])
        #expect(try offered(3, 3, 3, 1, minimum: 2) == halves + ["class-online-micro-credit"])
    }

    @Test("where the halves are not told, classes are withheld across them")
    func acrossHalves() throws {
        #expect(try offered(2, 3, 2) == ["class-consumer-finance"])
        #expect(try offered(2, 3, 4) == ["class-online-micro-credit"])
        #expect(try offered(3, 1, 1) == [])
        #expect(try offered(4, 0, 0, 0, 0, 0, 0, 2) == [])
    }

    @Test("what does not part the members is told in any case, and so is what the asker furnished")
    func rest() throws {
        let members = disclosure([3, 1])
        for segment in ["all", "night", "weekend", "product-mortgage"] {
            #expect(try tells(segment, members), "\(segment)")
        }
        #expect(try !tells("class-none-such", members))
        let own = try Catalogue.current.cell(named: "application.own.subject.class-bank.30d.count")
        #expect(members.told(own, 1) == 1)
    }

    @Test("no sum of segments that are told leaves fewer members than the minimum, unless none", arguments: 1...5)
    func remainders(minimum: Int) throws {
        var random = SeededGenerator(seed: 97 + UInt64(minimum))
        let classes = policy.memberClasses
        let halves = [MemberClass.Segment.bank, .nonBank].map { half in
            classes.indices.reduce(0) { $0 | (classes[$1].segment == half ? 1 << $1 : 0) }
        }
        var toldApart = 0
        for _ in 0..<60 {
            let others = classes.map { _ in Int.random(in: 0...(minimum + 2), using: &random) / Int.random(in: 1...3) }
            let members = disclosure(others, minimum: minimum)
            var told = try tells("all", members) ? [(1 << classes.count) - 1] : []
            for (name, half) in zip(["bank", "nonBank"], halves) where try tells(name, members) { told.append(half) }
            for (index, each) in classes.enumerated() where try tells("class-\(each.name.text)", members) {
                told.append(1 << index)
            }
            toldApart += max(0, told.count - 1)
            for whole in told {
                let parts = told.filter { $0 & ~whole == 0 }
                for choice in 0..<(1 << parts.count) {
                    let taken = parts.indices.reduce(0) { choice >> $1 & 1 == 1 ? $0 | parts[$1] : $0 }
                    let left = classes.indices.reduce(0) { (whole & ~taken) >> $1 & 1 == 1 ? $0 + others[$1] : $0 }
                    if left != 0, left < minimum {
                        Issue.record("\(left) of \(others) are left of \(whole) less \(taken), minimum \(minimum)")
                    }
                }
            }
        }
        #expect(toldApart > 60)
    }
}
