package import Vocabulary

/// A transparent score: a base and the points of every characteristic, each from one cell's value.
package struct Scorecard: Hashable, Sendable {
    package static let maximumCharacteristics = 64

    package let name: ListedName
    /// Counts up with every change; answers name it.
    package let version: UInt32
    package let base: Int
    package let minimum: Int
    package let maximum: Int
    package let characteristics: [Characteristic]

    /// The score of so many points: never outside the card's range.
    package func bounded(_ points: Int) -> Int { min(max(points, minimum), maximum) }

    /// What a cell's value, a bound or an edge can be.
    static let values: ClosedRange<Int64> = -1_000_000...1_000_000
    /// What a base, a limit or a bin's points can be.
    static let points: ClosedRange<Int64> = -10_000...10_000
    static let insideBand = "inside one of the bands in which others' values are told"
}

extension Scorecard {
    /// Reads a card as `schemas/policy/scorecard.json` has it.
    ///
    /// - Parameter bands: those in which answers tell others' counts; a card may part values at their edges alone.
    package init(_ json: JSON, bands: CountBands, path: String = "scorecard") throws(FieldFailure) {
        var reader = try ObjectReader(json, path: path)
        name = try reader.parsed("name", as: ListedName.init)
        version = UInt32(try reader.integer("version", in: 1...Int64(UInt32.max)))
        base = Int(try reader.integer("base", in: Self.points))
        minimum = Int(try reader.integer("minimum", in: Self.points))
        maximum = Int(try reader.integer("maximum", in: Self.points))
        guard minimum < maximum else { throw reader.failure("maximum", .malformed("not above the minimum")) }
        characteristics = try reader.rules(
            "characteristics", maximum: Self.maximumCharacteristics, minimum: 1, code: \.code
        ) { (json, path) throws(FieldFailure) in
            let characteristic = try Characteristic(json, path: path)
            try characteristic.requireBands(bands, path: path)
            return characteristic
        }
        try reader.finish()
    }

    package var json: JSON {
        .object([
            "name": .string(name.text), "version": .number(version), "base": .number(base),
            "minimum": .number(minimum), "maximum": .number(maximum),
            "characteristics": .array(characteristics.map(\.json)),
        ])
    }
}
