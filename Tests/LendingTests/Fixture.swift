import Lending
import Records
import TestSupport
import Vocabulary

/// What the tests of this room start from: the published policy, one moment, and a shorthand for events.
enum Fixture {
    /// Wednesday 2026-02-25, 14:13:20 in Shanghai.
    static let now = Instant(seconds: 1_772_000_000)
    static let hour: Int64 = 3600
    static let day: Int64 = 86_400

    static func policy() throws -> Policy {
        let file = { (name: String) in try JSON(parsing: Checkout.bytes("schemas/policy/\(name).json")) }
        return try .assembling(
            settings: file("default-policy"), reasonCodes: file("reason-codes"),
            identifierKinds: file("identifier-kinds"), scorecard: file("scorecard"))
    }

    /// Products are numbered from 3 on, in another order than the policy's, to tell numbers from positions.
    static func productNumber(_ name: String, _ policy: Policy) -> UInt16? {
        policy.products.firstIndex { $0.text == name }.map { UInt16(3 + policy.products.count - 1 - $0) }
    }

    static func rules(_ policy: Policy) -> LendingRules {
        LendingRules(policy) { productNumber($0.text, policy) }
    }

    static func kinds(_ kinds: IdentifierKind...) -> UInt64 { kinds.reduce(0) { $0 | 1 << UInt64($1.rawValue) } }

    /// An event so many seconds before now; member 0 is the asker.
    static func event(
        _ stage: LoanStage?, ago seconds: Int64, member: UInt16 = 1, loan: UInt32 = 1,
        kinds: UInt64 = kinds(.nationalID), _ change: (inout LendingEvent) -> Void = { _ in }
    ) -> LendingEvent {
        var event = LendingEvent(
            time: now.adding(seconds: -seconds), stage: stage?.rawValue ?? LendingEvent.inquiryStage, member: member,
            isOwn: member == 0, loan: loan, kinds: kinds, tie: (UInt64(loan), UInt64(bitPattern: seconds)))
        change(&event)
        return event
    }

    static func view(
        _ events: [LendingEvent], asked: UInt64 = kinds(.nationalID, .phone)
    ) -> SubjectView {
        SubjectView(events: events, askedKinds: asked, now: now)
    }

    static func value(_ name: String, _ view: SubjectView) throws -> Int64? {
        let profile = Profile(name: "one", cells: [try Catalogue.current.cell(named: name)])
        return evaluate(profile, view, rules(try policy()))[0]
    }
}
