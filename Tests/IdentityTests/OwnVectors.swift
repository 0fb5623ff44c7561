import TestSupport
import Testing
import Vocabulary

/// Our own vector files of `schemas/`, as another implementer would read them.
enum OwnVectors {
    static func document(_ path: String) throws -> JSON { try JSON(parsing: Checkout.bytes("schemas/\(path)")) }

    /// The entries of a file of `vectors/identity`; empty where it cannot be read, which a test of its own refuses.
    static func cases(_ name: String) -> [VectorCase] {
        let cases = (try? document("vectors/identity/\(name)"))?["cases"]?.array ?? []
        return cases.enumerated().map { VectorCase(number: $0.offset, json: $0.element) }
    }
}

/// One entry of a vector file; its description names the entry in a failure.
struct VectorCase: Sendable, CustomTestStringConvertible {
    let number: Int
    let json: JSON

    var testDescription: String { "case \(number): \(json.text)" }
    func text(_ name: String) throws -> String { try #require(json[name]?.string) }
}
