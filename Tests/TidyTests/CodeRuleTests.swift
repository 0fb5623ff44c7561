import Testing

/// House style, as far as a machine can see it.
@Suite("Rules for Swift files")
struct CodeRuleTests {
    private static let swift = SourceTree.sources + SourceTree.tests

    /// The lines of our sources in which a rule is broken.
    private func violations(
        in files: [SourceTree.File] = SourceTree.sources, _ rule: (_ code: SwiftCode, _ line: Int) -> String?
    ) -> [String] {
        files.flatMap { file in
            let code = file.code
            return code.lines.indices.compactMap { index in rule(code, index).map { "\(file.line(index + 1)): \($0)" } }
        }
    }

    @Test("a file has at most 400 lines")
    func fileSize() {
        let sizes = Self.swift.map { (path: $0.path, lines: $0.lines.count - 1) }
        #expect(sizes.filter { $0.lines > 400 }.map { "\($0.path): \($0.lines) lines" } == [])
        for (path, lines) in sizes where (301...400).contains(lines) {
            Issue.record("\(path) has \(lines) lines; over 300 it is better divided.", severity: .warning)
        }
    }

    @Test("a function has at most 70 lines")
    func functionSize() {
        let long = Self.swift.flatMap { file in
            file.code.blocks.filter { $0.lineCount > 70 }.map { block in
                "\(file.line(block.firstLine)): \(block.lineCount) lines of \(block.header)"
            }
        }
        #expect(long == [])
    }

    @Test("a line has at most 120 characters")
    func lineLength() {
        let long = (Self.swift + ["Package.swift"].compactMap(SourceTree.file)).flatMap { file in
            file.lines.enumerated().filter { $0.element.utf8.count > 120 && $0.element.count > 120 }.map {
                "\(file.line($0.offset + 1)): \($0.element.count) characters"
            }
        }
        #expect(long == [])
    }

    @Test("no tabs, no spaces at the end of a line, one line break at the end of a file")
    func whiteSpace() {
        let untidy = Self.swift.flatMap { file in
            let lines = file.lines.enumerated().filter { line in
                line.element.utf8.last == UInt8(ascii: " ") || line.element.utf8.contains(UInt8(ascii: "\t"))
            }
            let end = file.text.hasSuffix("\n") && !file.text.hasSuffix("\n\n") ? [] : ["\(file.path): its end"]
            return lines.map { file.line($0.offset + 1) } + end
        }
        #expect(untidy == [])
    }

    @Test("nothing is printed: results go through the terminal, everything else is logged")
    func noPrint() {
        let found = violations { code, line in
            let words = code.lines[line].split { !($0.isLetter || $0 == "(" || $0 == "." || $0 == "_" || $0.isNumber) }
            return words.contains { word in Self.printing.contains { word.hasPrefix($0) } } ? "it prints" : nil
        }
        #expect(found == [])
    }

    private static let printing = ["print(", "debugPrint(", "dump(", "NSLog("]

    @Test("every try! and every forced cast or unwrapping has a comment that proves it")
    func proofs() {
        let found = violations { code, line in
            guard code.lines[line].utf8.contains(UInt8(ascii: "!")),
                code.lines[line].contains(/try!|as!|[A-Za-z0-9_\)\]\}]!(?![=A-Za-z0-9_])/)
            else { return nil }
            return code.isExplained(line: line) ? nil : "forced, without a comment within two lines above"
        }
        #expect(found == [])
    }

    @Test("every @unchecked Sendable and every unsafe exemption has a comment that proves it")
    func unchecked() {
        let found = violations { code, line in
            guard ["@unchecked", "(unsafe)"].contains(where: code.lines[line].contains) else { return nil }
            let nearby = max(0, line - 4)...min(code.lines.count - 1, line + 2)
            return nearby.contains { code.isCommented[$0] } ? nil : "unchecked, without a comment beside it"
        }
        #expect(found == [])
    }

    @Test("the mapping of errors is exhaustive: no default")
    func noDefault() {
        let mapping = SourceTree.sources.filter { file in
            file.name == "ErrorCode.swift" || file.name.hasSuffix("+Problem.swift")
                || file.name.hasPrefix("Problem+")
        }
        #expect(mapping.count > 3)
        let found = violations(in: mapping) { code, line in
            code.lines[line].contains(/^ *default *:/) ? "a default hides a new case" : nil
        }
        #expect(found == [])
    }

    private static let declarations: Set<Substring> = [
        "struct", "class", "enum", "func", "var", "let", "init", "extension", "protocol", "actor",
    ]

    @Test("nothing is public, and no name is a drawer")
    func names() {
        let exposed = violations { code, line in
            let words = code.lines[line].split(separator: " ")
            guard let place = words.firstIndex(where: { $0 == "public" || $0 == "open" }) else { return nil }
            return words[place...].dropFirst().contains { Self.declarations.contains($0) } ? "public" : nil
        }
        #expect(exposed == [])
        let drawers = Self.swift.filter { $0.name.contains(/Utils|Utilities|Helper|Common|Manager/) }.map(\.path)
        #expect(drawers == [])
    }

    @Test("a type's first doc line is there to be read: no empty doc comment")
    func docComments() {
        let empty = SourceTree.sources.flatMap { file in
            file.lines.indices.filter { index in
                let line = file.lines[index].drop { $0 == " " }
                let previous = index > 0 ? file.lines[index - 1].drop { $0 == " " } : ""
                return line == "///" && !previous.hasPrefix("///")
            }.map { file.line($0 + 1) }
        }
        #expect(empty == [])
    }
}
