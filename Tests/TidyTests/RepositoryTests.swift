import Foundation
import TestSupport
import Testing

/// Rules for everything that is committed.
@Suite("Rules for the repository")
struct RepositoryTests {
    private func lines(
        in files: [SourceTree.File], where isUntidy: (Substring) -> Bool
    ) -> [String] {
        files.flatMap { file in
            file.lines.indices.filter { isUntidy(file.lines[$0]) }.map { file.line($0 + 1) }
        }
    }

    @Test("nothing is left to do in a comment")
    func noLeftovers() {
        // Put together here, so that this file does not break its own rule.
        let words = ["TO" + "DO", "FIX" + "ME", "HA" + "CK:", " XX" + "X "]
        #expect(lines(in: SourceTree.all) { line in words.contains { line.contains($0) } } == [])
    }

    @Test("no path of somebody's machine")
    func noMachinePaths() {
        let paths = ["work", "root", "tmp", "Users", "home"].map { "/\($0)/" }
        let files = SourceTree.sources + SourceTree.scripts + SourceTree.schemas + SourceTree.pages
        #expect(lines(in: files) { line in paths.contains { line.contains($0) } } == [])
    }

    @Test("every address is a public standard's, a source's, this machine's or an invented one")
    func noForeignHosts() {
        let known: Set<String> = [
            "github.com", "json-schema.org", "c2sp.org", "www.rfc-editor.org", "datatracker.ietf.org", "swift.org",
            "www.swift.org", "download.swift.org", "localhost", "127.0.0.1", "[::1]", "0.0.0.0",
            // The name of SVG's namespace, which nobody opens.
            "www.w3.org", "graphml.graphdrawing.org",
            // The word that stands for one.
            "host",
        ]
        let invented = [".example", ".invalid", ".test", "example.org", "example.com", "example.net"]
        let address = /(?:https?|ftp|git|ssh):\/\/([A-Za-z0-9.-]+|\[[0-9a-f:]+\])/
        let foreign = SourceTree.all.flatMap { file in
            file.lines.enumerated().flatMap { index, line in
                guard line.contains("://") else { return [String]() }
                return line.matches(of: address).map { String($0.output.1) }
                    .filter { host in !known.contains(host) && !invented.contains { host.hasSuffix($0) } }
                    .map { "\(file.line(index + 1)): \($0)" }
            }
        }
        #expect(foreign.filter { !$0.hasPrefix("Tests/") } == [])
    }

    @Test("what is built is not committed")
    func ignored() throws {
        let ignored = try #require(SourceTree.file(".gitignore")).lines.map(String.init)
        for name in [".build/", "Package.resolved"] { #expect(ignored.contains(name), "\(name)") }
    }

    @Test("the manifest has under 150 lines, and a target for every room")
    func manifest() throws {
        let manifest = try #require(SourceTree.file("Package.swift"))
        #expect(manifest.lines.count < 150)
        for room in Room.all { #expect(manifest.text.contains("\"\(room.name)\""), "\(room.name)") }
    }

    @Test("scripts can be run, stop at the first error and say what they are for")
    func scripts() {
        #expect(!SourceTree.scripts.isEmpty)
        for script in SourceTree.scripts {
            #expect(script.isExecutable, "\(script.path)")
            #expect(script.lines.first?.hasPrefix("#!") == true, "\(script.path)")
            let isPython = script.path.hasSuffix(".py")
            let saysWhat = isPython ? "\"\"\"" : "# "
            #expect(script.lines.dropFirst().first?.hasPrefix(saysWhat) == true, "\(script.path): what is it for?")
            #expect(isPython || script.text.contains("set -euo pipefail"), "\(script.path)")
        }
    }

    @Test("the formatter's file says four spaces and 120 columns")
    func formatter() throws {
        let file = try #require(SourceTree.file(".swift-format"))
        let json = try #require(JSONSerialization.jsonObject(with: Data(file.text.utf8)) as? [String: Any])
        #expect(json["lineLength"] as? Int == 120)
        #expect((json["indentation"] as? [String: Int])?["spaces"] == 4)
    }

    @Test("the top level has only what the design names")
    func topLevel() throws {
        let expected: Set<String> = ["Package.swift", "Sources", "Tests", "schemas", "keys", "scripts", "README.md"]
        let built: Set<String> = ["Package.resolved"]
        let found = try FileManager.default.contentsOfDirectory(atPath: Checkout.folder.path)
        #expect(Set(found.filter { !$0.hasPrefix(".") }).subtracting(built) == expected)
    }
}
