import Testing

/// The import graph is what keeps clear text, HTTP and SQL out of where they do not belong.
@Suite("Imports")
struct ImportTests {
    private static func imports(of file: SourceTree.File) -> [(line: Int, module: String)] {
        file.code.lines.enumerated().compactMap { index, line in
            guard line.contains("import ") else { return nil }
            let words = line.split(separator: " ")
            guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
                words[..<place].allSatisfy({ $0.hasPrefix("@") || modifiers.contains(String($0)) })
            else { return nil }
            // `import struct Module.Type` and `import Module`.
            let name = kinds.contains(String(words[place + 1])) ? words[words.count - 1] : words[place + 1]
            return (index + 1, String(name.prefix { $0 != "." }))
        }
    }

    private static let modifiers: Set<String> = ["package", "internal", "public", "private", "fileprivate"]
    private static let kinds: Set<String> = ["struct", "class", "enum", "protocol", "func", "typealias", "let", "var"]

    @Test("every target imports only what its room may")
    func allowed() {
        var violations: [String] = []
        for file in SourceTree.sources {
            guard let room = Room.named(file.target) else {
                violations.append("\(file.path): the target \(file.target) has no row in Room.all")
                continue
            }
            for (line, module) in Self.imports(of: file) where !room.mayImport(module) {
                violations.append("\(file.line(line)): \(room.name) imports \(module)")
            }
        }
        #expect(violations == [])
        #expect(SourceTree.sources.count > 100)
    }

    @Test("rooms see only rooms above them")
    func order() {
        for (place, room) in Room.all.enumerated() {
            #expect(room.ours.isSubset(of: Room.all[..<place].map(\.name)), "\(room.name)")
        }
    }

    @Test("clear text stays with the gateway and the commands, HTTP and SQL out of the core")
    func table() {
        #expect(Room.all.filter { $0.ours.contains("Identity") }.map(\.name) == ["Gateway", "counterfoil"])
        let core = ["Vocabulary", "Sodium", "OPRF", "Identity", "Records", "TransparencyLog", "Registry", "Exchange"]
        for room in Room.all where core.contains(room.name) {
            #expect(room.ours.isDisjoint(with: ["HTTPEdge", "SQLite", "Store"]), "\(room.name)")
        }
        for room in Room.all {
            #expect(!room.mayImport("Foundation") && !room.mayImport("FoundationEssentials"), "\(room.name)")
        }
        #expect(Room.named("Exchange")?.others == [])
    }

    @Test("an import says how far its types go")
    func accessLevels() {
        var violations: [String] = []
        for file in SourceTree.sources {
            for (index, line) in file.code.lines.enumerated() where line.hasPrefix("public import") {
                violations.append("\(file.line(index + 1)): nothing of ours is public")
            }
        }
        #expect(violations == [])
    }
}
