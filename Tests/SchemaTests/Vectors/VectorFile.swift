import Foundation
import TestSupport
import Vocabulary

/// A published vector file that we can make again from its seeds.
///
/// The test that compares is the tool that writes: with `COUNTERFOIL_WRITE_VECTORS=1` in the environment the file is
/// written first.
struct VectorFile: Sendable {
    /// Relative to `schemas/vectors`.
    let name: String
    let make: @Sendable () throws -> JSON

    static let isWriting = ProcessInfo.processInfo.environment["COUNTERFOIL_WRITE_VECTORS"] == "1"

    /// The published text and the text made now.
    func texts() throws -> (published: String, made: String) {
        let made = try make().prettyText
        let file = Checkout.file("schemas/vectors/\(name)")
        if Self.isWriting { try Data(made.utf8).write(to: file) }
        return (String(decoding: try Checkout.bytes("schemas/vectors/\(name)"), as: UTF8.self), made)
    }

    func published() throws -> JSON { try JSON(parsing: Checkout.bytes("schemas/vectors/\(name)")) }
}

extension JSON {
    /// A member of a vector that must be there.
    func text(_ name: String) throws -> String {
        guard let text = self[name]?.string else { throw VectorFailure.missingOrOfAnotherType }
        return text
    }

    func number(_ name: String) throws -> Int {
        guard let number = self[name]?.integer else { throw VectorFailure.missingOrOfAnotherType }
        return Int(number)
    }

    func list(_ name: String) throws -> [JSON] {
        guard let list = self[name]?.array else { throw VectorFailure.missingOrOfAnotherType }
        return list
    }
}
