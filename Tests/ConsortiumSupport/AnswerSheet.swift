package import Vocabulary

/// An answer as a lender reads it: the payload's JSON and nothing else, so that tests see what leaves the node.
package struct AnswerSheet: Equatable {
    package let json: JSON

    package init(_ json: JSON) { self.json = json }

    package var status: String? { json["status"]?.string }
    package var signals: [JSON] { json["signals"]?.array ?? [] }
    package var codes: [String] { signals.compactMap { $0["code"]?.string } }
    package var sharing: [JSON] { json["linkage"]?.array ?? [] }
    package var duplicates: JSON? { json["duplicates"] }
    package var windows: [String] { json["statistics"]?["windows"]?.array?.compactMap(\.string) ?? [] }
    /// One line for each thing counted over, though the answer tells equal ones as one.
    package var lines: [JSON] {
        (json["statistics"]?["lines"]?.array ?? []).flatMap { line in
            (line["over"]?.array ?? []).map { over in
                .object((line.members ?? []).map { $0.name == "over" ? JSON.Member("over", over) : $0 })
            }
        }
    }


    package func signal(_ code: String) -> JSON? { signals.first { $0["code"]?.string == code } }
    package func sharing(of kind: String) -> JSON? { sharing.first { $0["kind"]?.string == kind } }

    /// One line of the table.
    package func line(_ stage: String, over kind: String = "subject") -> JSON? {
        lines.first { $0["stage"]?.string == stage && $0["over"]?.string == kind }
    }

    /// One cell of the table: `column` is `own`, `others` or `otherMembers`; a line that is not there is empty.
    package func cell(_ stage: String, over kind: String = "subject", _ column: String, _ window: String) -> JSON? {
        guard let position = windows.firstIndex(of: window) else { return nil }
        return line(stage, over: kind)?[column]?.array?[position]
    }

    /// What a cell says in words: a band, a number, or "–" where nothing is told.
    package func told(_ stage: String, over kind: String = "subject", _ column: String, _ window: String) -> String {
        switch cell(stage, over: kind, column, window) {
        case .string(let band): band
        case .integer(let number): String(number)
        default: "–"
        }
    }
}
