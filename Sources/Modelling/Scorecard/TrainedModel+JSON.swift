package import Vocabulary

/// The model's file: one JSON object, `"format":"counterfoil-model"`, `"version":1`, and last the SHA-256 of the
/// compact text of all before it, so that a changed point does not go unseen.
extension TrainedModel {
    private static let format = "counterfoil-model"
    private static let version: Int64 = 1

    package func json(sha256: ([UInt8]) -> Hash) -> JSON {
        let body = [
            JSON.Member("format", .string(Self.format)), JSON.Member("version", .integer(Self.version)),
            JSON.Member("name", .string(name)), JSON.Member("outcome", .string(outcome)),
            JSON.Member("scale", scale.json), JSON.Member("basePoints", .number(basePoints)),
            JSON.Member("characteristics", .array(characteristics.map(\.json))),
        ]
        return .object(body + [JSON.Member("digest", .string(sha256(JSON.object(body).bytes).description))])
    }

    /// Reads a model's file; a field unknown here, another version or a digest that does not fit is refused.
    package init(json: JSON, sha256: ([UInt8]) -> Hash) throws(Problem) {
        do throws(FieldFailure) { try self.init(fields: json) } catch { throw Problem(error) }
        guard self.json(sha256: sha256) == json else {
            throw Problem(
                .verificationFailed, "The model's digest does not fit its content: the file was changed.",
                hint: "Train the model again, or take the file from where it was made.", path: "digest")
        }
    }

    private init(fields json: JSON) throws(FieldFailure) {
        var reader = try ObjectReader(json)
        guard try reader.string("format") == Self.format else {
            throw reader.failure("format", .malformed("not \(Self.format)"))
        }
        _ = try reader.integer("version", in: Self.version...Self.version)
        name = try reader.modelName("name")
        outcome = try reader.modelName("outcome")
        scale = try Scale(try reader.object("scale"))
        basePoints = try reader.points("basePoints")
        var characteristics: [Characteristic] = []
        for (place, element) in try reader.array("characteristics", maximum: 60, minimum: 1).enumerated() {
            characteristics.append(
                try Characteristic(try ObjectReader(element, path: "characteristics[\(place)]"), place: place))
        }
        self.characteristics = characteristics
        _ = try reader.string("digest")
        try reader.finish()
    }
}

extension TrainedModel.Scale {
    fileprivate var json: JSON {
        .object([
            "baseScore": .number(baseScore), "baseOdds": .number(baseOdds), "pointsToDouble": .number(pointsToDouble),
        ])
    }

    fileprivate init(_ reader: ObjectReader) throws(FieldFailure) {
        var reader = reader
        baseScore = Int(try reader.integer("baseScore", in: 0...10_000))
        baseOdds = Int(try reader.integer("baseOdds", in: 1...10_000))
        pointsToDouble = Int(try reader.integer("pointsToDouble", in: 1...1000))
        try reader.finish()
    }
}

extension TrainedModel.Characteristic {
    static func code(_ place: Int) -> String { (place < 9 ? "M0" : "M") + String(place + 1) }

    fileprivate var json: JSON {
        .object([
            "code": .string(code), "cell": .string(cell), "coefficient": .string(coefficient),
            "informationValue": .string(informationValue), "missing": .object(missing.members),
            "bins": .array(
                bins.map { bin in
                    .object(
                        [JSON.Member("from", .string("\(bin.from)")), JSON.Member("to", .string("\(bin.to)"))]
                            + bin.figures.members)
                }),
        ])
    }

    fileprivate init(_ reader: ObjectReader, place: Int) throws(FieldFailure) {
        var reader = reader
        code = try reader.string("code")
        guard code == Self.code(place) else { throw reader.failure("code", .malformed("not \(Self.code(place))")) }
        cell = try reader.modelName("cell")
        coefficient = try reader.string("coefficient")
        informationValue = try reader.string("informationValue")
        var missing = try reader.object("missing")
        self.missing = try TrainedModel.Figures(&missing)
        try missing.finish()
        var bins: [TrainedModel.Bin] = []
        for (number, element) in try reader.array("bins", maximum: 128, minimum: 1).enumerated() {
            let bin = try TrainedModel.Bin(try ObjectReader(element, path: reader.path(of: "bins[\(number)]")))
            guard bins.last.map({ $0.to < bin.from }) ?? true else {
                throw reader.failure("bins[\(number)]", .malformed("not above the bin before it"))
            }
            bins.append(bin)
        }
        self.bins = bins
        try reader.finish()
    }
}

extension TrainedModel.Bin {
    fileprivate init(_ reader: ObjectReader) throws(FieldFailure) {
        var reader = reader
        from = try reader.band("from")
        to = try reader.band("to")
        guard from <= to else { throw reader.failure("to", .malformed("below from")) }
        figures = try TrainedModel.Figures(&reader)
        try reader.finish()
    }
}

extension TrainedModel.Figures {
    fileprivate var members: [JSON.Member] {
        [
            JSON.Member("points", .number(points)), JSON.Member("rows", .number(rows)),
            JSON.Member("badRows", .number(badRows)), JSON.Member("badRate", .string(badRate)),
            JSON.Member("weightOfEvidence", .string(weightOfEvidence)),
        ]
    }

    fileprivate init(_ reader: inout ObjectReader) throws(FieldFailure) {
        points = try reader.points("points")
        rows = Int(try reader.integer("rows", in: 0...Int64(SampleLimits.maximumRows)))
        badRows = Int(try reader.integer("badRows", in: 0...Int64(SampleLimits.maximumRows)))
        badRate = try reader.string("badRate")
        weightOfEvidence = try reader.string("weightOfEvidence")
    }
}

extension ObjectReader {
    fileprivate mutating func points(_ name: String) throws(FieldFailure) -> Int {
        Int(try integer(name, in: -1_000_000...1_000_000))
    }

    fileprivate mutating func modelName(_ name: String) throws(FieldFailure) -> String {
        let text = try string(name)
        guard TrainedModel.isName(text) else { throw failure(name, .malformed("not a name")) }
        return text
    }

    fileprivate mutating func band(_ name: String) throws(FieldFailure) -> BandValue {
        guard let value = BandValue(try string(name)) else {
            throw failure(name, .malformed("neither a number nor a band"))
        }
        return value
    }
}
