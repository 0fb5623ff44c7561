internal import Vocabulary

/// Which field of a document each column of an upload fills: the header row's names, and the paths that refusals of a
/// row are translated back from.
struct ColumnTable: Sendable {
    /// How a cell becomes JSON.
    enum Form: Sendable { case text, number, flag, list }

    private struct Column: Sendable {
        let name: String
        let path: [String]
        let form: Form
    }

    /// Of which documents: `records` or `checks`.
    let name: String
    /// The column of a row's id, which the gateway gives where the row does not.
    let idColumn: String
    private let columns: [Column]

    private init(_ name: String, idColumn: String, _ columns: [Column]) {
        (self.name, self.idColumn, self.columns) = (name, idColumn, columns)
    }

    static let records = ColumnTable(
        "records", idColumn: "recordID",
        plain(["recordID", "kind", "eventTime", "loanRef", "stage", "product", "channel", "amountBand"])
            + [Column(name: "termMonths", path: ["termMonths"], form: .number)]
            + plain([
                "instalmentBand", "balanceBand", "dueBucket", "code", "tier", "endedOn", "productDecision",
                "evidenceDigest", "subjectNotifiedAt", "parent", "retracts", "reason",
            ])
            + [
                Column(name: "grounds", path: ["grounds"], form: .list),
                Column(name: "reviewers", path: ["reviewers"], form: .list),
                Column(name: "underAge21", path: ["underAge21"], form: .flag),
                Column(name: "identityProven", path: ["identityProven"], form: .flag),
                Column(name: "subjectRole", path: ["subjects[0]", "role"], form: .text),
            ]
            + applicant(below: ["subjects[0]", "applicant"]))

    static let checks = ColumnTable(
        "checks", idColumn: "check",
        plain(["check", "purpose", "mode", "profile", "applicationRef", "consent", "product"])
            + [
                Column(name: "asOf", path: ["asOf", "instant"], form: .text),
                Column(name: "asOfBasis", path: ["asOf", "basis"], form: .text),
            ]
            + applicant(below: ["applicant"]))

    private static func plain(_ names: [String]) -> [Column] {
        names.map { Column(name: $0, path: [$0], form: .text) }
    }

    private static func applicant(below prefix: [String]) -> [Column] {
        let fields: [(String, [String])] = [
            ("nationalIDScheme", ["nationalIDs[0]", "scheme"]), ("nationalID", ["nationalIDs[0]", "value"]),
            ("phone", ["phones[0]"]), ("phone2", ["phones[1]"]), ("card", ["cards[0]"]), ("email", ["emails[0]"]),
            ("deviceType", ["devices[0]", "type"]), ("device", ["devices[0]", "value"]),
            ("name", ["names[0]", "full"]), ("givenName", ["names[0]", "given"]),
            ("familyName", ["names[0]", "family"]), ("birthDate", ["birthDate"]),
            ("address", ["addresses[0]", "line"]), ("addressNumber", ["addresses[0]", "number"]),
            ("addressStreet", ["addresses[0]", "street"]), ("addressExtra", ["addresses[0]", "extra"]),
            ("addressLocality", ["addresses[0]", "locality"]), ("addressPostcode", ["addresses[0]", "postcode"]),
            ("addressRegion", ["addresses[0]", "region"]), ("employer", ["employers[0]"]),
        ]
        return fields.map { Column(name: $0.0, path: prefix + $0.1, form: .text) }
    }

    var names: [String] { columns.map(\.name) }

    /// The columns of a header row. - Throws: a name that is unknown or stands twice.
    func selection(_ header: [String]) throws(Problem) -> [Int] {
        var selected: [Int] = []
        for name in header {
            guard let index = columns.firstIndex(where: { $0.name == name }), !selected.contains(index) else {
                throw Problem(
                    .invalidField, "The header row names a column that is unknown or stands twice.",
                    hint: "The columns are \(names.joined(separator: ", ")).", path: "header")
            }
            selected.append(index)
        }
        return selected
    }

    /// The document that a row stands for; empty cells are absent fields.
    ///
    /// - Throws: the column of a cell that cannot be what it should.
    func document(_ cells: [String], _ selection: [Int]) throws(Problem) -> JSON {
        var root = Branch()
        for (cell, index) in zip(cells, selection) where !cell.isEmpty {
            let column = columns[index]
            guard let value = Self.value(cell, column.form) else {
                throw Problem(.invalidField, "The cell is not what its column holds.", path: column.name)
            }
            root.set(value, at: column.path[...])
        }
        return root.json
    }

    /// The column whose field a path names; the path itself where it is no column's.
    func column(of path: String) -> String {
        let exact = columns.first { $0.path.joined(separator: ".") == path }
        // A refused pair, such as scheme and value, is named by its value.
        let below = columns.filter { $0.path.joined(separator: ".").hasPrefix(path + ".") }
        return (exact ?? below.first { $0.path.last == "value" } ?? below.first)?.name ?? path
    }

    private static func value(_ cell: String, _ form: Form) -> JSON? {
        switch form {
        case .text: .string(cell)
        case .number: Int64(cell).map { .integer($0) }
        case .flag: ["true": true, "false": false][cell].map { .bool($0) }
        case .list: .strings(cell.split(separator: ";").map { String($0) })
        }
    }
}

/// An object being filled from paths such as `phones[1]`; positions that stay empty close up.
private struct Branch {
    private var members: [(name: String, position: Int?, value: Node)] = []

    private indirect enum Node {
        case leaf(JSON)
        case branch(Branch)

        var json: JSON {
            switch self {
            case .leaf(let json): json
            case .branch(let branch): branch.json
            }
        }
    }

    mutating func set(_ value: JSON, at path: ArraySlice<String>) {
        guard let step = path.first else { return }
        let name = String(step.prefix { $0 != "[" })
        let position = step.contains("[") ? Int(step.dropFirst(name.count + 1).dropLast()) : nil
        let rest = path.dropFirst()
        guard !rest.isEmpty else { return members.append((name, position, .leaf(value))) }
        if let index = members.firstIndex(where: { $0.name == name && $0.position == position }),
            case .branch(var branch) = members[index].value
        {
            branch.set(value, at: rest)
            members[index].value = .branch(branch)
        } else {
            var branch = Branch()
            branch.set(value, at: rest)
            members.append((name, position, .branch(branch)))
        }
    }

    var json: JSON {
        var result: [JSON.Member] = []
        for member in members where !result.contains(where: { $0.name == member.name }) {
            guard member.position != nil else {
                result.append(JSON.Member(member.name, member.value.json))
                continue
            }
            let elements = members.filter { $0.name == member.name }.sorted { ($0.position ?? 0) < ($1.position ?? 0) }
            result.append(JSON.Member(member.name, .array(elements.map(\.value.json))))
        }
        return .object(result)
    }
}
