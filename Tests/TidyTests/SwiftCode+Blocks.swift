/// What stands in braces and is not a type: a function, an accessor, a closure.
struct CodeBlock: Equatable {
    /// From 1.
    let firstLine: Int
    let lineCount: Int
    /// The start of what stands before the brace.
    let header: String
}

extension SwiftCode {
    /// Every block whose own braces are not a type's.
    var blocks: [CodeBlock] {
        var found: [CodeBlock] = []
        var open: [(line: Int, header: [UInt8])] = []
        var headers: [[UInt8]] = [[]]
        for (index, line) in lines.enumerated() {
            for byte in line.utf8 {
                switch byte {
                case UInt8(ascii: "{"):
                    open.append((index + 1, headers[headers.count - 1]))
                    headers.append([])
                case UInt8(ascii: "}"):
                    if headers.count > 1 { headers.removeLast() }
                    headers[headers.count - 1] = []
                    guard let block = open.popLast() else { continue }
                    let header = String(decoding: block.header, as: UTF8.self)
                    guard !Self.isType(header) else { continue }
                    found.append(
                        CodeBlock(
                            firstLine: block.line, lineCount: index + 2 - block.line,
                            header: String(header.split(separator: " ").joined(separator: " ").suffix(80))))
                default: headers[headers.count - 1].append(byte)
                }
            }
            headers[headers.count - 1].append(UInt8(ascii: " "))
        }
        return found
    }

    /// Whether the last declaration before a brace is a type's or an extension's.
    private static func isType(_ header: String) -> Bool {
        let words = header.split { !($0.isLetter || $0.isNumber || $0 == "_") }
        let last = words.last { declarations.contains($0) }
        return last.map { types.contains($0) } ?? false
    }

    private static let types: Set<Substring> = ["struct", "class", "enum", "extension", "protocol", "actor"]
    private static let declarations = types.union(["func", "init", "deinit", "subscript", "var", "let", "case", "if"])
}
