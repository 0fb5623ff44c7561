import Vocabulary

/// An answer as an analyst reads it, out of the gateway's JSON; fields it does not know are left out.
struct AnswerText {
    private let answer: JSON
    private let showsKinds: Bool

    init(_ answer: JSON, showsKinds: Bool = false) { (self.answer, self.showsKinds) = (answer, showsKinds) }

    var text: String {
        let findings = [status, signals, duplicates, statistics, linkage, left].compactMap { $0 }
        let isWithheld = findings.contains { $0.contains(JSON.withheld) }
        return (findings + [footer(isWithheld: isWithheld)]).joined(separator: "\n")
    }

    private var status: String {
        let name = answer["status"]?.string ?? "unknown"
        let meaning = Self.meanings[name] ?? ""
        return "\(Self.words(name).uppercased())\(meaning.isEmpty ? "" : ": \(meaning)")\n"
    }

    /// `noRecord` is "no record".
    private static func words(_ name: String) -> String {
        name.reduce(into: "") { $0 += $1.isUppercase ? " \($1.lowercased())" : String($1) }
    }

    private static let meanings = [
        "found": "The consortium knows this person.",
        "noRecord": "No member has furnished anything about this person.",
        "notEnoughIdentifiers": "What was given does not tell this person from others; add an identifier.",
        "notEntitled": "This member may not ask this now.",
        "wrongPurpose": "This purpose does not fit: the member has no open loan with the person.",
        "unavailable": "The exchange cannot answer at the moment.",
    ]

    private var signals: String? {
        guard let signals = answer["signals"]?.array, !signals.isEmpty else { return nil }
        var table = Table("SEV", "SIGNAL", "MEANING", "EVIDENCE", "AGE", "REPORTED BY", "MET BY")
        for signal in signals {
            table.add(
                signal["severity"]?.integer.map { String($0) } ?? Self.effect(signal),
                signal.text("code") + mark(signal), Self.meaning(signal), signal.text("evidence"), signal.text("age"),
                Self.reporters(signal), Self.match(signal))
        }
        return "Signals\n" + table.text.indented
    }

    private static func effect(_ signal: JSON) -> String { signal["effect"]?.string == "protective" ? "protect" : "-" }

    private static func meaning(_ signal: JSON) -> String {
        let labels = ["zh", "en"].compactMap { signal["labels"]?[$0]?.string }
        let dispute = signal["dispute"]?.string
        return labels.joined(separator: " ") + (dispute == "disputed" ? " (DISPUTED)" : "")
    }

    private static func reporters(_ signal: JSON) -> String {
        let others = signal.text("reporters")
        let isOwn = signal["own"]?.bool == true
        if others == "0" { return isOwn ? "ourselves" : "-" }
        return "\(others) other\(others == "1" ? "" : "s")\(isOwn ? " and ourselves" : "")"
    }

    /// The kinds of identifier that matched; of match keys only how many.
    private static func match(_ finding: JSON) -> String {
        let kinds = finding["kinds"]?.array?.compactMap(\.string) ?? []
        let exact = kinds.filter { IdentifierKind(name: $0)?.isComposite != true }
        let keys = kinds.count - exact.count
        let counted = keys == 0 ? [] : ["\(keys) match key\(keys == 1 ? "" : "s")"]
        let isPossible = finding["match"]?.string == "possible"
        return (exact + counted).joined(separator: ", ") + (isPossible ? " (possible match)" : "")
    }

    private var duplicates: String? {
        guard let duplicates = answer["duplicates"], duplicates.members != nil else { return nil }
        return "Live applications elsewhere\(mark(duplicates)): \(duplicates.count("liveApplications")) at "
            + "\(duplicates.count("members")) other lenders, of which \(duplicates.count("signedNotFunded")) signed "
            + "and not yet paid out. Met by \(Self.match(duplicates)).\n"
    }

    private var linkage: String? {
        guard let lines = answer["linkage"]?.array, !lines.isEmpty else { return nil }
        var table = Table("IDENTIFIER", "OTHER PERSONS", "LENDERS", "SINCE", "")
        for line in lines {
            let isDemoted = line["demoted"]?.bool == true
            table.add(
                line.text("kind"), line.count("otherSubjects"), line.count("members"), line.text("since"),
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
        var lines = "Computed at \(answer.text("computedAt")), registry version \(answer.text("registryVersion")), "
            + "policy version \(answer.text("policyVersion")), log of \(answer["checkpoint"]?.text("size") ?? "-") "
            + "entries.\n"
        if answer["truncated"]?.bool == true { lines += "There is more than was looked through.\n" }
        if isWithheld { lines += "\(JSON.withheld) not told: too few lenders make it up\n" }
        if isMarked { lines += "* newer than the log's checkpoint named here\n" }
        return lines
    }
}

// The windows.
extension AnswerText {
    private var statistics: String? {
        guard let statistics = answer["statistics"], let windows = statistics["windows"]?.array,
            let lines = statistics["lines"]?.array?.filter({ showsKinds || Self.over($0).contains("subject") }),
            !lines.isEmpty
        else { return nil }
        var rows = [["STAGE", "COUNTED"] + windows.compactMap(\.string)]
        for line in lines {
            let kinds = Self.over(line).filter { $0 != "subject" }
            let by = kinds.isEmpty || !showsKinds ? "" : " by \(kinds.joined(separator: ", "))"
            let stage = line.text("stage") + by + mark(line)
            let counted = [("by us", "own"), ("by others", "others"), ("other lenders", "otherMembers")]
                .map { ($0.0, line["\($0.1)"]?.array?.map(\.shown) ?? []) }
                .filter { $0.1.contains { $0 != "0" } }
            for (index, (name, cells)) in counted.enumerated() { rows.append([index == 0 ? stage : "", name] + cells) }
        }
        return "Seen in each window\n" + Table(rows: rows).text.indented
    }

    /// What a line is counted over: the person, or kinds of identifiers.
    private static func over(_ line: JSON) -> [String] { line["over"]?.array?.compactMap(\.string) ?? ["subject"] }

    private var isMarked: Bool {
        let lists = [answer["signals"]?.array, answer["statistics"]?["lines"]?.array, answer["duplicates"].map { [$0] }]
        return lists.compactMap { $0 }.joined().contains { !mark($0).isEmpty }
    }

    private func mark(_ finding: JSON) -> String { finding["newerThanCheckpoint"]?.bool == true ? "*" : "" }
}

extension JSON {
    /// What stands for a count that too few members make up to be told.
    fileprivate static let withheld = "·"

    /// A scalar as text.
    fileprivate var shown: String {
        switch self {
        case .string(let text): text
        case .integer(let number): String(number)
        case .bool(let flag): flag ? "yes" : "no"
        case .null: Self.withheld
        case .array, .object: "…"
        }
    }

    fileprivate func text(_ name: String) -> String { self[name]?.shown ?? "-" }
    fileprivate func count(_ name: String) -> String { text(name) }
}

extension String {
    /// Every line two columns to the right.
    fileprivate var indented: String {
        split(separator: "\n", omittingEmptySubsequences: true).map { "  \($0)\n" }.joined()
    }
}
