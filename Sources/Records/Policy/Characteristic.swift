internal import Vocabulary

/// One line of a scorecard: what the value of a cell is worth, and the reason that an answer gives for it.
package struct Characteristic: Hashable, Sendable {
    package static let maximumBins = 32

    /// The values below an edge and not below the bin before; the last bin has no edge.
    package struct Bin: Hashable, Sendable {
        package let below: Int?
        package let points: Int
    }

    package let code: CodeName
    package let cell: CellReference
    package let labels: Labels
    /// The points where the cell is absent.
    package let absent: Int
    /// With rising edges; the last one is open, so that every value falls into one.
    package let bins: [Bin]

    /// - Parameter value: the cell's; `nil` where it is absent.
    package func points(for value: Int?) -> Int {
        guard let value else { return absent }
        let bin = bins.first { bin in bin.below.map { value < $0 } ?? true }
        guard let bin else { preconditionFailure("The last bin is open.") }
        return bin.points
    }
}

extension Characteristic {
    init(_ json: JSON, path: String) throws(FieldFailure) {
        var reader = try ObjectReader(json, path: path)
        code = try reader.parsed("code", as: CodeName.init)
        cell = try reader.parsed("cell", as: CellReference.init)
        labels = try Labels(reading: try reader.object("labels"))
        absent = Int(try reader.integer("absent", in: Scorecard.points))
        var bins: [Bin] = []
        for (index, element) in try reader.array("bins", maximum: Self.maximumBins, minimum: 1).enumerated() {
            bins.append(try Bin(element, path: "\(path).bins[\(index)]"))
        }
        self.bins = bins
        try reader.finish()
        try requireRising(path: path)
    }

    private func requireRising(path: String) throws(FieldFailure) {
        for (index, bin) in bins.enumerated() {
            let field = "\(path).bins[\(index)].below"
            guard let below = bin.below else {
                guard index == bins.count - 1 else { throw FieldFailure(path: field, rule: .missing) }
                return
            }
            guard index < bins.count - 1 else {
                throw FieldFailure(path: field, rule: .malformed("the last bin is open and has no edge"))
            }
            guard index == 0 || bins[index - 1].below.map({ $0 < below }) ?? false else {
                throw FieldFailure(path: field, rule: .malformed("not above the edge before it"))
            }
        }
    }

    /// Refuses an edge inside one of the bands that others' counts are told in: the points would tell more than they.
    func requireBands(_ bands: CountBands, path: String) throws(FieldFailure) {
        for (index, bin) in bins.enumerated() {
            guard let below = bin.below, !cell.mayPart(at: below, under: bands) else { continue }
            throw FieldFailure(path: "\(path).bins[\(index)].below", rule: .malformed(Scorecard.insideBand))
        }
    }

    var json: JSON {
        .object([
            "code": .string(code.text), "cell": .string(cell.text), "labels": labels.json, "absent": .number(absent),
            "bins": .array(bins.map(\.json)),
        ])
    }
}

extension Characteristic.Bin {
    init(_ json: JSON, path: String) throws(FieldFailure) {
        var reader = try ObjectReader(json, path: path)
        below = try reader.optionalInteger("below", in: Scorecard.values).map { Int($0) }
        points = Int(try reader.integer("points", in: Scorecard.points))
        try reader.finish()
    }

    var json: JSON { .object(["below": .optional(below), "points": .number(points)]) }
}
