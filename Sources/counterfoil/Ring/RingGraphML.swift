import Exchange
import Records
import Vocabulary

/// Writes a picture as GraphML 1.0, for tools that lay out or measure graphs.
struct RingGraphML {
    private let picture: RingPicture

    init(_ picture: RingPicture) { self.picture = picture }

    /// Each attribute with what carries it and its type.
    private static let keys: [(name: String, of: String, type: String)] = [
        ("side", "node", "string"), ("kind", "node", "string"), ("firstSeen", "node", "string"),
        ("lastSeen", "node", "string"), ("reports", "node", "string"), ("reported", "node", "boolean"),
        ("protected", "node", "boolean"), ("newSince", "node", "string"), ("degree", "node", "int"),
        ("members", "node", "int"), ("demoted", "node", "boolean"), ("role", "edge", "string"),
        ("furnishedBy", "edge", "int"), ("linkFirstSeen", "edge", "string"), ("linkLastSeen", "edge", "string"),
    ]

    var text: String {
        var page = XMLPage()
        for key in Self.keys {
            page.element(
                "key", ["id": key.name, "for": key.of, "attr.name": key.name, "attr.type": key.type])
        }
        for subject in picture.subjects { Self.write(subject, to: &page) }
        for identifier in picture.identifiers { Self.write(identifier, to: &page) }
        for (index, edge) in picture.edges.enumerated() { Self.write(edge, index, to: &page) }
        let count = Self.keys.count
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <graphml xmlns="http://graphml.graphdrawing.org/xmlns">
            \(page.lines[..<count].joined(separator: "\n"))
            <graph id="\(XMLText.escaped(picture.ring.description))" edgedefault="undirected">
            \(page.lines[count...].joined(separator: "\n"))
            </graph>
            </graphml>

            """
    }

    private static func write(_ subject: RingPicture.Subject, to page: inout XMLPage) {
        page.wrap("node", ["id": subject.node.description]) { page in
            page.data("side", "subject")
            page.data("firstSeen", subject.firstSeen.description)
            page.data("lastSeen", subject.lastSeen.description)
            page.data("reported", String(!subject.reports.isEmpty))
            if !subject.reports.isEmpty {
                page.data("reports", subject.reports.ranked.map(\.words).joined(separator: "; "))
            }
            page.data("protected", String(subject.isProtected))
            if let day = subject.newSince { page.data("newSince", day.description) }
        }
    }

    private static func write(_ identifier: RingPicture.Identifier, to page: inout XMLPage) {
        page.wrap("node", ["id": identifier.node.description]) { page in
            page.data("side", "identifier")
            page.data("kind", identifier.kind.name)
            page.data("firstSeen", identifier.firstSeen.description)
            page.data("lastSeen", identifier.lastSeen.description)
            page.data("degree", String(identifier.degree))
            page.data("members", String(identifier.members))
            page.data("demoted", String(identifier.isDemoted))
        }
    }

    private static func write(_ edge: RingPicture.Edge, _ index: Int, to page: inout XMLPage) {
        page.wrap(
            "edge",
            ["id": "e\(index + 1)", "source": edge.subject.description, "target": edge.identifier.description]
        ) { page in
            page.data("role", edge.role.name)
            page.data("furnishedBy", String(edge.members))
            page.data("linkFirstSeen", edge.firstSeen.description)
            page.data("linkLastSeen", edge.lastSeen.description)
        }
    }
}

extension XMLPage {
    fileprivate mutating func data(_ key: String, _ value: String) { element("data", ["key": key], text: value) }
}
