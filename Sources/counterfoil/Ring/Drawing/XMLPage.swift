/// Elements of a document in XML, line after line. Every text and attribute value is escaped here.
struct XMLPage {
    typealias Attributes = KeyValuePairs<String, String>

    private(set) var lines: [String] = []

    mutating func element(_ name: String, _ attributes: Attributes, text: String? = nil) {
        let head = "<\(name)\(Self.text(of: attributes))"
        lines.append(text.map { "\(head)>\(XMLText.escaped($0))</\(name)>" } ?? "\(head)/>")
    }

    /// An element around others.
    mutating func wrap(_ name: String, _ attributes: Attributes, _ body: (inout XMLPage) -> Void) {
        lines.append("<\(name)\(Self.text(of: attributes))>")
        body(&self)
        lines.append("</\(name)>")
    }

    private static func text(of attributes: Attributes) -> String {
        attributes.map { " \($0.key)=\"\(XMLText.escaped($0.value))\"" }.joined()
    }
}

// What drawings are made of (SVG 1.1).
extension XMLPage {
    mutating func group(_ attributes: Attributes, title: String? = nil, _ body: (inout XMLPage) -> Void) {
        wrap("g", attributes) { page in
            if let title { page.element("title", [:], text: title) }
            body(&page)
        }
    }

    mutating func text(_ text: String, at place: Point, style: String, anchor: String = "start") {
        element(
            "text",
            [
                "class": style, "x": XMLText.number(place.x), "y": XMLText.number(place.y), "text-anchor": anchor,
            ], text: text)
    }

    mutating func circle(at place: Point, radius: Double, style: String) {
        element(
            "circle",
            [
                "class": style, "cx": XMLText.number(place.x), "cy": XMLText.number(place.y),
                "r": XMLText.number(radius),
            ])
    }

    mutating func rectangle(_ box: Box, rounding: Double, style: String) {
        element(
            "rect",
            [
                "class": style, "x": XMLText.number(box.left), "y": XMLText.number(box.top),
                "width": XMLText.number(box.width), "height": XMLText.number(box.height),
                "rx": XMLText.number(rounding),
            ])
    }

    mutating func path(_ description: String, style: String) {
        element("path", ["class": style, "d": description])
    }
}

/// Writes the `d` of a path.
struct PathText {
    private(set) var text = ""

    mutating func move(to place: Point) { add("M", place) }
    mutating func line(to place: Point) { add("L", place) }
    mutating func close() { text += "Z" }

    mutating func curve(by control: Point, to end: Point) {
        add("Q", control)
        add(" ", end)
    }

    static func polygon(_ corners: [Point], isClosed: Bool = true) -> String {
        var path = PathText()
        for (index, corner) in corners.enumerated() { index == 0 ? path.move(to: corner) : path.line(to: corner) }
        if isClosed { path.close() }
        return path.text
    }

    private mutating func add(_ command: String, _ place: Point) {
        text += "\(command)\(XMLText.number(place.x)) \(XMLText.number(place.y))"
    }
}
