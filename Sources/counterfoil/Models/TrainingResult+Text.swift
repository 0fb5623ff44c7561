import Modelling
import Vocabulary

extension TrainingResult {
    func json(in folder: String) -> JSON {
        .object([
            "folder": .string(folder), "name": .string(model.name),
            "characteristics": .number(model.characteristics.count),
            "training": training.json, "holdout": holdout.json, "stability": stability.json,
            "unused": .number(unused.count),
        ])
    }

    func text(in folder: String) -> String {
        var parts = Table("PART", "ROWS", "BAD", "AUC", "KS")
        for (name, part) in [("fitted", training), ("held out", holdout)] {
            let figures = part.discrimination.json
            parts.add(
                name, "\(part.rows)", "\(part.badRows)", figures["auc"]?.string ?? "-", figures["ks"]?.string ?? "-")
        }
        let moved = stability.json["psi"]?.string ?? "-"
        return model.table + "\n" + parts.text + "\nStability index between the parts: \(moved). "
            + "\(unused.count) columns are not used; \(folder)/characteristics.csv says why.\n"
    }
}

extension TrainingResult.Part {
    fileprivate var json: JSON {
        .object(
            [JSON.Member("rows", .number(rows)), JSON.Member("badRows", .number(badRows))]
                + (discrimination.json.members ?? []))
    }
}

extension TrainedModel {
    /// Its characteristics, the most telling first.
    var table: String {
        var table = Table("CODE", "CHARACTERISTIC", "BINS", "POINTS", "INFORMATION")
        for characteristic in characteristics {
            table.add(
                characteristic.code, characteristic.cell, "\(characteristic.bins.count)",
                "\(characteristic.fewestPoints) to \(characteristic.mostPoints)", characteristic.informationValue)
        }
        let points =
            "\(range.lowerBound) to \(range.upperBound) points, from \(basePoints); more are safer. "
            + "\(scale.baseScore) points stand for odds of \(scale.baseOdds) : 1, "
            + "\(scale.pointsToDouble) more double them."
        return "\(name): \(points)\n\n" + table.text
    }

    /// Every bin with its points.
    var bins: String {
        characteristics.map { characteristic in
            var table = Table("BIN", "POINTS", "ROWS", "BAD", "BAD RATE")
            let bins = [("missing", characteristic.missing)] + characteristic.bins.map { ($0.label, $0.figures) }
            for (label, figures) in bins {
                table.add(label, "\(figures.points)", "\(figures.rows)", "\(figures.badRows)", figures.badRate)
            }
            return "\(characteristic.code) \(characteristic.cell)\n" + table.text
        }.joined(separator: "\n")
    }
}
