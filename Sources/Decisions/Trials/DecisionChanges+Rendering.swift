package import Vocabulary

extension DecisionChanges {
    package var json: JSON {
        .object([
            "active": active.json,
            "candidate": candidate.json,
            "answers": .number(total),
            "changed": .number(changed),
            "undecided": .number(undecided),
            "transitions": .array(transitions.filter { $0.count > 0 }.map(\.json)),
        ])
    }

    /// A table of outcomes, the active policy's down and the candidate's across, then each change with its reasons.
    package var text: String {
        let outcomes = Outcome.allCases
        let cells = outcomes.map { from in outcomes.map { String(self[from, $0].count) } }
        let columns = outcomes.indices.map { column in
            max(outcomes[column].rawValue.utf8.count, cells.map { $0[column].utf8.count }.max() ?? 0)
        }
        var lines = [
            "active:    \(active.text)", "candidate: \(candidate.text)",
            "\(total) answers, \(changed) decided otherwise, \(undecided) with a rule left open by the answer", "",
        ]
        lines.append(row("active", outcomes.map(\.rawValue), columns))
        for (from, counts) in zip(outcomes, cells) { lines.append(row(from.rawValue, counts, columns)) }
        for transition in transitions where transition.isChange && transition.count > 0 {
            lines += ["", "\(transition.from.rawValue) -> \(transition.to.rawValue): \(transition.count)"]
            lines += transition.reasons.map { "  \($0.count) \($0.code)" }
            lines.append("  such as \(transition.examples.joined(separator: ", "))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func row(_ head: String, _ cells: [String], _ columns: [Int]) -> String {
        let fill = { (text: String, width: Int) in String(repeating: " ", count: max(0, width - text.utf8.count)) }
        let body = zip(cells, columns).map { cell, width in "   " + fill(cell, width) + cell }
        return head + fill(head, 6) + body.joined()
    }
}

extension DecisionChanges.Transition {
    fileprivate var json: JSON {
        .object([
            "from": .string(from.rawValue), "to": .string(to.rawValue), "count": .number(count),
            "examples": isChange ? .strings(examples) : nil,
            "reasons": .array(reasons.map { .object(["code": .string($0.code), "count": .number($0.count)]) }),
        ])
    }
}

extension PolicyReference {
    fileprivate var text: String { "\"\(name)\" version \(version) (\(digest.value.hex.prefix(12)))" }
}
