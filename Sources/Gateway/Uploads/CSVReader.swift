internal import Vocabulary

/// Reads CSV (RFC 4180) from one buffer, a row at a time: quotes, doubled quotes, commas and line breaks in quotes,
/// LF or CRLF, a byte-order mark. Nothing of a row outlives its turn.
package struct CSVReader {
    package static let maximumFields = 64
    package static let maximumFieldBytes = 4096

    /// What is wrong with a row. The reader goes on after the row's line.
    package enum Failure: Error, Equatable, Sendable {
        case notUTF8, strayQuote, openQuote, fieldTooLong, tooManyFields

        package var sentence: String {
            switch self {
            case .notUTF8: "The row is not UTF-8."
            case .strayQuote: "The row has a quotation mark where none belongs."
            case .openQuote: "The row has a quotation mark that is not closed."
            case .fieldTooLong: "The row has a field longer than \(CSVReader.maximumFieldBytes) bytes."
            case .tooManyFields: "The row has more than \(CSVReader.maximumFields) fields."
            }
        }
    }

    private let bytes: [UInt8]
    /// Where the next row is looked for.
    package private(set) var offset: Int

    package init(_ bytes: [UInt8]) { self.init(bytes, at: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0) }

    /// Goes on in the middle of a file, at the beginning of a row.
    package init(_ bytes: [UInt8], at offset: Int) { (self.bytes, self.offset) = (bytes, offset) }

    /// The next row that is not blank; `nil` at the end.
    package mutating func next() -> Result<[String], Failure>? {
        while offset < bytes.count, bytes[offset] == 10 || bytes[offset] == 13 { offset += 1 }
        guard offset < bytes.count else { return nil }
        let start = offset
        do throws(Failure) { return .success(try row()) } catch {
            // A quote that nobody closes would swallow the file: go on after the line it began in.
            offset = bytes[start...].firstIndex(of: 10).map { $0 + 1 } ?? bytes.count
            return .failure(error)
        }
    }

    private mutating func row() throws(Failure) -> [String] {
        var fields: [String] = []
        while true {
            guard fields.count < Self.maximumFields else { throw .tooManyFields }
            fields.append(try field())
            guard offset < bytes.count else { return fields }
            switch bytes[offset] {
            case UInt8(ascii: ","): offset += 1
            case 13 where offset + 1 < bytes.count && bytes[offset + 1] == 10:
                offset += 2
                return fields
            case 10:
                offset += 1
                return fields
            default: throw .strayQuote
            }
        }
    }

    private mutating func field() throws(Failure) -> String {
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") { return try quotedField() }
        let start = offset
        while offset < bytes.count, ![UInt8(ascii: ","), 10].contains(bytes[offset]) {
            guard bytes[offset] != UInt8(ascii: "\"") else { throw .strayQuote }
            if bytes[offset] == 13, offset + 1 < bytes.count, bytes[offset + 1] == 10 { break }
            offset += 1
        }
        return try text(bytes[start..<offset])
    }

    private mutating func quotedField() throws(Failure) -> String {
        offset += 1
        var content: [UInt8] = []
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            if byte == UInt8(ascii: "\"") {
                guard offset < bytes.count, bytes[offset] == byte else { return try text(content[...]) }
                offset += 1
            }
            content.append(byte)
            guard content.count <= Self.maximumFieldBytes else { throw .openQuote }
        }
        throw .openQuote
    }

    private func text(_ bytes: ArraySlice<UInt8>) throws(Failure) -> String {
        guard bytes.count <= Self.maximumFieldBytes else { throw .fieldTooLong }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
        return text
    }
}
