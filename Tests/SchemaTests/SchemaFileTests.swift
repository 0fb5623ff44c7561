import Foundation
import TestSupport
import Testing
import Vocabulary

/// The files of `schemas/` as files: readable, complete, and listed in its README.
@Suite("Schema files")
struct SchemaFileTests {
    /// Every file below `schemas/`, relative to it.
    static let files: [String] = {
        let walk = FileManager.default.enumerator(atPath: Checkout.file("schemas").resolvingSymlinksInPath().path)
        return (walk?.compactMap { $0 as? String } ?? []).filter { $0.contains(".") && !$0.hasPrefix(".") }.sorted()
    }()

    static let schemas = files.filter { $0.hasSuffix(".schema.json") }

    @Test("there are schemas to test")
    func present() {
        #expect(Self.schemas.count > 15)
    }

    @Test("every JSON file is JSON as we exchange it", arguments: files.filter { $0.hasSuffix(".json") })
    func readable(file: String) throws {
        _ = try JSON(parsing: Checkout.bytes("schemas/\(file)"))
    }

    @Test("a schema names its dialect, its title and what it is for", arguments: schemas)
    func headed(file: String) throws {
        let schema = try JSON(parsing: Checkout.bytes("schemas/\(file)"))
        #expect(schema["$schema"]?.string == "https://json-schema.org/draft/2020-12/schema")
        #expect(schema["title"]?.string?.isEmpty == false)
        #expect(schema["description"]?.string?.isEmpty == false)
    }

    @Test("every reference leads somewhere", arguments: files.filter { $0.hasSuffix(".json") })
    func references(file: String) throws {
        let library = SchemaLibrary()
        for reference in Self.references(in: try library.document(file)) {
            _ = try library.resolve(reference, from: file)
        }
    }

    @Test("every pattern is a pattern", arguments: schemas)
    func patterns(file: String) throws {
        let library = SchemaLibrary()
        for pattern in Self.strings(named: "pattern", in: try library.document(file)) {
            _ = try library.pattern(pattern)
        }
    }

    @Test("the README lists every file, and no file that is not there")
    func listed() throws {
        let readme = String(decoding: try Checkout.bytes("schemas/README.md"), as: UTF8.self)
        // Whole folders of schemas may be listed at once, as `folder/*.schema.json`.
        let missing = Self.files.filter { file in
            let folder = file.split(separator: "/").dropLast().joined(separator: "/")
            let isListed =
                readme.contains("`\(file)`")
                || (file.hasSuffix(".schema.json") && readme.contains("`\(folder)/*.schema.json`"))
            return file != "README.md" && !isListed
        }
        #expect(missing == [], "not in schemas/README.md")
        let named = readme.matches(of: /`([a-z-]+(?:\/[A-Za-z0-9.-]+)*\.(?:json|sql|csv))`/).map { String($0.output.1) }
        #expect(named.filter { !Self.files.contains($0) } == [], "named in schemas/README.md")
    }

    static func references(in json: JSON) -> [String] { strings(named: "$ref", in: json) }

    private static func strings(named name: String, in json: JSON) -> [String] {
        switch json {
        case .object(let members):
            members.flatMap { member in
                (member.name == name ? [member.value.string].compactMap { $0 } : [])
                    + strings(named: name, in: member.value)
            }
        case .array(let elements): elements.flatMap { strings(named: name, in: $0) }
        case .null, .bool, .integer, .string: []
        }
    }
}
