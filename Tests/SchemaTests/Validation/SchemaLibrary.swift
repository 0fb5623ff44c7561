import TestSupport
import Vocabulary

/// The files of `schemas/`, each read once, and what references in them point to.
final class SchemaLibrary {
    /// A schema, and the file that its relative references start from.
    struct Entry {
        let schema: JSON
        let file: String
    }

    enum Failure: Error {
        case noSuchPlace(String)
        case notAPattern(String)
    }

    private var files: [String: JSON] = [:]
    private var patterns: [String: Regex<AnyRegexOutput>] = [:]

    /// - Parameter path: relative to `schemas/`, such as `wire/problem.schema.json`.
    func document(_ path: String) throws -> JSON {
        if let known = files[path] { return known }
        let document = try JSON(parsing: Checkout.bytes("schemas/\(path)"))
        files[path] = document
        return document
    }

    /// Follows a reference: a file, a place in it (RFC 6901), or both.
    func resolve(_ reference: String, from file: String) throws -> Entry {
        let parts = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let target = parts[0].isEmpty ? file : Self.path(String(parts[0]), besides: file)
        var place = try document(target)
        for token in (parts.count > 1 ? parts[1] : "").split(separator: "/") {
            let name = String(token).replacing("~1", with: "/").replacing("~0", with: "~")
            guard let next = place[name] ?? Self.element(name, of: place) else {
                throw Failure.noSuchPlace("\(reference) in \(file)")
            }
            place = next
        }
        return Entry(schema: place, file: target)
    }

    /// The pattern as JSON Schema means it: found anywhere, by Unicode scalars.
    func pattern(_ text: String) throws -> Regex<AnyRegexOutput> {
        if let known = patterns[text] { return known }
        guard let pattern = try? Regex(text) else { throw Failure.notAPattern(text) }
        patterns[text] = pattern.matchingSemantics(.unicodeScalar)
        return pattern.matchingSemantics(.unicodeScalar)
    }

    private static func element(_ name: String, of place: JSON) -> JSON? {
        guard let elements = place.array, let index = Int(name), elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// `../wire/a.json` beside `openapi/node.json` is `wire/a.json`.
    static func path(_ relative: String, besides file: String) -> String {
        var parts = file.split(separator: "/").dropLast()
        for part in relative.split(separator: "/") {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return parts.joined(separator: "/")
    }
}
