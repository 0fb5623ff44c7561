package import Vocabulary

/// Writes the compact form of facts: little-endian numbers of fixed width, counted lists, no field names.
package struct ByteWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package mutating func put<Number: FixedWidthInteger>(_ number: Number) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    package mutating func put(_ flag: Bool) { bytes.append(flag ? 1 : 0) }

    package mutating func put(_ key: LookupKey) {
        put(key.high)
        put(key.low)
    }

    package mutating func put(_ id: RecordID) {
        put(id.high)
        put(id.low)
    }

    package mutating func put(_ instant: Instant) { put(instant.milliseconds) }

    package mutating func put(_ text: String) {
        precondition(text.utf8.count <= Int(UInt8.max), "Texts in facts are short names.")
        put(UInt8(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    package mutating func put(_ text: String?) { put(text ?? "") }

    /// Up to four gibibytes, counted in 32 bits.
    package mutating func putLong(_ content: [UInt8]) {
        put(UInt32(content.count))
        bytes.append(contentsOf: content)
    }

    package mutating func putList<Element>(_ elements: [Element], each: (inout ByteWriter, Element) -> Void) {
        put(UInt32(elements.count))
        for element in elements { each(&self, element) }
    }
}

/// Reads what `ByteWriter` wrote. Anything else is `DecodingFailure`, never a trap: the bytes come from a disk.
package struct ByteReader {
    private let bytes: [UInt8]
    private var offset = 0
    /// The version of what is read, where its first byte says one.
    package var layout: UInt8 = 0

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    package var isAtEnd: Bool { offset == bytes.count }

    package mutating func number<Number: FixedWidthInteger>(
        _: Number.Type = Number.self
    ) throws(DecodingFailure) -> Number {
        let width = MemoryLayout<Number>.size
        guard bytes.count - offset >= width else {
            throw .wrongLength(expected: offset + width, actual: bytes.count)
        }
        let number = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Number.self) }
        offset += width
        return Number(littleEndian: number)
    }

    package mutating func flag() throws(DecodingFailure) -> Bool { try number(UInt8.self) != 0 }

    package mutating func key() throws(DecodingFailure) -> LookupKey {
        LookupKey(high: try number(), low: try number())
    }

    package mutating func recordID() throws(DecodingFailure) -> RecordID {
        RecordID(high: try number(), low: try number())
    }

    package mutating func instant() throws(DecodingFailure) -> Instant { Instant(milliseconds: try number()) }

    package mutating func text() throws(DecodingFailure) -> String {
        let count = Int(try number(UInt8.self))
        guard bytes.count - offset >= count else {
            throw .wrongLength(expected: offset + count, actual: bytes.count)
        }
        defer { offset += count }
        return String(decoding: bytes[offset..<offset + count], as: UTF8.self)
    }

    package mutating func optionalText() throws(DecodingFailure) -> String? {
        let text = try text()
        return text.isEmpty ? nil : text
    }

    package mutating func longBytes() throws(DecodingFailure) -> [UInt8] {
        let count = Int(try number(UInt32.self))
        guard bytes.count - offset >= count else {
            throw .wrongLength(expected: offset + count, actual: bytes.count)
        }
        defer { offset += count }
        return Array(bytes[offset..<offset + count])
    }

    package mutating func list<Element>(
        each: (inout ByteReader) throws(DecodingFailure) -> Element
    ) throws(DecodingFailure) -> [Element] {
        let count = Int(try number(UInt32.self))
        // An element takes at least one byte, so a longer list than there are bytes is damage.
        guard count <= bytes.count - offset else { throw .outOfRange }
        var elements: [Element] = []
        elements.reserveCapacity(count)
        for _ in 0..<count { elements.append(try each(&self)) }
        return elements
    }

    package mutating func choice<Value>(_ make: (UInt8) -> Value?) throws(DecodingFailure) -> Value {
        guard let value = make(try number()) else { throw .outOfRange }
        return value
    }
}
