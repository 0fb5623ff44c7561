internal import Vocabulary

/// How long a reservation holds.
package struct ReservationRules: Hashable, Sendable {
    /// Where the reserver asks for no time of its own.
    package let defaultSeconds: Int
    package let maximumSeconds: Int
    /// A confirmed reservation is told to others for so many days.
    package let confirmedDays: Int
}

extension ReservationRules {
    init(reading reader: consuming ObjectReader) throws(FieldFailure) {
        maximumSeconds = try reader.count("maximumSeconds", atMost: 365 * Int(secondsPerDay))
        defaultSeconds = try reader.count("defaultSeconds", atMost: 365 * Int(secondsPerDay))
        confirmedDays = try reader.count("confirmedDays", atMost: 365)
        try reader.finish()
        guard defaultSeconds <= maximumSeconds else {
            throw reader.failure("defaultSeconds", .malformed("above maximumSeconds"))
        }
    }

    var json: JSON {
        .object([
            "defaultSeconds": .number(defaultSeconds), "maximumSeconds": .number(maximumSeconds),
            "confirmedDays": .number(confirmedDays),
        ])
    }
}
