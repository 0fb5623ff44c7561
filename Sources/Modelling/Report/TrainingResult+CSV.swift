extension TrainingResult {
    /// Every bin of every characteristic: what it counted and what it is worth.
    package var binsCSV: String {
        var lines = ["code,characteristic,bin,rows,bad,badRate,weightOfEvidence,points"]
        for characteristic in model.characteristics {
            let bins = [("(missing)", characteristic.missing)] + characteristic.bins.map { ($0.label, $0.figures) }
            for (label, figures) in bins {
                lines.append(
                    [
                        characteristic.code, characteristic.cell, label, "\(figures.rows)", "\(figures.badRows)",
                        figures.badRate, figures.weightOfEvidence, "\(figures.points)",
                    ].joined(separator: ","))
            }
        }
        return Self.text(lines)
    }

    /// Every column of the sample: its information value, its coefficient, or why it is not in the model.
    package var characteristicsCSV: String {
        var lines = ["characteristic,informationValue,code,coefficient,whyNot"]
        for characteristic in model.characteristics {
            lines.append(
                [characteristic.cell, characteristic.informationValue, characteristic.code, characteristic.coefficient]
                    .joined(separator: ",") + ",")
        }
        lines += unused.map { "\($0.cell),\($0.informationValue),,,\($0.why)" }
        return Self.text(lines)
    }

    /// Discrimination on both parts, lift by tenth, and the stability between the parts.
    package var metricsCSV: String {
        var lines = ["part,metric,value"]
        for (name, part) in [("training", training), ("holdout", holdout)] {
            let discrimination = part.discrimination
            lines += ["\(name),rows,\(part.rows)", "\(name),badRows,\(part.badRows)"]
            for (metric, value) in [("auc", discrimination.auc), ("ks", discrimination.ks)] {
                lines.append("\(name),\(metric),\(value.map { DecimalText.fixed($0) } ?? "")")
            }
            lines.append("\(name),ksPoints,\(discrimination.ksScore.map(String.init) ?? "")")
            for decile in discrimination.lift {
                lines.append("\(name),badRate\(decile.decile),\(DecimalText.fixed(decile.badRate))")
                lines.append("\(name),lift\(decile.decile),\(DecimalText.fixed(decile.lift))")
                lines.append("\(name),captured\(decile.decile),\(DecimalText.fixed(decile.captured))")
            }
        }
        lines.append("both,psi,\(stability.value.map { DecimalText.fixed($0) } ?? "")")
        return Self.text(lines)
    }

    private static func text(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }
}
