/// Why a text is not JSON as we exchange it, and at which byte.
package struct JSONFailure: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Reason: String, Sendable {
        case unexpectedEnd = "the text ends too early"
        case unexpectedByte = "a character that does not belong here"
        case notUTF8 = "text that is not UTF-8"
        case badEscape = "an escape that JSON does not have"
        case loneSurrogate = "half of a surrogate pair"
        case controlCharacter = "a control character inside a string"
        case fraction = "a number with a fraction or exponent, where whole numbers are used"
        case numberOutOfRange = "a number outside 64 bits"
        case repeatedName = "a member name that stands twice in one object"
        case tooDeep = "more than 32 levels of nesting"
        case trailingText = "text after the value"
    }

    package let reason: Reason
    package let offset: Int

    package var description: String { "\(reason.rawValue), at byte \(offset)" }
}

extension JSON {
    /// Reads exactly one value.
    package init(parsing bytes: [UInt8]) throws(JSONFailure) {
        self = try bytes.withUnsafeBufferPointer { buffer throws(JSONFailure) in
            var parser = JSONParser(buffer)
            return try parser.document()
        }
    }

    package init(parsing text: String) throws(JSONFailure) {
        try self.init(parsing: Array(text.utf8))
    }
}

/// A recursive reader over one buffer, which it does not own: it lives only inside `JSON.init(parsing:)`.
private struct JSONParser {
    static let maximumDepth = 32
    /// From this many members on, repeated names are looked for in a set instead of pair by pair.
    static let manyMembers = 16

    let text: UnsafeBufferPointer<UInt8>
    var offset = 0

    init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

    mutating func document() throws(JSONFailure) -> JSON {
        let value = try value(depth: 0)
        skipWhiteSpace()
        guard offset == text.count else { throw failure(.trailingText) }
        return value
    }

    private mutating func value(depth: Int) throws(JSONFailure) -> JSON {
        guard depth < Self.maximumDepth else { throw failure(.tooDeep) }
        skipWhiteSpace()
        switch try peek() {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .integer(try integer())
        default: throw failure(.unexpectedByte)
        }
    }

    private mutating func object(depth: Int) throws(JSONFailure) -> JSON {
        offset += 1
        var members: [JSON.Member] = []
        skipWhiteSpace()
        if try peek() == UInt8(ascii: "}") {
            offset += 1
            return .object([])
        }
        while true {
            skipWhiteSpace()
            guard try peek() == UInt8(ascii: "\"") else { throw failure(.unexpectedByte) }
            let name = try string()
            if members.count < Self.manyMembers, members.contains(where: { $0.name == name }) {
                throw failure(.repeatedName)
            }
            skipWhiteSpace()
            try expect(UInt8(ascii: ":"))
            members.append(JSON.Member(name, try value(depth: depth + 1)))
            if try endsList(with: UInt8(ascii: "}")) { break }
        }
        if members.count > Self.manyMembers, Set(members.map(\.name)).count != members.count {
            throw failure(.repeatedName)
        }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(JSONFailure) -> JSON {
        offset += 1
        var elements: [JSON] = []
        skipWhiteSpace()
        if try peek() == UInt8(ascii: "]") {
            offset += 1
            return .array([])
        }
        while true {
            elements.append(try value(depth: depth + 1))
            if try endsList(with: UInt8(ascii: "]")) { return .array(elements) }
        }
    }

    /// Takes the comma (false) or the closing bracket (true) after a list's element.
    private mutating func endsList(with close: UInt8) throws(JSONFailure) -> Bool {
        skipWhiteSpace()
        if try peek() == close {
            offset += 1
            return true
        }
        try expect(UInt8(ascii: ","))
        return false
    }

    private mutating func string() throws(JSONFailure) -> String {
        offset += 1
        let start = offset
        offset = JSONText.plainEnd(in: text, from: start)
        switch try peek() {
        case UInt8(ascii: "\""):
            let content = UnsafeBufferPointer(rebasing: text[start..<offset])
            guard let string = String(validating: content, as: UTF8.self) else {
                throw failure(.notUTF8)
            }
            offset += 1
            return string
        case UInt8(ascii: "\\"): return try escapedString(from: start)
        default: throw failure(.controlCharacter)
        }
    }

    private mutating func escapedString(from start: Int) throws(JSONFailure) -> String {
        var bytes = Array(text[start..<offset])
        while true {
            switch try peek() {
            case UInt8(ascii: "\""):
                guard let string = String(validating: bytes, as: UTF8.self) else { throw failure(.notUTF8) }
                offset += 1
                return string
            case UInt8(ascii: "\\"):
                offset += 1
                try escape(into: &bytes)
            case 0..<32: throw failure(.controlCharacter)
            case let byte:
                bytes.append(byte)
                offset += 1
            }
        }
    }

    private mutating func escape(into bytes: inout [UInt8]) throws(JSONFailure) {
        let letter = try peek()
        offset += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(letter)
        case UInt8(ascii: "b"): bytes.append(8)
        case UInt8(ascii: "f"): bytes.append(12)
        case UInt8(ascii: "n"): bytes.append(10)
        case UInt8(ascii: "r"): bytes.append(13)
        case UInt8(ascii: "t"): bytes.append(9)
        case UInt8(ascii: "u"): bytes.append(contentsOf: String(Character(try escapedScalar())).utf8)
        default: throw failure(.badEscape)
        }
    }

    private mutating func escapedScalar() throws(JSONFailure) -> Unicode.Scalar {
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, offset + 1 < text.count, text[offset] == UInt8(ascii: "\\"),
            text[offset + 1] == UInt8(ascii: "u")
        else { throw failure(.loneSurrogate) }
        offset += 2
        let second = try codeUnit()
        guard (0xDC00...0xDFFF).contains(second) else { throw failure(.loneSurrogate) }
        let value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
        guard let scalar = Unicode.Scalar(value) else { throw failure(.loneSurrogate) }
        return scalar
    }

    private mutating func codeUnit() throws(JSONFailure) -> UInt16 {
        guard offset + 4 <= text.count else { throw failure(.unexpectedEnd) }
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(text[offset])).hexDigitValue else { throw failure(.badEscape) }
            value = value << 4 | UInt16(digit)
            offset += 1
        }
        return value
    }

    private mutating func integer() throws(JSONFailure) -> Int64 {
        let isNegative = text[offset] == UInt8(ascii: "-")
        if isNegative { offset += 1 }
        let start = offset
        var value: Int64 = 0
        while offset < text.count, (48...57).contains(text[offset]) {
            let digit = Int64(text[offset] - 48)
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflowed) = tens.subtractingReportingOverflow(digit)
            guard !overflow, !overflowed else { throw failure(.numberOutOfRange) }
            value = sum
            offset += 1
        }
        let digits = offset - start
        guard digits > 0, digits == 1 || text[start] != 48 else { throw failure(.unexpectedByte) }
        if offset < text.count, [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(text[offset]) {
            throw failure(.fraction)
        }
        if isNegative { return value }
        guard value != .min else { throw failure(.numberOutOfRange) }
        return -value
    }

    private mutating func literal(_ word: StaticString, _ value: JSON) throws(JSONFailure) -> JSON {
        for index in 0..<word.utf8CodeUnitCount { try expect(word.utf8Start[index]) }
        return value
    }

    private mutating func skipWhiteSpace() {
        while offset < text.count {
            switch text[offset] {
            case 32, 9, 10, 13: offset += 1
            default: return
            }
        }
    }

    private func peek() throws(JSONFailure) -> UInt8 {
        guard offset < text.count else { throw failure(.unexpectedEnd) }
        return text[offset]
    }

    private mutating func expect(_ byte: UInt8) throws(JSONFailure) {
        guard try peek() == byte else { throw failure(.unexpectedByte) }
        offset += 1
    }

    private func failure(_ reason: JSONFailure.Reason) -> JSONFailure { JSONFailure(reason: reason, offset: offset) }
}
