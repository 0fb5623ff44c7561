import Exchange
import Records
import Vocabulary

/// Writes a picture in the DOT language of Graphviz.
struct RingDOT {
    private let picture: RingPicture
    private let shades: TimeShades

    init(_ picture: RingPicture) {
        self.picture = picture
        shades = TimeShades(
            RingPictureDays(picture.subjects.map(\.firstSeen) + picture.identifiers.map(\.firstSeen)))
    }

    var text: String {
        let head = """
            graph \(Self.quoted(picture.ring.description)) {
              graph [layout=neato, overlap=false, splines=true, label=\(Self.quoted(heading)), labelloc=t]
              node [style=filled, fontname="Helvetica", fontsize=10]
            """
        let lines = picture.subjects.map(line) + picture.identifiers.map(line) + picture.edges.map(line)
        return ([head] + lines.map { "  \($0)" } + ["}", ""]).joined(separator: "\n")
    }

    private var heading: String { "Ring \(picture.ring) · \(picture.status.words) · as of \(picture.asOf)" }

    private func line(_ subject: RingPicture.Subject) -> String {
        let label = [subject.node.description] + subject.reports.ranked.map(\.code.text)
        var attributes = [
            "shape=circle", "label=\(Self.quoted(label.joined(separator: "\n")))",
            "fillcolor=\(Self.quoted(TimeShades.subjects[shades.step(subject.firstSeen)]))",
            "tooltip=\(Self.quoted(DrawnNode(subject).title))",
        ]
        if !subject.reports.isEmpty { attributes += ["color=\"#c4161c\"", "penwidth=3"] }
        if subject.isProtected { attributes += ["peripheries=2", "color=\"#14794a\""] }
        return "\(Self.quoted(subject.node.description)) [\(attributes.joined(separator: ", "))]"
    }

    private func line(_ identifier: RingPicture.Identifier) -> String {
        let shape = NodeShape(identifier.kind)
        let label = "\(identifier.node)\n\(shape.words)"
        let attributes = [
            "shape=\(shape.dot)", "label=\(Self.quoted(label))",
            "fillcolor=\(Self.quoted(TimeShades.identifiers[shades.step(identifier.firstSeen)]))",
            "tooltip=\(Self.quoted(DrawnNode(identifier, shown: identifier.degree).title))",
            identifier.isDemoted ? "style=\"filled,dashed\"" : "style=filled",
        ]
        return "\(Self.quoted(identifier.node.description)) [\(attributes.joined(separator: ", "))]"
    }

    private func line(_ edge: RingPicture.Edge) -> String {
        var attributes = [
            "penwidth=\(XMLText.number(DrawnEdge.width(members: edge.members)))",
            "color=\(Self.quoted(TimeShades.edges[shades.step(edge.firstSeen)]))",
        ]
        if edge.role != .own { attributes += ["style=dashed", "label=\(Self.quoted(edge.role.words))"] }
        let ends = "\(Self.quoted(edge.subject.description)) -- \(Self.quoted(edge.identifier.description))"
        return "\(ends) [\(attributes.joined(separator: ", "))]"
    }

    /// A string as DOT quotes it; a line break is written `\n`.
    static func quoted(_ text: String) -> String {
        var quoted = ""
        for character in text {
            switch character {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            default: quoted.append(character)
            }
        }
        return "\"\(quoted)\""
    }
}

extension NodeShape {
    /// The nearest of Graphviz's own shapes.
    fileprivate var dot: String {
        switch self {
        case .person: "circle"
        case .nationalID: "note"
        case .phone: "component"
        case .card: "box"
        case .device: "hexagon"
        case .email: "folder"
        case .address: "house"
        case .employer: "box3d"
        case .staff: "invhouse"
        case .composite: "diamond"
        }
    }
}
