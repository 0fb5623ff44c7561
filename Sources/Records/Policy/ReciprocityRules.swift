internal import Vocabulary

/// How a member's right to check follows what it furnishes (DOMAIN §7).
package struct ReciprocityRules: Hashable, Sendable {
    /// A member may check for so many days after its admission, whatever it furnishes.
    package let graceDays: Int
    /// With fewer checks than these a member's furnishing is not judged.
    package let minimumChecks: Int
    /// 0 to 100.
    package let minimumFreshPercent: Int
    /// 0 to 100.
    package let minimumCompletePercent: Int
    /// A loan is fresh if its newest event is at most so many days old.
    package let freshDays: Int
    /// The outcome of a hard application check is due so many days after it.
    package let outcomeDays: Int
    /// Whether too little is refused, and not merely shown.
    package let enforced: Bool
}

extension ReciprocityRules {
    init(reading reader: consuming ObjectReader) throws(FieldFailure) {
        graceDays = try reader.count("graceDays", atMost: RetentionRule.maximumDays, atLeast: 0)
        minimumChecks = try reader.count("minimumChecks", atMost: 1_000_000_000, atLeast: 0)
        minimumFreshPercent = try reader.count("minimumFreshPercent", atMost: 100, atLeast: 0)
        minimumCompletePercent = try reader.count("minimumCompletePercent", atMost: 100, atLeast: 0)
        freshDays = try reader.count("freshDays", atMost: RetentionRule.maximumDays)
        outcomeDays = try reader.count("outcomeDays", atMost: RetentionRule.maximumDays)
        guard let enforced = try reader.optionalBool("enforced") else { throw reader.failure("enforced", .missing) }
        self.enforced = enforced
        try reader.finish()
    }

    var json: JSON {
        .object([
            "graceDays": .number(graceDays), "minimumChecks": .number(minimumChecks),
            "minimumFreshPercent": .number(minimumFreshPercent),
            "minimumCompletePercent": .number(minimumCompletePercent), "freshDays": .number(freshDays),
            "outcomeDays": .number(outcomeDays), "enforced": .bool(enforced),
        ])
    }
}
