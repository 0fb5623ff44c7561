package import Vocabulary

/// What a ring is called: `R-12` one that linkage keeps, `C-5` a candidate that discovery found.
///
/// It is the consortium's own name, for admins and auditors; members see pseudonyms of their own.
package struct RingName: Hashable, Sendable, Comparable, CustomStringConvertible {
    package enum Series: String, Hashable, Sendable, CaseIterable {
        case ring = "R"
        case candidate = "C"
    }

    package let series: Series
    /// From 1 on.
    package let number: UInt32

    package init(_ series: Series, _ number: UInt32) {
        precondition(number > 0, "Rings are counted from 1.")
        (self.series, self.number) = (series, number)
    }

    package init(_ text: String) throws(DecodingFailure) {
        let characters = Array(text.utf8)
        guard characters.count > 2, characters[1] == UInt8(ascii: "-"),
            let series = Series(rawValue: String(decoding: characters.prefix(1), as: UTF8.self)),
            let number = UInt32(canonical: characters[2...])
        else { throw .malformed("a ring is named R-12, a candidate C-5") }
        (self.series, self.number) = (series, number)
    }

    package var description: String { "\(series.rawValue)-\(number)" }

    package static func < (left: RingName, right: RingName) -> Bool {
        (left.series.rawValue, left.number) < (right.series.rawValue, right.number)
    }
}

/// A node of one picture: `s1` a person, `i1` an identifier. It means nothing outside of that picture.
package struct PictureNode: Hashable, Sendable, Comparable, CustomStringConvertible {
    package enum Side: String, Hashable, Sendable {
        case subject = "s"
        case identifier = "i"
    }

    package let side: Side
    /// From 1 on.
    package let number: UInt32

    package init(_ side: Side, _ number: UInt32) {
        precondition(number > 0, "A picture's nodes are counted from 1.")
        (self.side, self.number) = (side, number)
    }

    package init(_ text: String) throws(DecodingFailure) {
        let characters = Array(text.utf8)
        guard let first = characters.first,
            let side = Side(rawValue: String(decoding: [first], as: UTF8.self)),
            let number = UInt32(canonical: characters[1...]), number <= RingLimits.nodes
        else { throw .malformed("a node is named s1 or i1, up to \(RingLimits.nodes)") }
        (self.side, self.number) = (side, number)
    }

    package var description: String { side.rawValue + String(number) }

    /// Persons first.
    package static func < (left: PictureNode, right: PictureNode) -> Bool {
        left.side == right.side ? left.number < right.number : left.side == .subject
    }
}

/// What documents about rings may hold.
package enum RingLimits {
    /// Persons and identifiers of one picture together.
    package static let nodes = 2000
    package static let edges = 10_000
    package static let reportsPerSubject = 32
    package static let aliases = 256
    package static let ringsPerPage = 500
    package static let reasons = 16
    package static let noteBytes = 400
    package static let eventsPerPage = 500
    package static let runs = 400
}

extension UInt32 {
    /// Decimal digits of a number above 0, without a leading zero.
    init?(canonical digits: ArraySlice<UInt8>) {
        guard let first = digits.first, first != UInt8(ascii: "0"), digits.count <= 10,
            digits.allSatisfy({ (48...57).contains($0) }),
            let number = UInt32(String(decoding: digits, as: UTF8.self))
        else { return nil }
        self = number
    }
}

extension ObjectReader {
    mutating func ringName(_ name: String) throws(FieldFailure) -> RingName {
        try parsed(name) { text throws(DecodingFailure) in try RingName(text) }
    }

    mutating func optionalRingName(_ name: String) throws(FieldFailure) -> RingName? {
        try optionalParsed(name) { text throws(DecodingFailure) in try RingName(text) }
    }

    mutating func time(_ name: String) throws(FieldFailure) -> Instant {
        try parsed(name) { text throws(DecodingFailure) in try Instant(text) }
    }

    mutating func optionalTime(_ name: String) throws(FieldFailure) -> Instant? {
        try optionalParsed(name) { text throws(DecodingFailure) in try Instant(text) }
    }

    /// A day written as `2026-01-31`.
    mutating func day(_ name: String) throws(FieldFailure) -> CalendarDate {
        try parsed(name, as: CalendarDate.init(day:))
    }

    mutating func optionalDay(_ name: String) throws(FieldFailure) -> CalendarDate? {
        try optionalParsed(name, as: CalendarDate.init(day:))
    }

    mutating func count(_ name: String, from minimum: Int64 = 0) throws(FieldFailure) -> Int {
        Int(try integer(name, in: minimum...Int64(UInt32.max)))
    }

    mutating func flag(_ name: String) throws(FieldFailure) -> Bool {
        guard let flag = try optionalBool(name) else { throw failure(name, .missing) }
        return flag
    }

    /// A list of objects, each read by its own type.
    mutating func each<Value>(
        _ name: String, maximum: Int, minimum: Int = 0, _ read: (consuming ObjectReader) throws(FieldFailure) -> Value
    ) throws(FieldFailure) -> [Value] {
        var values: [Value] = []
        for (index, json) in try array(name, maximum: maximum, minimum: minimum).enumerated() {
            values.append(try read(ObjectReader(json, path: "\(path(of: name))[\(index)]")))
        }
        return values
    }
}

extension CalendarDate {
    init(day text: String) throws(DecodingFailure) {
        // The day of the text's own midnight in UTC: whatever is not one day in this form is no time either.
        guard text.utf8.count == 10, let instant = try? Instant(text + "T00:00:00Z") else {
            throw .malformed("a day is written as 2026-01-31")
        }
        self.init(daysSince1970: Int(instant.seconds / 86_400) - (instant.seconds % 86_400 < 0 ? 1 : 0))
    }
}
