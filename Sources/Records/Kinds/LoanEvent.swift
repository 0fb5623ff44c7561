package import Vocabulary

/// A stage in the life of one loan at one member.
package struct LoanEvent: Hashable, Sendable {
    /// The member's own name for the loan; it never leaves the node towards others.
    package var loanRef: OpaqueReference
    package var stage: LoanStage
    package var product: ListedName?
    package var channel: LoanChannel?
    /// The loan's amount.
    package var amountBand: AmountBand?
    package var termMonths: UInt16?
    /// What is due each month.
    package var instalmentBand: AmountBand?
    /// What is still owed.
    package var balanceBand: AmountBand?
    /// How late, at the stage `overdue`.
    package var dueBucket: DueBucket?

    package static let maximumTermMonths: Int64 = 600

    package init(
        loanRef: OpaqueReference, stage: LoanStage, product: ListedName? = nil, channel: LoanChannel? = nil,
        amountBand: AmountBand? = nil, termMonths: UInt16? = nil, instalmentBand: AmountBand? = nil,
        balanceBand: AmountBand? = nil, dueBucket: DueBucket? = nil
    ) {
        (self.loanRef, self.stage, self.product, self.channel) = (loanRef, stage, product, channel)
        (self.amountBand, self.termMonths, self.instalmentBand) = (amountBand, termMonths, instalmentBand)
        (self.balanceBand, self.dueBucket) = (balanceBand, dueBucket)
    }

    package init(reading reader: inout ObjectReader) throws(FieldFailure) {
        loanRef = try reader.parsed("loanRef", as: OpaqueReference.init)
        stage = try reader.choice("stage", LoanStage.names)
        product = try reader.optionalParsed("product", as: ListedName.init)
        channel = try reader.optionalChoice("channel", LoanChannel.names)
        amountBand = try reader.optionalParsed("amountBand", as: AmountBand.init)
        termMonths = try reader.optionalInteger("termMonths", in: 1...Self.maximumTermMonths).map { UInt16($0) }
        instalmentBand = try reader.optionalParsed("instalmentBand", as: AmountBand.init)
        balanceBand = try reader.optionalParsed("balanceBand", as: AmountBand.init)
        dueBucket = try reader.optionalChoice("dueBucket", DueBucket.names)
    }

    package var members: [JSON.Member] {
        JSON.members([
            "loanRef": .string(loanRef.text),
            "stage": .string(stage.name),
            "product": .optional(product?.text),
            "channel": .optional(channel?.name),
            "amountBand": .optional(amountBand?.label),
            "termMonths": .optional(termMonths.map { Int($0) }),
            "instalmentBand": .optional(instalmentBand?.label),
            "balanceBand": .optional(balanceBand?.label),
            "dueBucket": .optional(dueBucket?.label),
        ])
    }
}

/// The stages of a loan in the order in which they usually come (DOMAIN §2).
///
/// The raw value is the byte in stored facts.
package enum LoanStage: UInt8, Hashable, Sendable, CaseIterable {
    case inquired = 1
    case applied, approved, refused, withdrawn, signed, disbursed, paid, debitFailed, overdue, cured, restructured
    case settled, writtenOff

    static let names = NameTable(allCases)
    package var name: String { Self.names.name(of: self) }

    /// Whether nothing follows: the application or the loan is over.
    package var isFinal: Bool {
        switch self {
        case .refused, .withdrawn, .settled, .writtenOff: true
        case .inquired, .applied, .approved, .signed, .disbursed, .paid, .debitFailed, .overdue, .cured,
            .restructured:
            false
        }
    }

    /// Whether the loan is an application that somebody may still fund (the gap in which stacking happens).
    package var isLiveApplication: Bool {
        switch self {
        case .applied, .approved, .signed: true
        case .inquired, .refused, .withdrawn, .disbursed, .paid, .debitFailed, .overdue, .cured, .restructured,
            .settled, .writtenOff:
            false
        }
    }
}

/// Where the loan was asked for.
package enum LoanChannel: UInt8, Hashable, Sendable, CaseIterable {
    case online = 1
    case branch, agent, pointOfSale, telephone, other

    static let names = NameTable(allCases)
    package var name: String { Self.names.name(of: self) }
}

/// Days past due, in the trade's four buckets.
package enum DueBucket: UInt8, Hashable, Sendable, CaseIterable {
    case days1To30 = 1
    case days31To60, days61To90, daysOver90

    static let names = NameTable(allCases, name: \.label)

    package var label: String {
        switch self {
        case .days1To30: "1-30"
        case .days31To60: "31-60"
        case .days61To90: "61-90"
        case .daysOver90: "over-90"
        }
    }
}
