import Exchange
import Foundation
import FoundationXML
import Records
import TestSupport
import Testing
import Vocabulary

@testable import counterfoil

@Suite("A ring drawn")
struct RingDrawingTests {
    static let seeds: [UInt64] = [1, 2]

    /// The elements' names with their attributes, or nothing for what is not well-formed XML.
    final class Elements: NSObject, XMLParserDelegate {
        private(set) var all: [(name: String, attributes: [String: String])] = []
        private(set) var texts: [String] = []

        static func of(_ text: String) throws -> Elements {
            let (elements, parser) = (Elements(), XMLParser(data: Data(text.utf8)))
            parser.delegate = elements
            #expect(parser.parse(), "\(parser.parserError.debugDescription)")
            return elements
        }

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            all.append((name, attributes))
            texts.append("")
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) {
            if !texts.isEmpty { texts[texts.count - 1] += string }
        }

        func ids(of name: String) -> Set<String> {
            Set(all.filter { $0.name == name }.compactMap { $0.attributes["id"] })
        }
    }

    static func shuffled(_ picture: RingPicture, seed: UInt64) throws -> RingPicture {
        var random = SeededGenerator(seed: seed)
        return try RingPicture(
            ring: picture.ring, aliases: picture.aliases, status: picture.status, asOf: picture.asOf,
            subjects: picture.subjects.shuffled(using: &random),
            identifiers: picture.identifiers.shuffled(using: &random), edges: picture.edges.shuffled(using: &random))
    }

    @Test("the same picture has the same drawing, in whatever order it was written")
    func deterministic() throws {
        let picture = try RingSample.picture(nodes: 40, seed: 5)
        let text = RingSVG(picture).text
        #expect(RingSVG(try Self.shuffled(picture, seed: 6)).text == text)
        #expect(RingSVG(try RingPicture(parsing: picture.json.bytes)).text == text)
        #expect(RingSVG(try RingSample.picture(nodes: 40, seed: 7)).text != text)
    }

    @Test("no two of 100 nodes overlap, and everything is on the page and beside the legend", arguments: seeds)
    func hundredNodes(seed: UInt64) throws {
        let svg = RingSVG(try RingSample.picture(nodes: 100, seed: seed))
        let (boxes, origin) = (svg.drawing.boxes, svg.origin)
        #expect(boxes.count == 100)
        for (index, box) in boxes.enumerated() {
            for other in boxes[(index + 1)...] {
                #expect(!box.overlaps(other, gap: Spacing.gap - 1), "seed \(seed)")
            }
            #expect(box.left >= 0 && box.top >= 0 && box.right <= svg.drawing.width + 0.1)
            #expect(origin.y + box.bottom <= svg.height - 10 && origin.y + box.top >= 80)
            #expect(origin.x + box.right <= svg.width - RingLegend.width - 14)
        }
        for edge in svg.drawing.edges {
            for step in 0...10 {
                let place = edge.place(Double(step) / 10) + origin
                #expect(place.x > 0 && place.x < svg.width - RingLegend.width - 14)
                #expect(place.y > 60 && place.y < svg.height)
            }
        }
    }

    @Test("hardly a link of 70 nodes runs through a node that is not its own", arguments: seeds)
    func linksRunFree(seed: UInt64) throws {
        let drawing = RingDrawing(try RingSample.picture(nodes: 70, seed: seed))
        var through = 0
        for edge in drawing.edges {
            let points = (0...20).map { edge.place(Double($0) / 20) }
            for (node, box) in zip(drawing.nodes, drawing.boxes)
            where node.node != edge.edge.subject && node.node != edge.edge.identifier {
                through += zip(points, points.dropFirst()).contains { box.isCrossed(from: $0, to: $1) } ? 1 : 0
            }
        }
        #expect(through * 50 <= drawing.edges.count, "\(through) of \(drawing.edges.count), seed \(seed)")
    }

    @Test("nodes without links, twins and a single node have places of their own")
    func corners() throws {
        for (sizes, links) in [(1, []), (5, []), (9, (1..<9).map { (0, $0) }), (4, [(0, 2), (0, 3), (1, 2), (1, 3)])] {
            let graph = LayoutGraph(sizes: Array(repeating: (34, 34), count: sizes), links: links)
            let layout = RingLayout(graph)
            let boxes = layout.places.map { Box(center: $0, width: 34, height: 34) }
            for (index, box) in boxes.enumerated() {
                #expect(box.left > -0.1 && box.right < layout.width + 0.1 && box.bottom < layout.height + 0.1)
                for other in boxes[(index + 1)...] { #expect(!box.overlaps(other)) }
            }
        }
    }

    @Test("the drawing is well-formed, described, and has every node once")
    func elements() throws {
        let picture = try RingSample.picture(nodes: 40, seed: 8)
        let elements = try Elements.of(RingSVG(picture).text)
        let names = Set((picture.subjects.map(\.node) + picture.identifiers.map(\.node)).map(\.description))
        #expect(names.isSubset(of: elements.ids(of: "g")))
        #expect(elements.all.first?.attributes["aria-labelledby"] == "title desc")
        #expect(elements.ids(of: "title") == ["title"] && elements.ids(of: "desc") == ["desc"])
        let rings = elements.all.count { $0.attributes["class"]?.hasPrefix("reported") == true }
        // One for each reported person, and two of the legend.
        #expect(rings == picture.subjects.count { !$0.reports.isEmpty } + 2)
        #expect(elements.all.contains { $0.attributes["class"] == "shape demoted" })
    }

    @Test("the legend explains every kind, shade, mark and line that the picture has")
    func legend() throws {
        let picture = try RingSample.picture(nodes: 50, seed: 9)
        let svg = RingSVG(picture)
        let elements = try Elements.of(svg.text)
        let start = try #require(elements.all.firstIndex { $0.attributes["id"] == "legend" })
        let words = elements.texts[start...].joined(separator: "\n")
        let kinds = Set(picture.identifiers.map { NodeShape($0.kind) })
        #expect(kinds.count == 9)
        for shape in kinds.union([.person]) { #expect(words.contains("\(shape.words) (")) }
        for words in svg.drawing.shades.ranges.map(\.words) + ["contact", "one member", "too widely shared"] {
            #expect(elements.texts[start...].contains { $0.contains(words) }, "\(words)")
        }
        for text in ["reported", "disputed", "protected", "joined lately", "person's own"] {
            #expect(words.contains(text))
        }
    }

    @Test("shades go from the first day to the last without a gap")
    func shades() {
        let days = (0..<13).map { CalendarDate(daysSince1970: 20_000 + $0) }
        let shades = TimeShades(RingPictureDays(days))
        let steps = days.map(shades.step)
        #expect(steps == steps.sorted() && Set(steps) == Set(0..<5))
        #expect(shades.ranges.first?.words == "2024-10-04 to 2024-10-06")
        for (step, words) in shades.ranges {
            let inside = days.filter { shades.step($0) == step }.map(\.description)
            #expect(words == "\(inside.first ?? "") to \(inside.last ?? "")")
        }
        #expect(TimeShades(RingPictureDays([days[0]])).ranges.map(\.words) == ["2024-10-04"])
    }

    @Test("nothing in any form of a picture could be a token, a key or a hash", arguments: seeds)
    func noTokens(seed: UInt64) throws {
        let picture = try RingSample.picture(nodes: 30, seed: seed)
        let texts = [
            RingSVG(picture).text, RingGraphML(picture).text, RingDOT(picture).text, RingText(picture).text,
            picture.json.text,
        ]
        for text in texts {
            #expect(!text.contains(/[0-9a-fA-F]{32}/))
            #expect(!text.contains(/[A-Za-z0-9+\/_-]{43}/.asciiOnlyDigits()))
        }
    }

    @Test("GraphML has every node and link with what is known of it, and DOT too")
    func graphs() throws {
        let picture = try RingSample.picture(nodes: 40, seed: 10)
        let elements = try Elements.of(RingGraphML(picture).text)
        #expect(elements.ids(of: "node").count == 40)
        #expect(elements.ids(of: "edge").count == picture.edges.count)
        let keys = elements.ids(of: "key")
        for element in elements.all where element.name == "data" {
            #expect(keys.contains(element.attributes["key"] ?? ""))
        }
        let lines = RingDOT(picture).text.split(separator: "\n")
        #expect(lines.count { $0.contains(" -- ") } == picture.edges.count)
        #expect(lines.first == "graph \"R-12\" {" && lines.last == "}")
        for line in lines { #expect(line.count { $0 == "\"" }.isMultiple(of: 2), "\(line)") }
    }

    @Test("text is escaped as XML and as DOT ask for it")
    func escaping() throws {
        let text = "a<b & \"c\" 'd' > e\u{1} 中"
        #expect(XMLText.escaped(text) == "a&lt;b &amp; &quot;c&quot; &#39;d&#39; &gt; e\u{FFFD} 中")
        var page = XMLPage()
        page.element("t", ["a": text], text: text)
        let elements = try Elements.of(page.lines.joined())
        #expect(elements.texts == ["a<b & \"c\" 'd' > e\u{FFFD} 中"])
        #expect(RingDOT.quoted("a\"b\\n\nc") == #""a\"b\\n\nc""#)
        #expect([-0.04, 12.34, -0.06, 3].map(XMLText.number) == ["0", "12.3", "-0.1", "3"])
    }
}
