import Exchange
import Records
import Vocabulary

/// What shapes, marks, shades and lines mean: inside the drawing, so that it can be passed on by itself.
struct RingLegend {
    static let width = 286.0
    private static let rowHeight = 22.0
    private let drawing: RingDrawing
    private let kinds: [(shape: NodeShape, count: Int)]
    private let roles: [IdentifierRole]

    init(_ drawing: RingDrawing) {
        self.drawing = drawing
        kinds = RingText.sharing(drawing.picture)
        roles = IdentifierRole.allCases.filter { role in
            role != .own && drawing.edges.contains { $0.edge.role == role }
        }
    }

    var height: Double {
        var height = 20.0
        for section in sections { height += 30 + section.rows.reduce(0) { $0 + $1.height } }
        return height
    }

    func draw(at corner: Point, on page: inout XMLPage) {
        let box = Box(
            center: corner + Point(x: Self.width / 2, y: height / 2), width: Self.width, height: height)
        page.group(["id": "legend"]) { page in
            page.rectangle(box, rounding: 5, style: "panel")
            var y = corner.y + 24
            for section in sections {
                page.text(section.heading, at: Point(x: corner.x + 14, y: y), style: "heading")
                y += 10
                for row in section.rows {
                    row.draw(Point(x: corner.x + 40, y: y + row.height / 2), &page)
                    page.text(
                        row.words, at: Point(x: corner.x + 76, y: y + row.height / 2 + 4), style: "legend")
                    y += row.height
                }
                y += 20
            }
        }
    }

    private struct Row {
        var height = RingLegend.rowHeight
        let words: String
        /// - Parameter place: the middle of its symbol.
        let draw: (_ place: Point, _ page: inout XMLPage) -> Void
    }

    private var sections: [(heading: String, rows: [Row])] {
        [
            ("Who, and what they share", [personRow] + kinds.map(Self.row)), ("Marks", markRows),
            ("First seen: person, identifier, link", shadeRows), ("Links: furnished by", edgeRows),
        ]
    }

    private var personRow: Row {
        Self.row(.person, drawing.picture.subjects.count)
    }

    private static func row(_ shape: NodeShape, _ count: Int) -> Row {
        let fill = (shape == .person ? TimeShades.subjects : TimeShades.identifiers)[1]
        return Row(height: 29, words: "\(shape.words) (\(count))") { place, page in
            let (x, y) = (XMLText.number(place.x), XMLText.number(place.y))
            page.group(["style": "fill:\(fill)", "transform": "translate(\(x) \(y)) scale(0.64)"]) { page in
                shape.draw(at: .zero, style: "shape", on: &page)
            }
        }
    }

    private var markRows: [Row] {
        [
            Self.ring("reported, and it confirms", "reported"),
            Self.ring("reported; disputed or suspicion", "reported doubt"),
            Self.ring("protected: risk is not passed on", "protected"),
            Row(words: "joined lately") { place, page in
                page.circle(at: place, radius: 6, style: "new")
                page.text("N", at: place + Point(x: 0, y: 3), style: "badge", anchor: "middle")
            },
            Row(height: 26, words: "too widely shared: links nobody") { place, page in
                let box = Box(center: place, width: 40, height: 20)
                page.group(["style": "fill:\(TimeShades.identifiers[1])"]) { page in
                    page.rectangle(box, rounding: 4, style: "shape demoted")
                }
            },
        ]
    }

    private static func ring(_ words: String, _ style: String) -> Row {
        Row(height: 26, words: words) { place, page in page.circle(at: place, radius: 10, style: style) }
    }

    private var shadeRows: [Row] {
        drawing.shades.ranges.map { step, words in
            Row(height: 20, words: words) { place, page in
                for (index, color) in [TimeShades.subjects[step], TimeShades.identifiers[step]].enumerated() {
                    page.group(["style": "fill:\(color)"]) { page in
                        let box = Box(
                            center: place + Point(x: -18 + Double(index) * 17, y: 0), width: 15, height: 14)
                        page.rectangle(box, rounding: index == 0 ? 7 : 2, style: "shape")
                    }
                }
                Self.line(
                    from: place + Point(x: 11, y: 0), to: place + Point(x: 28, y: 0), TimeShades.edges[step],
                    width: 2.2, on: &page)
            }
        }
    }

    private var edgeRows: [Row] {
        let widths = [(1, "one member"), (2, "two members"), (5, "five or more")].map { members, words in
            Row(height: 20, words: words) { place, page in
                Self.line(
                    from: place + Point(x: -22, y: 0), to: place + Point(x: 24, y: 0), TimeShades.edges[3],
                    width: DrawnEdge.width(members: members), on: &page)
            }
        }
        let names = roles.isEmpty ? "another's, with its role" : roles.map(\.words).joined(separator: ", ")
        return widths + [
            Row(height: 20, words: "not the person's own:") { place, page in
                Self.line(
                    from: place + Point(x: -22, y: 0), to: place + Point(x: 24, y: 0), TimeShades.edges[3], width: 1.1,
                    dashes: ";stroke-dasharray:6 4", on: &page)
            },
            Row(height: 18, words: names) { _, _ in },
        ]
    }

    private static func line(
        from start: Point, to end: Point, _ color: String, width: Double, dashes: String = "", on page: inout XMLPage
    ) {
        page.element(
            "path",
            [
                "class": "edge", "d": PathText.polygon([start, end], isClosed: false),
                "style": "stroke:\(color);stroke-width:\(XMLText.number(width))\(dashes)",
            ])
    }
}
