import Exchange
import Vocabulary

/// Writes a drawing as SVG 1.1: dark on light, with its legend, and a description for who cannot see it.
struct RingSVG {
    static let margin = 30.0
    static let headHeight = 90.0
    let drawing: RingDrawing
    private let legend: RingLegend

    init(_ picture: RingPicture) {
        drawing = RingDrawing(picture)
        legend = RingLegend(drawing)
    }

    /// Where the drawing begins.
    var origin: Point { Point(x: Self.margin + DrawnEdge.margin / 2, y: Self.headHeight + Self.margin) }
    var width: Double {
        let words = subtitle.reduce(0) { max($0, Double($1.count) * 6.7) }
        return max(origin.x + drawing.width + DrawnEdge.margin / 2, Self.margin + words) + Self.margin
            + RingLegend.width
    }
    var height: Double { max(origin.y + drawing.height + Self.margin + 16, legend.height + 2 * Self.margin) }

    var text: String {
        var page = XMLPage()
        page.element("title", ["id": "title"], text: title)
        page.element("desc", ["id": "desc"], text: description)
        page.rectangle(
            Box(center: Point(x: width / 2, y: height / 2), width: width, height: height), rounding: 0, style: "page")
        page.text(title, at: Point(x: Self.margin, y: 38), style: "headline")
        for (index, line) in subtitle.enumerated() {
            page.text(line, at: Point(x: Self.margin, y: 60 + Double(index) * 17), style: "small")
        }
        let origin = origin
        page.group(["transform": "translate(\(XMLText.number(origin.x)) \(XMLText.number(origin.y)))"]) { page in
            for edge in drawing.edges { draw(edge, on: &page) }
            for index in drawing.nodes.indices { draw(index, on: &page) }
            for edge in drawing.edges where edge.edge.role != .own { label(edge, on: &page) }
        }
        legend.draw(at: Point(x: width - RingLegend.width - 14, y: Self.margin), on: &page)
        return ([head] + page.lines + ["</svg>", ""]).joined(separator: "\n")
    }

    private var head: String {
        let size = "\(XMLText.number(width)) \(XMLText.number(height))"
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size)" width="\(XMLText.number(width))" \
            height="\(XMLText.number(height))" role="img" aria-labelledby="title desc">
            <style>\(RingStyle.sheet)</style>
            """
    }

    private var title: String {
        let picture = drawing.picture
        return "Ring \(picture.ring) · \(picture.status.words)"
    }

    /// Two lines at most.
    private var subtitle: [String] {
        let picture = drawing.picture
        let days = drawing.nodes.map(\.firstSeen)
        let first: [String?] = [
            "\(picture.subjects.count) persons, \(picture.identifiers.count) identifiers",
            days.min().flatMap { first in days.max().map { "first seen \(first) to \($0)" } },
        ]
        let second: [String?] = [
            "as of \(picture.asOf)",
            picture.aliases.isEmpty ? nil : "once \(RingText.list(picture.aliases.map(\.description), limit: 4))",
            picture.isTruncated ? "the ring is larger than this picture" : nil,
        ]
        return [first, second].map { $0.compactMap(\.self).joined(separator: " · ") }
    }

    private var description: String {
        let picture = drawing.picture
        let reported = picture.subjects.filter { !$0.reports.isEmpty }.sorted { $0.node < $1.node }
        let kinds = RingText.sharing(picture).map { "\($0.count) \($0.shape.words)" }.joined(separator: ", ")
        let codes = reported.map { "\($0.node) \($0.reports.ranked[0].words)" }
        return "Persons are circles, what they share has a shape for each kind (\(kinds)). "
            + (reported.isEmpty ? "Nobody is reported." : "Reported: \(RingText.list(codes, limit: 12)).")
    }
}

extension RingSVG {
    private func draw(_ edge: DrawnEdge, on page: inout XMLPage) {
        // Edges are told apart by when they were first seen, on the same scale as nodes.
        let shade = TimeShades.edges[drawing.shades.step(edge.edge.firstSeen)]
        var dashes = ""
        if edge.edge.role != .own { dashes = ";stroke-dasharray:6 4" }
        page.group([:], title: edge.title) { page in
            page.element(
                "path",
                [
                    "class": "edge", "d": edge.path,
                    "style": "stroke:\(shade);stroke-width:\(XMLText.number(edge.width))\(dashes)",
                ])
        }
    }

    /// The role of a link that is not a person's own, on a free stretch of it.
    private func label(_ edge: DrawnEdge, on page: inout XMLPage) {
        let width = Double(edge.edge.role.name.count) * 5.4
        let across = (edge.end - edge.start).normal * (1 / max((edge.end - edge.start).length, 1))
        let places = [0, 13, -13, 26, -26].flatMap { aside in
            [0.5, 0.58, 0.42, 0.66, 0.34].map { edge.place($0) + across * aside }
        }
        let free = places.first { place in
            let box = Box(center: place, width: width, height: 11)
            return !drawing.boxes.contains { $0.overlaps(box) }
        }
        // Where there is no room the dashes must do.
        guard let free else { return }
        page.text(edge.edge.role.words, at: free + Point(x: 0, y: 3), style: "role", anchor: "middle")
    }

    private func draw(_ index: Int, on page: inout XMLPage) {
        let (node, middle) = (drawing.nodes[index], drawing.anchors[index])
        page.group(["id": node.node.description], title: node.title) { page in
            if case .subject(let subject) = node.content { Self.rings(around: middle, subject, on: &page) }
            let fill = node.shades[drawing.shades.step(node.firstSeen)]
            page.group(["style": "fill:\(fill)"]) { page in
                node.shape.draw(at: middle, style: node.isDemoted ? "shape demoted" : "shape", on: &page)
            }
            page.text(
                node.node.description, at: middle + Point(x: 0, y: node.shape.labelDrop), style: "label",
                anchor: "middle")
            if case .subject(let subject) = node.content { Self.badges(at: middle, subject, on: &page) }
            var line = middle.y + node.shape.size.height / 2 + (node.shape == .person ? 6 : 2)
            for caption in node.captions {
                Self.draw(caption, at: Point(x: middle.x, y: line), on: &page)
                line += DrawnNode.captionHeight
            }
        }
    }

    static func rings(around middle: Point, _ subject: RingPicture.Subject, on page: inout XMLPage) {
        let radius = NodeShape.person.size.width / 2
        if subject.isProtected { page.circle(at: middle, radius: radius + 5.5, style: "protected") }
        guard !subject.reports.isEmpty else { return }
        let isConfirmed = subject.reports.contains { $0.standing == .confirmed }
        page.circle(at: middle, radius: radius + 2.2, style: isConfirmed ? "reported" : "reported doubt")
    }

    static func badges(at middle: Point, _ subject: RingPicture.Subject, on page: inout XMLPage) {
        if subject.isProtected {
            let place = middle + Point(x: -15, y: -14)
            let corners = [(-6.0, -6.0), (6, -6), (6, 1), (0, 7), (-6, 1)].map { place + Point(x: $0.0, y: $0.1) }
            page.path(PathText.polygon(corners), style: "shield")
            page.text("P", at: place + Point(x: 0, y: 3), style: "badge", anchor: "middle")
        }
        if subject.newSince != nil {
            let place = middle + Point(x: 14, y: -14)
            page.circle(at: place, radius: 6, style: "new")
            page.text("N", at: place + Point(x: 0, y: 3), style: "badge", anchor: "middle")
        }
    }

    /// - Parameter place: the middle of its upper side.
    static func draw(_ caption: DrawnNode.Caption, at place: Point, on page: inout XMLPage) {
        let middle = place + Point(x: 0, y: DrawnNode.captionHeight / 2)
        let box = Box(center: middle, width: caption.width, height: DrawnNode.captionHeight - 1)
        page.rectangle(box, rounding: 3, style: "pill \(caption.style.rawValue)")
        page.text(
            caption.text, at: middle + Point(x: 0, y: 3.4), style: "caption \(caption.style.rawValue)",
            anchor: "middle")
    }
}
