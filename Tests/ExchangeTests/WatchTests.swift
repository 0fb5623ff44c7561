import ConsortiumSupport
import Exchange
import Records
import Testing
import Vocabulary

@Suite("A watch")
struct WatchTests {
    static let person = Person("borrower")

    static func lent() throws -> CoreConsortium {
        var consortium = try CoreConsortium()
        try consortium.furnish(.loan("L1", .disbursed, of: person, at: consortium.now), by: 0)
        try consortium.furnish(.loan("L2", .disbursed, of: person, at: consortium.now), by: 0)
        return consortium
    }

    @Test("over a loan that is unknown, or another member's, is refused by itself")
    func unknownLoansAreRefused() throws {
        var consortium = try Self.lent()
        let outcome = try consortium.watch(("w1", "L1"), ("w2", "no-such-loan"), by: 0)
        #expect(outcome.watching == 1)
        #expect(outcome.refused == [.init(watch: RecordID(named: "w2"), code: .unknownLoan)])
        let others = try consortium.watch(("w1", "L1"), by: 1)
        #expect(others.watching == 0 && others.refused.map(\.code) == [.unknownLoan])
    }

    @Test("under an id that stands for another loan, or for an ended watch, is refused")
    func idsAreNotReused() throws {
        var consortium = try Self.lent()
        try consortium.watch(("w1", "L1"), by: 0)
        #expect(try consortium.watch(("w1", "L2"), by: 0).refused.map(\.code) == [.recordConflict])
        try consortium.watch(ending: ["w1"], by: 0)
        #expect(try consortium.watch(("w1", "L1"), by: 0).refused.map(\.code) == [.recordConflict])
    }

    @Test("put again changes nothing, and so does ending what is not watched")
    func repeatingChangesNothing() throws {
        var consortium = try Self.lent()
        let first = try consortium.watch(("w1", "L1"), ("w2", "L2"), by: 0, name: "request")
        let stored = consortium.stored.count
        #expect(first.watching == 2)
        #expect(try consortium.watch(("w1", "L1"), ("w2", "L2"), by: 0, name: "request") == first)
        #expect(try consortium.watch(("w1", "L1"), by: 0) == first)
        #expect(try consortium.watch(ending: ["nothing"], by: 0).watching == 2)
        #expect(consortium.stored.count == stored)
        #expect(try consortium.watch(ending: ["w1"], by: 0).watching == 1)
        #expect(try consortium.watch(ending: ["w1"], by: 0).watching == 1)
    }
}
