import Bench
import Exchange
import Foundation
import FoundationEssentials
import Records
import Registry
import TestSupport
import Testing
import Vocabulary

/// The bare core as benches and the check of the statistics drive it.
@Suite("Core without services")
struct CoreStageTests {
    private static let start = Instant(seconds: 1_735_689_600)

    private func stage() throws -> CoreStage {
        let policy = try PolicyFile.read(Checkout.file("schemas/policy").path)
        let members = try (1...5).map { (id: try MemberID("m\($0)"), memberClass: policy.memberClasses[0].name) }
        return try CoreStage(members: members, policy: policy, now: Self.start)
    }

    private func person(_ number: UInt8) -> Subject<IndexedIdentifier> {
        let index = LookupKey.digest("test", [[number]])
        return Subject(role: .borrower, identifiers: [IndexedIdentifier(kind: .nationalID, role: .own, index: index)])
    }

    private func id(_ number: UInt8) -> RecordID { RecordID(random: [UInt8](repeating: number, count: 16)) }

    private func application(
        _ number: UInt8, of person: Subject<IndexedIdentifier>, at time: Instant
    ) throws -> Record<IndexedIdentifier> {
        let event = LoanEvent(loanRef: try OpaqueReference("loan-\(number)"), stage: .applied)
        return Record(recordID: id(number), eventTime: time, subjects: [person], body: .loanEvent(event))
    }

    private func check(
        _ person: Subject<IndexedIdentifier>, by member: String, _ mode: CheckMode, asOf: Instant? = nil
    ) throws -> Check<IndexedIdentifier> {
        Check(
            consortium: "demo", member: try MemberID(member), check: id(200), madeAt: Self.start, purpose: .application,
            mode: mode, applicationRef: try OpaqueReference("a"), consent: Bytes32(), product: nil,
            asOf: asOf.map { AsOf(instant: $0, basis: .received) }, subject: person)
    }

    @Test("what one member furnishes is told another, about that person alone")
    func furnished() throws {
        var stage = try stage()
        let now = Self.start.adding(days: 2)
        try stage.furnish([application(1, of: person(1), at: Self.start)], as: id(9), by: MemberID("m1"), at: now)
        #expect(try stage.put(check(person(1), by: "m2", .soft), at: now).body.status == .found)
        #expect(try stage.put(check(person(2), by: "m2", .soft), at: now).body.status == .noRecord)
        #expect(stage.entryCount == 1)
    }

    @Test("a past moment knows nothing of what came later")
    func past() throws {
        var stage = try stage()
        let now = Self.start.adding(days: 2)
        try stage.furnish([application(1, of: person(1), at: Self.start)], as: id(9), by: MemberID("m1"), at: now)
        let before = try check(person(1), by: "m2", .soft, asOf: Self.start.adding(days: 1))
        #expect(try stage.put(before, at: now).body.status == .noRecord)
    }

    @Test("a hard check leaves an inquiry, a soft one nothing")
    func inquiries() throws {
        var stage = try stage()
        let now = Self.start.adding(days: 1)
        try stage.put(check(person(1), by: "m2", .soft), at: now)
        #expect(try stage.put(check(person(1), by: "m3", .soft), at: now).body.status == .noRecord)
        try stage.put(check(person(1), by: "m2", .hard), at: now)
        #expect(try stage.put(check(person(1), by: "m3", .soft), at: now).body.status == .found)
    }

    @Test("a record that the policy does not admit is refused")
    func refused() throws {
        var stage = try stage()
        let future = try application(1, of: person(1), at: Self.start.adding(days: 9))
        #expect(throws: Problem.self) {
            try stage.furnish([future], as: id(9), by: MemberID("m1"), at: Self.start.adding(days: 1))
        }
        #expect(stage.entryCount == 0)
    }

    @Test("nobody but a member furnishes")
    func stranger() throws {
        var stage = try stage()
        let record = try application(1, of: person(1), at: Self.start)
        #expect(throws: Problem.self) {
            try stage.furnish([record], as: id(9), by: MemberID("m6"), at: Self.start.adding(days: 1))
        }
    }
}
