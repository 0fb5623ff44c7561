import Vocabulary

/// An answer as an analyst reads it, out of the gateway's JSON; fields it does not know are left out.
struct AnswerText {
    let answer: JSON
    let showsKinds: Bool

    init(_ answer: JSON, showsKinds: Bool = false) { (self.answer, self.showsKinds) = (answer, showsKinds) }

    var text: String {
        let parts = [
            status, decision, signals, findings, score, windows, kinds, exposure, identity, duplicates, linkage,
            network,
            left,
        ].compactMap { $0 }
        let isWithheld = parts.contains { $0.contains(JSON.withheld) }
        return (parts + [footer(isWithheld: isWithheld)]).joined(separator: "\n")
    }

    private var status: String {
        let name = answer["status"]?.string ?? "unknown"
        let meaning = Self.meanings[name] ?? ""
        return "\(Self.words(name).uppercased())\(meaning.isEmpty ? "" : ": \(meaning)")\n"
    }

    /// `noRecord` is "no record", `dueIn30Days` is "due in 30 days".
    static func words(_ name: String) -> String {
        var words = ""
        var last: Character?
        for character in name {
            let isCapital = character.isUppercase && last?.isUppercase != true
            let isFirstDigit = character.isNumber && last?.isNumber != true
            if isCapital || isFirstDigit, last != nil { words += " " }
            words += character.lowercased()
            last = character
        }
        return words
    }

    private static let meanings = [
        "found": "The consortium knows this person.",
        "noRecord": "No member has furnished anything about this person.",
        "notEnoughIdentifiers": "What was given does not tell this person from others; add an identifier.",
        "notEntitled": "This member may not ask this now.",
        "wrongPurpose": "This purpose does not fit: the member has no open loan with the person.",
        "unavailable": "The exchange cannot answer at the moment.",
    ]

    private var linkage: String? {
        guard let lines = answer["linkage"]?.array, !lines.isEmpty else { return nil }
        var table = Table("IDENTIFIER", "OTHER PERSONS", "LENDERS", "SINCE", "")
        for line in lines {
            let isDemoted = line["demoted"]?.bool == true
            table.add(
                line.text("kind"), line.text("otherSubjects"), line.text("members"), line.text("since"),
                isDemoted ? "too widely shared to link anybody" : "")
        }
        return "Shared with others\n" + table.text.indented
    }

    private var left: String? {
        guard let dropped = answer["droppedFields"]?.array, !dropped.isEmpty else { return nil }
        let fields = dropped.map { "\($0.text("path")) (\($0.text("rule")))" }
        return "Left out: \(fields.joined(separator: ", ")).\n"
    }

    private func footer(isWithheld: Bool) -> String {
        var lines =
            "Computed at \(answer.text("computedAt")), registry version \(answer.text("registryVersion")), "
            + "policy version \(answer.text("policyVersion")), log of \(answer["checkpoint"]?.text("size") ?? "-") "
            + "entries.\n"
        if let instant = answer["asOf"]?["instant"]?.string {
            let isByEvents = answer["asOf"]?["basis"]?.string == "events"
            lines += "As of \(instant): \(isByEvents ? "what is known now of then" : "what was known then").\n"
        }
        if answer["truncated"]?.bool == true { lines += "There is more than was looked through.\n" }
        if isWithheld { lines += "\(JSON.withheld) not told: too few lenders make it up\n" }
        if isMarked { lines += "* newer than the log's checkpoint named here\n" }
        return lines
    }

    private var isMarked: Bool {
        !mark(answer["statistics"]).isEmpty || (answer["signals"]?.array ?? []).contains { !mark($0).isEmpty }
    }

    func mark(_ part: JSON?) -> String { part?["newerThanCheckpoint"]?.bool == true ? "*" : "" }
}

extension JSON {
    /// What stands for a value that too few members make up to be told.
    static let withheld = "·"

    /// A scalar as text.
    var shown: String {
        switch self {
        case .string(let text): text
        case .integer(let number): String(number)
        case .bool(let flag): flag ? "yes" : "no"
        case .null: Self.withheld
        case .array, .object: "…"
        }
    }

    func text(_ name: String) -> String { self[name]?.shown ?? "-" }

    /// The labels of a signal, finding or reason in both languages.
    var labelled: String { ["zh", "en"].compactMap { self["labels"]?[$0]?.string }.joined(separator: " ") }
}

extension String {
    /// Every line two columns to the right.
    var indented: String {
        split(separator: "\n", omittingEmptySubsequences: true).map { "  \($0)\n" }.joined()
    }
}
