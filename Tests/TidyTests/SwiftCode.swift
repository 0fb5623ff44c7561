/// A Swift file's code with comments and the text of literals blanked, line by line, so that rules on code do not trip
/// over words. Not a parser: it knows comments, strings (raw, multi-line, with code in them) and regex literals.
struct SwiftCode {
    /// As many lines as the file has, and as long.
    let lines: [String]
    /// Whether a line has a comment in it.
    let isCommented: [Bool]

    init(_ text: String) {
        var reader = Reader(Array(text.utf8))
        reader.readAll()
        lines = reader.code.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        isCommented = lines.indices.map(reader.commented.contains)
    }

    /// A comment on the line itself or on one of the two above it.
    func isExplained(line index: Int) -> Bool { (max(0, index - 2)...index).contains { isCommented[$0] } }
}

private struct Reader {
    private enum Mode {
        case code
        /// Code inside a string, up to the parenthesis that closes it.
        case interpolation(depth: Int)
        case string(hashes: Int, quotes: Int)
        case regex(hashes: Int)
        case lineComment
        case blockComment(depth: Int)
    }

    private let text: [UInt8]
    private var position = 0
    private var modes: [Mode] = [.code]
    private(set) var code: [UInt8] = []
    private(set) var commented: Set<Int> = []
    private var line = 0

    init(_ text: [UInt8]) { self.text = text }

    mutating func readAll() {
        while position < text.count {
            switch modes.last ?? .code {
            case .code: readCode()
            case .interpolation(let depth): readInterpolation(depth)
            case .string(let hashes, let quotes): readString(hashes, quotes)
            case .regex(let hashes): readRegex(hashes)
            case .lineComment: readLineComment()
            case .blockComment(let depth): readBlockComment(depth)
            }
        }
    }

    private func byte(_ offset: Int = 0) -> UInt8? {
        position + offset < text.count ? text[position + offset] : nil
    }

    /// Whether a character is repeated so often from here on, followed by so many hash signs.
    private func repeats(_ character: UInt8, _ times: Int, hashes: Int = 0) -> Bool {
        for offset in 0..<times + hashes where byte(offset) != (offset < times ? character : .hash) { return false }
        return true
    }

    private func starts(_ first: UInt8, _ second: UInt8) -> Bool { byte() == first && byte(1) == second }

    private mutating func take() {
        if text[position] == .newLine { line += 1 }
        code.append(text[position])
        position += 1
    }

    private mutating func blank(_ count: Int = 1) {
        for _ in 0..<count where position < text.count {
            if case .lineComment = modes.last { commented.insert(line) }
            if case .blockComment = modes.last { commented.insert(line) }
            code.append(text[position] == .newLine ? .newLine : .space)
            if text[position] == .newLine { line += 1 }
            position += 1
        }
    }

    private mutating func readCode() {
        guard [.hash, .slash, .quote].contains(text[position]) else { return take() }
        var hashes = 0
        while byte(hashes) == .hash { hashes += 1 }
        if starts(.slash, .slash) {
            modes.append(.lineComment)
            blank(2)
        } else if starts(.slash, .star) {
            modes.append(.blockComment(depth: 1))
            blank(2)
        } else if byte(hashes) == .quote {
            let quotes = byte(hashes + 1) == .quote && byte(hashes + 2) == .quote ? 3 : 1
            modes.append(.string(hashes: hashes, quotes: quotes))
            blank(hashes + quotes)
        } else if byte(hashes) == .slash, hashes > 0 || opensRegex() {
            modes.append(.regex(hashes: hashes))
            blank(hashes + 1)
        } else {
            take()
        }
    }

    /// A slash after an opening bracket, a comma, a colon or an equals sign, and not before a space.
    private func opensRegex() -> Bool {
        let before = code.last { $0 != .space && $0 != .newLine } ?? UInt8(ascii: "=")
        return Array("([,:=".utf8).contains(before) && ![.space, .newLine, nil].contains(byte(1))
    }

    private mutating func readInterpolation(_ depth: Int) {
        switch text[position] {
        case UInt8(ascii: "("): modes[modes.count - 1] = .interpolation(depth: depth + 1)
        case UInt8(ascii: ")") where depth == 1:
            modes.removeLast()
            return blank()
        case UInt8(ascii: ")"): modes[modes.count - 1] = .interpolation(depth: depth - 1)
        default: break
        }
        readCode()
    }

    private mutating func readString(_ hashes: Int, _ quotes: Int) {
        if repeats(.quote, quotes, hashes: hashes) {
            blank(quotes + hashes)
            modes.removeLast()
        } else if repeats(.backslash, 1, hashes: hashes), byte(1 + hashes) == UInt8(ascii: "(") {
            blank(2 + hashes)
            modes.append(.interpolation(depth: 1))
        } else if hashes == 0, text[position] == .backslash {
            blank(2)
        } else {
            if quotes == 1, text[position] == .newLine { modes.removeLast() }
            blank()
        }
    }

    private mutating func readRegex(_ hashes: Int) {
        if text[position] == .backslash { return blank(2) }
        let ends = repeats(.slash, 1, hashes: hashes) || (hashes == 0 && text[position] == .newLine)
        blank(ends ? 1 + hashes : 1)
        if ends { modes.removeLast() }
    }

    private mutating func readLineComment() {
        if text[position] == .newLine { modes.removeLast() }
        blank()
    }

    private mutating func readBlockComment(_ depth: Int) {
        if starts(.slash, .star) {
            modes[modes.count - 1] = .blockComment(depth: depth + 1)
            blank(2)
        } else if starts(.star, .slash) {
            blank(2)
            if depth == 1 { modes.removeLast() } else { modes[modes.count - 1] = .blockComment(depth: depth - 1) }
        } else {
            blank()
        }
    }
}

extension UInt8 {
    fileprivate static let newLine = UInt8(ascii: "\n"), space = UInt8(ascii: " "), quote = UInt8(ascii: "\"")
    fileprivate static let hash = UInt8(ascii: "#"), slash = UInt8(ascii: "/"), star = UInt8(ascii: "*")
    fileprivate static let backslash = UInt8(ascii: "\\")
}
