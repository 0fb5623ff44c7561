package import Vocabulary

extension TrainedModel {
    /// Why a row has no more points than it has.
    package struct Reason: Hashable, Sendable {
        package let code: String
        package let cell: String
        /// The bin that the row fell into, such as `3-4 to 10+`; `nil` for a missing value.
        package let bin: String?
        package let points: Int
        /// Points below the characteristic's best bin; above 0.
        package let lost: Int
    }

    package struct Score: Hashable, Sendable {
        package let points: Int
        /// The characteristics that cost points, the dearest first, equal ones in the model's order.
        package let reasons: [Reason]
    }

    /// Scores one row.
    ///
    /// - Parameter row: the values by cell, empty or `nil` for missing ones. Cells that the model does not use do not
    ///   matter; one that it uses must be there.
    /// - Throws: `missingField` where a cell is not in the row, `invalidField` where its value has no order.
    package func score(_ row: [String: String?]) throws(Problem) -> Score {
        try score { cell throws(Problem) in
            guard let value = row[cell] else { throw Self.absent(cell) }
            return value
        }
    }

    /// Scores the `cells` object of an answer: numbers, text or null.
    package func score(cells: JSON) throws(Problem) -> Score {
        try score { cell throws(Problem) in
            switch cells[cell] {
            case nil: throw Self.absent(cell)
            case .null: return nil
            case .string(let text): return text
            case .integer(let number): return String(number)
            case .bool, .array, .object: throw Self.unordered(cell)
            }
        }
    }

    private func score(_ value: (String) throws(Problem) -> String?) throws(Problem) -> Score {
        var points = basePoints
        var reasons: [Reason] = []
        for characteristic in characteristics {
            let (figures, label) = try characteristic.bin(of: try value(characteristic.cell))
            points += figures.points
            guard figures.points < characteristic.mostPoints else { continue }
            reasons.append(
                Reason(
                    code: characteristic.code, cell: characteristic.cell, bin: label, points: figures.points,
                    lost: characteristic.mostPoints - figures.points))
        }
        // Codes rise in the model's order.
        reasons.sort { $0.lost != $1.lost ? $0.lost > $1.lost : $0.code < $1.code }
        return Score(points: points, reasons: reasons)
    }

    private static func absent(_ cell: String) -> Problem {
        Problem(
            .missingField, "The row has no value for a cell that the model needs: \(cell).",
            hint: "Ask with the profile that the model was trained on.", path: cell)
    }

    fileprivate static func unordered(_ cell: String) -> Problem {
        Problem(
            .invalidField, "The value of \(cell) is neither a number nor a band such as 3-4, 10+ or 7-30d.", path: cell)
    }
}

extension TrainedModel.Characteristic {
    /// The last bin that begins at or below the value; below all of them the first.
    fileprivate func bin(of text: String?) throws(Problem) -> (TrainedModel.Figures, label: String?) {
        guard let text, !text.isEmpty else { return (missing, nil) }
        guard let value = BandValue(text) else { throw TrainedModel.unordered(cell) }
        guard let bin = bins.last(where: { $0.from <= value }) ?? bins.first else { return (missing, nil) }
        return (bin.figures, bin.label)
    }
}
