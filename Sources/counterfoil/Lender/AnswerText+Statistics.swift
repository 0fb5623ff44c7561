import Vocabulary

// The main statistics of an answer; all of them are in its JSON.
extension AnswerText {
    private static let stages = [
        "inquiry", "application", "approved", "refused", "signed", "disbursed", "overdue", "debitFailed", "writtenOff",
    ]
    private static let windowNames = ["24h", "7d", "30d", "90d", "180d", "360d"]
    /// What is shown of a stage: our own events, others' events, and how many others.
    private static let counted = [
        ("by us", "own", "count"), ("by others", "others", "count"), ("other lenders", "others", "members"),
    ]
    private static let exactKinds = ["nationalID", "phone", "card", "device", "email", "nameBirthDate", "max"]

    private func cell(_ name: String) -> JSON? { cells[name] }

    /// By name. An answer has at most some hundred of those shown, each asked for once.
    private var cells: JSON { answer["statistics"]?["cells"] ?? .null }

    var windows: String? {
        let rows = Self.stages.flatMap { windowRows(of: $0, over: "subject", named: Self.words($0)) }
        return table(rows).map { "Seen in each window\(mark(answer["statistics"]))\n" + $0 }
    }

    var kinds: String? {
        guard showsKinds else { return nil }
        let rows = Self.exactKinds.flatMap { kind in
            windowRows(of: "application", over: kind, named: kind == "max" ? "any kind, at most" : kind)
        }
        return table(rows).map { "Applications under each kind of identifier\n" + $0 }
    }

    /// The rows of a stage that say more than nothing; the first of them has its name.
    private func windowRows(of stage: String, over kind: String, named name: String) -> [[String]] {
        let rows = Self.counted.compactMap { label, split, statistic -> [String]? in
            let values = Self.windowNames.map { cell("\(stage).\(split).\(kind).all.\($0).\(statistic)")?.shown ?? "" }
            return values.allSatisfy { $0.isEmpty || $0 == "0" } ? nil : [label] + values
        }
        return rows.enumerated().map { place, row in [place == 0 ? name : ""] + row }
    }

    /// Windows of which nothing is told are left out.
    private func table(_ rows: [[String]]) -> String? {
        guard !rows.isEmpty else { return nil }
        let windows = Self.windowNames.indices.map { $0 + 2 }
        let told = [0, 1] + windows.filter { place in rows.contains { !$0[place].isEmpty } }
        let headings = ["STAGE", "COUNTED"] + Self.windowNames
        return Table(rows: ([headings] + rows).map { row in told.map { row[$0] } }).text.indented
    }

    var exposure: String? {
        var table = Table("MEASURE", "OURS", "OTHERS")
        var isEmpty = true
        for name in measures(below: ["exposure", "stacking"]) {
            let values = ["own", "others"].map { split in
                let parts = name.split(separator: ".")
                return cell("\(parts[0]).\(split).\(parts[1])")?.shown ?? ""
            }
            guard values.contains(where: { !$0.isEmpty && $0 != "0" }) else { continue }
            table.add(Self.words(String(name.split(separator: ".")[1])), values[0], values[1])
            isEmpty = false
        }
        return isEmpty ? nil : "Now\n" + table.text.indented
    }

    /// `exposure.openLoans` and so on, in the answer's order, whoever they are of.
    private func measures(below families: [String]) -> [String] {
        var names: [String] = []
        for member in cells.members ?? [] {
            let parts = member.name.split(separator: ".")
            guard parts.count == 3, families.contains(String(parts[0])) else { continue }
            let name = "\(parts[0]).\(parts[2])"
            if !names.contains(name) { names.append(name) }
        }
        return names
    }

    var identity: String? {
        let told = (cells.members ?? []).filter { $0.name.hasPrefix("identity.") && $0.value != .null }
        guard !told.isEmpty else { return nil }
        var table = Table("MEASURE", "VALUE")
        for member in told {
            table.add(Self.words(String(member.name.dropFirst("identity.".count))), member.value.shown)
        }
        return "Identity\n" + table.text.indented
    }
}
