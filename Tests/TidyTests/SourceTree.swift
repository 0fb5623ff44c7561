import Foundation
import TestSupport

/// The files of the checkout, as text, without what is built.
struct SourceTree {
    struct File: Sendable {
        /// Relative to the checkout.
        let path: String
        let text: String
        let isExecutable: Bool
        let lines: [Substring]

        init(path: String, text: String, isExecutable: Bool) {
            (self.path, self.text, self.isExecutable) = (path, text, isExecutable)
            lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Substring.init)
        }

        /// The folder below `Sources` or `Tests`.
        var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
        var name: String { String(path.split(separator: "/").last ?? "") }

        /// Of a Swift file.
        var code: SwiftCode { SourceTree.code[path] ?? SwiftCode(text) }

        func line(_ number: Int) -> String { "\(path):\(number)" }
    }

    static let sources = files(under: "Sources").filter { $0.path.hasSuffix(".swift") }
    static let tests = files(under: "Tests").filter { $0.path.hasSuffix(".swift") }
    static let scripts = files(under: "scripts") + files(under: ".ci")
    static let schemas = files(under: "schemas")
    static let pages =
        ["README.md", "Package.swift", ".gitignore", ".swift-format"].compactMap(file)
        + (files(under: "Sources") + files(under: "keys") + files(under: "docs")).filter { $0.path.hasSuffix(".md") }

    /// The code of every Swift file, read once.
    static let code = Dictionary(uniqueKeysWithValues: (sources + tests).map { ($0.path, SwiftCode($0.text)) })

    /// Everything that a reader of the repository meets.
    static let all = sources + tests + scripts + schemas + pages

    /// Every text file below a folder, in order of their paths; links are not followed.
    static func files(under folder: String) -> [File] {
        let walk = FileManager.default.enumerator(atPath: Checkout.file(folder).path)
        return (walk?.compactMap { $0 as? String } ?? []).sorted().compactMap { file("\(folder)/\($0)") }
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: Checkout.file(path).path)
    }

    static func file(_ path: String) -> File? {
        let place = Checkout.file(path).path
        let attributes = try? FileManager.default.attributesOfItem(atPath: place)
        guard attributes?[.type] as? FileAttributeType == .typeRegular,
            let text = FileManager.default.contents(atPath: place).flatMap({ String(data: $0, encoding: .utf8) })
        else { return nil }
        return File(path: path, text: text, isExecutable: FileManager.default.isExecutableFile(atPath: place))
    }
}
