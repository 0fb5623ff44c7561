import Exchange
import Records
import Vocabulary

/// A ring for people at a terminal, in 100 columns.
struct RingText {
    static let columns = 100
    /// Lines of one table; what is left is in `--json`.
    private static let rows = 200
    let picture: RingPicture

    init(_ picture: RingPicture) { self.picture = picture }

    var text: String {
        [header, reports, subjects, identifiers, "How they hang together\n" + RingTree(picture).text.indented]
            .compactMap(\.self).joined(separator: "\n")
    }

    private var header: String {
        let (days, last) = (picture.firstDays, picture.lastDays)
        let aliases = picture.aliases.map(\.description)
        return "Ring \(picture.ring): \(picture.status.words)\n"
            + paragraph([
                "  Persons": "\(picture.subjects.count), \(reported.count) of them reported",
                "  Identifiers": sharingWords,
                "  Seen": days.min().flatMap { first in last.max().map { "\(first) to \($0)" } },
                "  Once": aliases.isEmpty ? nil : Self.list(aliases, limit: 8),
                "  As of": picture.asOf.description,
                "  Note": picture.isTruncated ? "The ring is larger than what is shown." : nil,
            ])
    }

    private var sharingWords: String {
        let kinds = Self.sharing(picture).map { "\($0.count) \($0.shape.words)" }
        return kinds.isEmpty ? "none" : Self.list(kinds, limit: 5)
    }

    private var reported: [RingPicture.Subject] {
        picture.subjects.filter { !$0.reports.isEmpty }.sorted { $0.node < $1.node }
    }

    private var reports: String? {
        guard !reported.isEmpty else { return nil }
        var lines = [["PERSON", "CODE", "EVIDENCE", "AGE", "REPORTERS", "STANDING"]]
        for subject in reported {
            for report in subject.reports.ranked {
                lines.append([
                    subject.node.description, report.code.text, report.tier?.name ?? "-", report.age.description,
                    report.reporters?.text ?? "·", report.standing.rawValue,
                ])
            }
        }
        return "Reports\n" + Self.table(lines)
    }

    private var subjects: String? {
        guard !picture.subjects.isEmpty else { return nil }
        let links = Dictionary(grouping: picture.edges, by: \.subject)
        var lines = [["PERSON", "FIRST SEEN", "LAST SEEN", "IDENTIFIERS", "MARKS"]]
        for subject in picture.subjects.sorted(by: { $0.node < $1.node }) {
            let marks = [
                subject.reports.isEmpty ? nil : "reported", subject.isProtected ? "protected" : nil,
                subject.newSince.map { "new since \($0)" },
            ]
            lines.append([
                subject.node.description, subject.firstSeen.description, subject.lastSeen.description,
                Self.list((links[subject.node] ?? []).map(\.identifier).sorted().map(\.description), limit: 5),
                marks.compactMap(\.self).joined(separator: ", "),
            ])
        }
        return "Persons\n" + Self.table(lines)
    }

    /// What most persons share comes first.
    private var identifiers: String? {
        guard !picture.identifiers.isEmpty else { return nil }
        var lines = [["IDENTIFIER", "KIND", "PERSONS", "MEMBERS", "FIRST SEEN", "LAST SEEN", ""]]
        for identifier in picture.identifiers.bySharing {
            lines.append([
                identifier.node.description, NodeShape(identifier.kind).name(of: identifier.kind),
                String(identifier.degree), String(identifier.members), identifier.firstSeen.description,
                identifier.lastSeen.description, identifier.isDemoted ? "too widely shared" : "",
            ])
        }
        return "What they share\n" + Self.table(lines)
    }

    private static func table(_ lines: [[String]]) -> String {
        let left = lines.count - 1 - rows
        let text = Table(rows: Array(lines.prefix(rows + 1))).text.indented
        return left > 0 ? text + "  … and \(left) more: --json has all of them\n" : text
    }

    /// How many identifiers there are of each kind, in the shapes' order.
    static func sharing(_ picture: RingPicture) -> [(shape: NodeShape, count: Int)] {
        NodeShape.allCases.compactMap { shape in
            let count = picture.identifiers.count { NodeShape($0.kind) == shape }
            return count > 0 ? (shape, count) : nil
        }
    }

    /// `R-7, R-9 and 3 more`
    static func list(_ words: [String], limit: Int) -> String {
        let left = words.count - limit
        return words.prefix(limit).joined(separator: ", ") + (left > 0 ? " and \(left) more" : "")
    }
}

extension RingPicture {
    fileprivate var firstDays: [CalendarDate] { subjects.map(\.firstSeen) + identifiers.map(\.firstSeen) }
    fileprivate var lastDays: [CalendarDate] { subjects.map(\.lastSeen) + identifiers.map(\.lastSeen) }
}

extension [RingPicture.Identifier] {
    var bySharing: [RingPicture.Identifier] {
        sorted { left, right in left.degree == right.degree ? left.node < right.node : left.degree > right.degree }
    }
}

extension NodeShape {
    /// Composites all look alike; in words they have their own names.
    func name(of kind: IdentifierKind) -> String { self == .composite ? kind.name : words }
}
