internal import Vocabulary

/// When and to whom the node tells what came after an answer (DOMAIN §5).
package struct NoticeRules: Hashable, Sendable {
    /// Alerts and corrections are released together, so often, so that timing does not name the reporter.
    package let beatSeconds: Int
    /// An application counts as open, and its asker may still act, for so many days after its last check.
    package let openApplicationDays: Int
    /// Who received a signal is told of its correction for so many days.
    package let correctionDays: Int
    /// A correction that is not acknowledged after so many days is shown to the admins.
    package let acknowledgeDays: Int
}

extension NoticeRules {
    init(reading reader: consuming ObjectReader) throws(FieldFailure) {
        beatSeconds = try reader.count("beatSeconds", atMost: Int(secondsPerDay))
        openApplicationDays = try reader.count("openApplicationDays", atMost: RetentionRule.maximumDays)
        correctionDays = try reader.count("correctionDays", atMost: RetentionRule.maximumDays)
        acknowledgeDays = try reader.count("acknowledgeDays", atMost: 365)
        try reader.finish()
    }

    var json: JSON {
        .object([
            "beatSeconds": .number(beatSeconds), "openApplicationDays": .number(openApplicationDays),
            "correctionDays": .number(correctionDays), "acknowledgeDays": .number(acknowledgeDays),
        ])
    }
}
