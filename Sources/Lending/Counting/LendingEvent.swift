package import Vocabulary

/// One event of the person, as statistics see it: a stage of a loan, or an inquiry.
package struct LendingEvent: Sendable {
    /// The stage number of an inquiry; loan stages have `LoanStage`'s raw values.
    package static let inquiryStage: UInt8 = 64
    /// A band that the event does not state, or a class that the policy does not list.
    package static let none: UInt8 = 255

    package var time: Instant
    package var stage: UInt8
    /// Any numbering that gives each member one number.
    package var member: UInt16
    /// Whether the asker furnished it.
    package var isOwn: Bool
    /// Any numbering that gives each loan (and each inquiry) one number.
    package var loan: UInt32
    /// The asked own identifiers' kinds under which its case was met: bits by `IdentifierKind.rawValue`.
    package var kinds: UInt64
    /// The product's number as `LendingRules` was told; 0 where it states none.
    package var product: UInt16
    /// The position of its member's class in the policy's list, or `none`.
    package var memberClass: UInt8
    /// Indices of `AmountBand`, or `none`.
    package var amountBand: UInt8
    package var instalmentBand: UInt8
    package var balanceBand: UInt8
    /// `DueBucket`'s raw value; 0 where it states none.
    package var dueBucket: UInt8
    /// A digest of the record's content, by which events of one time and stage stand in one order.
    package var tie: (high: UInt64, low: UInt64)

    package init(
        time: Instant, stage: UInt8, member: UInt16, isOwn: Bool, loan: UInt32, kinds: UInt64, product: UInt16 = 0,
        memberClass: UInt8 = none, amountBand: UInt8 = none, instalmentBand: UInt8 = none, balanceBand: UInt8 = none,
        dueBucket: UInt8 = 0, tie: (high: UInt64, low: UInt64)
    ) {
        (self.time, self.stage, self.member, self.isOwn, self.loan) = (time, stage, member, isOwn, loan)
        (self.kinds, self.product, self.memberClass) = (kinds, product, memberClass)
        (self.amountBand, self.instalmentBand, self.balanceBand) = (amountBand, instalmentBand, balanceBand)
        (self.dueBucket, self.tie) = (dueBucket, tie)
    }

    /// The order of events: by time, then stage number, then content; arrival has no part in it.
    static func isBefore(_ left: LendingEvent, _ right: LendingEvent) -> Bool {
        if left.time != right.time { return left.time < right.time }
        if left.stage != right.stage { return left.stage < right.stage }
        return left.tie < right.tie
    }
}
