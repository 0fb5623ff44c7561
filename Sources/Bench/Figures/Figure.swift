package import Vocabulary

/// One measured number, with the floor it is held against where there is one.
package struct Figure: Sendable {
    /// What a figure has to reach: the promise, as a ratio to primitives timed in the same run.
    package enum Bound: Sendable, Equatable {
        case atLeast(Double)
        case atMost(Double)

        func holds(for value: Double) -> Bool {
            switch self {
            case .atLeast(let least): value >= least
            case .atMost(let most): value <= most
            }
        }

        var text: String {
            switch self {
            case .atLeast(let least): "≥ \(decimal(least))"
            case .atMost(let most): "≤ \(decimal(most))"
            }
        }
    }

    package let group: String
    package let name: String
    package let value: Double
    package let unit: String
    /// The value over its floor; `nil` for what has none.
    package var ratio: Double?
    /// What the ratio has to reach, or the value where there is no ratio.
    package var bound: Bound?
    /// What was timed and what the floor is made of.
    package var note: String?

    package init(
        _ group: String, _ name: String, _ value: Double, _ unit: String, ratio: Double? = nil, bound: Bound? = nil,
        note: String? = nil
    ) {
        (self.group, self.name, self.value, self.unit) = (group, name, value, unit)
        (self.ratio, self.bound, self.note) = (ratio, bound, note)
    }

    /// Whether the promise holds; `nil` where none was made.
    package var isKept: Bool? { bound.map { $0.holds(for: ratio ?? value) } }

    /// Numbers with decimals are texts, as our JSON has whole numbers alone.
    package var json: JSON {
        .object([
            "group": .string(group), "name": .string(name), "value": .string(decimal(value)), "unit": .string(unit),
            "ratio": .optional(ratio.map { decimal($0) }), "bound": .optional(bound?.text),
            "kept": isKept.map { .bool($0) }, "note": .optional(note),
        ])
    }
}

/// A number with as many decimals as its size makes telling, at most three.
func decimal(_ value: Double) -> String {
    guard value.isFinite else { return "n/a" }
    let places = value.magnitude >= 1000 ? 0 : value.magnitude >= 100 ? 1 : value.magnitude >= 10 ? 2 : 3
    let scale = [1, 10, 100, 1000][places]
    let scaled = Int64((value * Double(scale)).rounded())
    guard places > 0 else { return String(scaled) }
    let whole = scaled.magnitude / UInt64(scale), fraction = scaled.magnitude % UInt64(scale)
    let digits = String(fraction)
    let sign = scaled < 0 ? "-" : ""
    return "\(sign)\(whole)." + String(repeating: "0", count: places - digits.count) + digits
}
