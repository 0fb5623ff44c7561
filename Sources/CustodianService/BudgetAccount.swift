package import Records
package import Vocabulary

/// What is counted together: one member's tokens of one key class for one purpose, on one day or under one grant.
package struct BudgetAccount: Hashable, Sendable {
    package enum Span: Hashable, Sendable {
        /// Days since 1970-01-01 in the policy's time zone.
        case day(Int64)
        /// A grant of the registry, over its whole window and every renewal.
        case grant(ListedName)
    }

    package let member: MemberID
    package let span: Span
    package let keyClass: KeyClass
    package let purpose: Purpose

    package init(member: MemberID, span: Span, keyClass: KeyClass, purpose: Purpose) {
        (self.member, self.span, self.keyClass, self.purpose) = (member, span, keyClass, purpose)
    }
}
