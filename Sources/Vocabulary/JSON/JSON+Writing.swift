extension JSON {
    /// The compact UTF-8 text: members in order, no white space, only the escapes that RFC 8259 §7 requires.
    package var bytes: [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(512)
        write(to: &text, indent: nil)
        return text
    }

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The same value for people: two spaces a level, ending with a newline.
    package var prettyText: String {
        var text: [UInt8] = []
        write(to: &text, indent: 0)
        return String(decoding: text, as: UTF8.self) + "\n"
    }

    private func write(to text: inout [UInt8], indent: Int?) {
        switch self {
        case .null: text.append(contentsOf: "null".utf8)
        case .bool(let flag): text.append(contentsOf: (flag ? "true" : "false").utf8)
        case .integer(let digit) where 0...9 ~= digit: text.append(UInt8(ascii: "0") + UInt8(digit))
        case .integer(let number): text.append(contentsOf: String(number).utf8)
        case .string(let string): Self.write(string, to: &text)
        case .array(let elements):
            Self.write(elements, between: "[", "]", to: &text, indent: indent) { element, text, inner in
                element.write(to: &text, indent: inner)
            }
        case .object(let members):
            Self.write(members, between: "{", "}", to: &text, indent: indent) { member, text, inner in
                Self.write(member.name, to: &text)
                text.append(UInt8(ascii: ":"))
                if inner != nil { text.append(UInt8(ascii: " ")) }
                member.value.write(to: &text, indent: inner)
            }
        }
    }

    private static func write<Element>(
        _ elements: [Element], between open: Unicode.Scalar, _ close: Unicode.Scalar, to text: inout [UInt8],
        indent: Int?, each: (Element, inout [UInt8], Int?) -> Void
    ) {
        let inner = indent.map { $0 + 1 }
        text.append(UInt8(ascii: open))
        for (index, element) in elements.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            breakLine(inner, in: &text)
            each(element, &text, inner)
        }
        if !elements.isEmpty { breakLine(indent, in: &text) }
        text.append(UInt8(ascii: close))
    }

    private static func breakLine(_ indent: Int?, in text: inout [UInt8]) {
        guard let indent else { return }
        text.append(UInt8(ascii: "\n"))
        text.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent * 2))
    }

    private static func write(_ string: String, to text: inout [UInt8]) {
        var string = string
        text.append(UInt8(ascii: "\""))
        string.withUTF8 { write($0, to: &text) }
        text.append(UInt8(ascii: "\""))
    }

    /// What needs no escape is copied in one piece: most strings whole.
    private static func write(_ characters: UnsafeBufferPointer<UInt8>, to text: inout [UInt8]) {
        var start = 0
        while true {
            let end = JSONText.plainEnd(in: characters, from: start)
            text.append(contentsOf: UnsafeBufferPointer(rebasing: characters[start..<end]))
            guard end < characters.count else { return }
            escape(characters[end], to: &text)
            start = end + 1
        }
    }

    private static func escape(_ byte: UInt8, to text: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""): text.append(contentsOf: #"\""#.utf8)
        case UInt8(ascii: "\\"): text.append(contentsOf: #"\\"#.utf8)
        case UInt8(ascii: "\n"): text.append(contentsOf: #"\n"#.utf8)
        case UInt8(ascii: "\t"): text.append(contentsOf: #"\t"#.utf8)
        case UInt8(ascii: "\r"): text.append(contentsOf: #"\r"#.utf8)
        default: text.append(contentsOf: (#"\u00"# + Hex.encode([byte])).utf8)
        }
    }
}
