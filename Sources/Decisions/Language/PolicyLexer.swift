/// Divides a policy's text into tokens. Comments run from `#` to the end of their line.
struct PolicyLexer {
    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var line = 1
    private var column = 1
    private(set) var tokens: [PolicyToken] = []

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }
    private var place: SourcePlace { SourcePlace(line: line, column: column) }

    /// Reads everything; what is no token is noted and passed over. The last token is always `end`.
    mutating func run(_ problems: inout ProblemList) {
        while let scalar = next, !problems.isFull {
            switch scalar {
            case " ", "\t", "\n", "\r": advance()
            case "#": comment(&problems)
            case "\"": text(&problems)
            case "a"..."z", "A"..."Z": word()
            case "0"..."9", "-": number(&problems)
            case "(", ")", ",": sign(String(scalar))
            case "<", ">", "=", "!": comparison()
            default: stray(scalar, &problems)
            }
        }
        tokens.append(PolicyToken(content: .end, place: place))
    }

    private mutating func advance() {
        if scalars[index] == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
        index += 1
    }

    private mutating func sign(_ sign: String) {
        tokens.append(PolicyToken(content: .sign(sign), place: place))
        for _ in sign.unicodeScalars { advance() }
    }

    private mutating func comparison() {
        let first = String(scalars[index])
        let isDouble = index + 1 < scalars.count && scalars[index + 1] == "="
        sign(isDouble ? first + "=" : first)
    }

    private mutating func take(while isPart: (Unicode.Scalar) -> Bool) -> String {
        var taken = String.UnicodeScalarView()
        while let scalar = next, isPart(scalar) {
            taken.append(scalar)
            advance()
        }
        return String(taken)
    }

    private mutating func word() {
        let start = place
        tokens.append(PolicyToken(content: .word(take(while: Self.isPartOfWord)), place: start))
    }

    private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", ".", "-", "_": true
        default: false
        }
    }

    private mutating func number(_ problems: inout ProblemList) {
        let start = place
        var text = take(while: Self.isPartOfWord)
        let isDays = text.hasSuffix("d")
        if isDays { text.removeLast() }
        guard let number = Int64(text) else {
            problems.error(start, "\"\(text.prefix(32))\" is no number", "write whole numbers, in days as 30d")
            return tokens.append(PolicyToken(content: .number(0, isDays: isDays), place: start))
        }
        if number.magnitude > PolicyLimits.number.magnitude {
            problems.error(start, "the number is too large", "write at most \(PolicyLimits.number)")
        }
        tokens.append(PolicyToken(content: .number(number, isDays: isDays), place: start))
    }

    private mutating func comment(_ problems: inout ProblemList) {
        while let scalar = next, scalar != "\n" {
            if scalar != "\r", Self.misleads(scalar) { stray(scalar, &problems) } else { advance() }
        }
    }

    /// A text ends on its own line. `\"` and `\\` stand for a quotation mark and a backslash.
    private mutating func text(_ problems: inout ProblemList) {
        let start = place
        advance()
        var content = String.UnicodeScalarView()
        while let scalar = next, !["\"", "\n", "\r"].contains(scalar) {
            if scalar == "\\", index + 1 < scalars.count, ["\"", "\\"].contains(scalars[index + 1]) {
                advance()
                content.append(scalars[index])
                advance()
            } else if Self.misleads(scalar) {
                stray(scalar, &problems)
            } else {
                content.append(scalar)
                advance()
            }
        }
        if next == "\"" {
            advance()
        } else {
            problems.error(start, "the text does not end on its line", "close it with a quotation mark")
        }
        if content.count > PolicyLimits.textCharacters {
            problems.error(start, "the text is too long", "keep it to \(PolicyLimits.textCharacters) characters")
        }
        tokens.append(PolicyToken(content: .text(String(content)), place: start))
    }

    /// Control characters, and those that change a line's direction so that it reads otherwise than it is.
    private static func misleads(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
        default: false
        }
    }

    private mutating func stray(_ scalar: Unicode.Scalar, _ problems: inout ProblemList) {
        let code = String(scalar.value, radix: 16, uppercase: true)
        let name = String(repeating: "0", count: max(0, 4 - code.utf8.count)) + code
        let shown = Self.misleads(scalar) || !scalar.isASCII ? "the character U+\(name)" : "\"\(scalar)\""
        problems.error(place, "\(shown) cannot stand here", "take it out, or put a text in quotation marks")
        advance()
    }
}
