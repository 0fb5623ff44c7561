import Testing

/// The README's commands exist.
@Suite("README")
struct ReadmeTests {
    private let readme: SourceTree.File

    init() throws { readme = try #require(SourceTree.file("README.md")) }

    /// Lines that stand in fenced blocks, and what stands in back quotes elsewhere.
    private var code: [Substring] {
        var found: [Substring] = []
        var isFenced = false
        for line in readme.lines {
            if line.drop(while: { $0 == " " }).hasPrefix("```") {
                isFenced.toggle()
            } else if isFenced {
                found.append(line)
            } else {
                found += line.matches(of: /`([^`]+)`/).map(\.output.1)
            }
        }
        return found
    }

    /// The names that our commands answer to.
    private static let commands: Set<String> = {
        let code = SourceTree.sources.filter { $0.target == "counterfoil" }.map(\.text).joined()
        return Set(code.matches(of: /commandName: "([a-z-]+)"/).map { String($0.output.1) }).union(["help"])
    }()

    @Test("it has under 150 lines, and both commands on its first screen")
    func length() {
        #expect(readme.lines.count < 150)
        let firstScreen = readme.lines.prefix(45).joined(separator: "\n")
        for command in ["scripts/demo", "scripts/test"] { #expect(firstScreen.contains(command), "\(command)") }
    }

    @Test("every script it names is there and can be run")
    func scripts() {
        let names = Set(code.flatMap { $0.matches(of: /(?:^|[\s(])((?:scripts|\.ci)\/[a-z-]+)/).map(\.output.1) })
        #expect(!names.isEmpty)
        for name in names { #expect(SourceTree.file(String(name))?.isExecutable == true, "\(name)") }
    }

    @Test("every command it names is one of the executable's")
    func commands() {
        for line in code {
            for match in line.matches(of: /(?:^|[\s\/])counterfoil((?: [a-z][a-z-]*(?:\|[a-z-]+)*)+)/) {
                let words = match.output.1.split(separator: " ").map { $0.split(separator: "|").map(String.init) }
                guard let first = words.first else { continue }
                for word in first { #expect(Self.commands.contains(word), "counterfoil \(word)") }
            }
        }
    }

    @Test("every file it names is there")
    func files() {
        let folders = "Sources|Tests|schemas|keys|scripts"
        for line in code {
            guard let pattern = try? Regex("(?:\(folders))/[A-Za-z0-9_./+-]+[A-Za-z0-9]") else { continue }
            for match in line.matches(of: pattern) {
                let path = String(line[match.range])
                #expect(SourceTree.exists(path), "\(path)")
            }
        }
    }

    @Test("nothing is left to be filled in")
    func complete() {
        let isComplete = !readme.text.contains("@@")
        #expect(isComplete)
    }
}
