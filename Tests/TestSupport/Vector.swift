import Foundation
import Vocabulary

/// A value of a vector file. A member that is missing or of another type reads as `nil` or as empty.
package struct Vector {
    private let value: Any?

    init(_ value: Any?) { self.value = value is NSNull ? nil : value }

    package subscript(_ name: String) -> Vector { Vector((value as? [String: Any])?[name]) }
    package subscript(_ index: Int) -> Vector {
        guard let elements = value as? [Any], elements.indices.contains(index) else { return Vector(nil) }
        return Vector(elements[index])
    }

    package var exists: Bool { value != nil }
    package var string: String? { value as? String }
    package var integer: Int? { (value as? NSNumber)?.intValue }
    package var bool: Bool? { (value as? NSNumber)?.boolValue }
    package var array: [Vector] { (value as? [Any])?.map { Vector($0) } ?? [] }
    package var names: [String] { (value as? [String: Any])?.keys.sorted() ?? [] }

    /// A hexadecimal string's bytes, with or without `0x`, in either case.
    package var hex: [UInt8]? {
        guard let string else { return nil }
        let text = string.lowercased()
        return try? Hex.decode(text.hasPrefix("0x") ? String(text.dropFirst(2)) : text)
    }

    /// A standard base64 string's bytes.
    package var base64: [UInt8]? { string.flatMap { try? Base64.decode($0) } }

    /// For a test that cannot go on without the member.
    package func text() throws(VectorFailure) -> String { try take(string) }
    package func number() throws(VectorFailure) -> Int { try take(integer) }
    package func bytes() throws(VectorFailure) -> [UInt8] { try take(hex) }

    private func take<Value>(_ value: Value?) throws(VectorFailure) -> Value {
        guard let value else { throw .missingOrOfAnotherType }
        return value
    }
}

/// A vector file does not hold what a test expects of it.
package enum VectorFailure: Error {
    case missingOrOfAnotherType
}
