package import Vocabulary

/// All figures of one run, as a table for people and as JSON.
package struct BenchReport: Sendable {
    package private(set) var figures: [Figure] = []
    /// What is to be known of the run: cores, build, sizes.
    package private(set) var conditions: [(name: String, value: String)] = []

    package init() {}

    package mutating func add(_ figure: Figure) { figures.append(figure) }
    package mutating func add(_ more: [Figure]) { figures += more }
    package mutating func note(_ name: String, _ value: String) { conditions.append((name, value)) }

    package var brokenPromises: [Figure] { figures.filter { $0.isKept == false } }

    package var json: JSON {
        .object([
            "conditions": .object(conditions.map { JSON.Member($0.name, .string($0.value)) }),
            "figures": .array(figures.map(\.json)),
            "kept": .bool(brokenPromises.isEmpty),
        ])
    }

    /// A line a figure under its group's heading; a note under those that have one.
    package var text: String {
        var text = conditions.map { "\($0.name): \($0.value)\n" }.joined()
        let nameWidth = figures.map { $0.name.count }.max() ?? 0
        let valueWidth = figures.map { decimal($0.value).count }.max() ?? 0
        var group = ""
        for figure in byGroup {
            if figure.group != group { text += "\n\(figure.group)\n" }
            group = figure.group
            text += "  " + figure.name + spaces(nameWidth - figure.name.count + 2)
            text += spaces(valueWidth - decimal(figure.value).count) + decimal(figure.value) + " " + figure.unit
            text += verdict(of: figure) + "\n"
            if let note = figure.note { text += "    \(note)\n" }
        }
        return text
    }

    /// Groups in the order in which each was first met.
    private var byGroup: [Figure] {
        var groups: [String] = []
        for figure in figures where !groups.contains(figure.group) { groups.append(figure.group) }
        return groups.flatMap { group in figures.filter { $0.group == group } }
    }

    private func verdict(of figure: Figure) -> String {
        var words: [String] = []
        if let ratio = figure.ratio { words.append("ratio \(decimal(ratio))") }
        if let bound = figure.bound, let isKept = figure.isKept {
            words.append("\(bound.text) \(isKept ? "kept" : "NOT KEPT")")
        }
        return words.isEmpty ? "" : "   " + words.joined(separator: ", ")
    }

    private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
