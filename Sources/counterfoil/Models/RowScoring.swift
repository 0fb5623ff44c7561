import Modelling
import Vocabulary

/// A model over the rows of a CSV file, one at a time.
struct RowScoring {
    private let model: TrainedModel
    private let rows: CSVRows
    private let columnCount: Int
    /// By the model's cells.
    private let places: [String: Int]
    private let idPlace: Int?
    private let reasons: Int
    private let asJSON: Bool

    /// - Throws: `missingField` where the file lacks a column that is needed.
    init(_ model: TrainedModel, _ rows: CSVRows, id: String?, reasons: Int, asJSON: Bool) throws(Problem) {
        (self.model, self.rows, self.reasons, self.asJSON) = (model, rows, reasons, asJSON)
        let names = rows.header.flatMap { CSVCells.split(rows.bytes[$0]) } ?? []
        columnCount = names.count
        var places: [String: Int] = [:]
        for characteristic in model.characteristics {
            places[characteristic.cell] = try Self.place(of: characteristic.cell, in: names)
        }
        self.places = places
        idPlace = if let id { try Self.place(of: id, in: names) } else { nil }
    }

    private static func place(of column: String, in names: [String]) throws(Problem) -> Int {
        guard let place = names.firstIndex(of: column) else {
            throw Problem(
                .missingField, "The file has no column \(column).",
                hint: "The first row names the columns; ask with the profile that the model was trained on.")
        }
        return place
    }

    var header: [UInt8] {
        guard !asJSON else { return [] }
        let columns = ["row"] + (idPlace == nil ? [] : ["id"]) + ["points", "reasons", "error"]
        return Array((columns.joined(separator: ",") + "\n").utf8)
    }

    /// - Parameter index: of the rows below the header. - Returns: a line of the results.
    func line(_ index: Int) -> (bytes: [UInt8], isFailed: Bool) {
        // The header is row 1.
        let number = index + 2
        guard let cells = CSVCells.split(rows.bytes[rows.rows[index]]), cells.count == columnCount else {
            return (line(number, id: nil, nil, "the row has not as many fields as the header"), true)
        }
        let id = idPlace.map { cells[$0] }
        do throws(Problem) {
            return (line(number, id: id, try model.score(places.mapValues { cells[$0] }), nil), false)
        } catch {
            return (line(number, id: id, nil, error.detail), true)
        }
    }

    private func line(_ row: Int, id: String?, _ score: TrainedModel.Score?, _ error: String?) -> [UInt8] {
        let reasons = score.map { $0.reasons.prefix(self.reasons) } ?? []
        guard asJSON else {
            let ids = idPlace == nil ? [] : [CSVCells.quoted(id ?? "")]
            let points = score.map { "\($0.points)" } ?? ""
            let codes = reasons.map(\.code).joined(separator: ";")
            let cells = ["\(row)"] + ids + [points, codes, CSVCells.quoted(error ?? "")]
            return Array((cells.joined(separator: ",") + "\n").utf8)
        }
        let lost = reasons.map { reason in
            JSON.object([
                "code": .string(reason.code), "cell": .string(reason.cell), "bin": .optional(reason.bin) ?? .null,
                "points": .number(reason.points), "lost": .number(reason.lost),
            ])
        }
        let json = JSON.object([
            "row": .number(row), "id": .optional(id), "points": .optional(score?.points),
            "reasons": score == nil ? nil : .array(lost), "error": .optional(error),
        ])
        return json.bytes + [10]
    }
}
