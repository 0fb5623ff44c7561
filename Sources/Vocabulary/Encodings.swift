/// Lower-case hexadecimal.
package enum Hex {
    package static func encode(_ bytes: some Sequence<UInt8>) -> String {
        if let bytes = bytes as? [UInt8] { return encode(bytes) }
        return encode(Array(bytes))
    }

    package static func encode(_ bytes: [UInt8]) -> String {
        String(unsafeUninitializedCapacity: bytes.count * 2) { target in
            for (index, byte) in bytes.enumerated() {
                target[2 * index] = digit(byte >> 4)
                target[2 * index + 1] = digit(byte & 15)
            }
            return bytes.count * 2
        }
    }

    package static func decode(_ text: String) throws(DecodingFailure) -> [UInt8] {
        var text = text
        let decoded = text.withUTF8 { decode($0) }
        guard let decoded else { throw .notHex }
        return decoded
    }

    private static func decode(_ source: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard source.count.isMultiple(of: 2) else { return nil }
        var isValid = true
        let bytes = [UInt8](unsafeUninitializedCapacity: source.count / 2) { target, filled in
            for index in 0..<source.count / 2 {
                guard let high = value(of: source[2 * index]), let low = value(of: source[2 * index + 1]) else {
                    isValid = false
                    return
                }
                target[index] = high << 4 | low
                filled = index + 1
            }
        }
        return isValid ? bytes : nil
    }

    @inline(__always)
    static func digit(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") - 10 + nibble
    }

    @inline(__always)
    static func value(of character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}

/// Standard base64 with padding (RFC 4648 §4), refused when not canonical: one text for one value.
package enum Base64 {
    package static func encode(_ bytes: some Collection<UInt8>) -> String { encode(Array(bytes)) }

    package static func encode(_ bytes: [UInt8]) -> String {
        String(unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4) { target in
            bytes.withUnsafeBufferPointer { write($0, to: target) }
        }
    }

    /// - Returns: how many characters were written: four for every three bytes begun, which the target has room for.
    private static func write(
        _ source: UnsafeBufferPointer<UInt8>, to target: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        let alphabet = alphabet.utf8Start
        var (read, written) = (0, 0)
        while source.count - read >= 3 {
            let group = Int(source[read]) << 16 | Int(source[read + 1]) << 8 | Int(source[read + 2])
            target[written] = alphabet[group >> 18]
            target[written + 1] = alphabet[group >> 12 & 63]
            target[written + 2] = alphabet[group >> 6 & 63]
            target[written + 3] = alphabet[group & 63]
            (read, written) = (read + 3, written + 4)
        }
        let left = source.count - read
        guard left > 0 else { return written }
        let group = Int(source[read]) << 16 | (left > 1 ? Int(source[read + 1]) << 8 : 0)
        target[written] = alphabet[group >> 18]
        target[written + 1] = alphabet[group >> 12 & 63]
        target[written + 2] = left > 1 ? alphabet[group >> 6 & 63] : padding
        target[written + 3] = padding
        return written + 4
    }

    package static func decode(_ text: String) throws(DecodingFailure) -> [UInt8] {
        var text = text
        let decoded = text.withUTF8 { decode($0) }
        guard let decoded else { throw .notBase64 }
        return decoded
    }

    private static func decode(_ source: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard source.count.isMultiple(of: 4) else { return nil }
        guard !source.isEmpty else { return [] }
        let padded = source[source.count - 1] != padding ? 0 : source[source.count - 2] != padding ? 1 : 2
        let count = source.count / 4 * 3 - padded
        var isValid = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { target, filled in
            isValid = reverse.withUnsafeBufferPointer { read(source, padded: padded, by: $0, into: target) }
            filled = isValid ? count : 0
        }
        return isValid ? bytes : nil
    }

    /// Fills the target, which has three bytes' room a block less the padding. - Returns: whether all was canonical.
    private static func read(
        _ source: UnsafeBufferPointer<UInt8>, padded: Int, by reverse: UnsafeBufferPointer<UInt8>,
        into target: UnsafeMutableBufferPointer<UInt8>
    ) -> Bool {
        let whole = source.count / 4 - (padded > 0 ? 1 : 0)
        // A character's value has no bit above the sixth; what is no character reads as all ones.
        var seen: UInt8 = 0
        for block in 0..<whole {
            let first = reverse[Int(source[4 * block])], second = reverse[Int(source[4 * block + 1])]
            let third = reverse[Int(source[4 * block + 2])], fourth = reverse[Int(source[4 * block + 3])]
            seen |= first | second | third | fourth
            target[3 * block] = first << 2 | second >> 4
            target[3 * block + 1] = second << 4 | third >> 2
            target[3 * block + 2] = third << 6 | fourth
        }
        guard padded > 0 else { return seen < 64 }
        let first = reverse[Int(source[4 * whole])], second = reverse[Int(source[4 * whole + 1])]
        target[3 * whole] = first << 2 | second >> 4
        guard padded == 1 else { return (seen | first | second) < 64 && second & 15 == 0 }
        let third = reverse[Int(source[4 * whole + 2])]
        target[3 * whole + 1] = second << 4 | third >> 2
        return (seen | first | second | third) < 64 && third & 3 == 0
    }

    private static let padding = UInt8(ascii: "=")
    private static let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    private static let reverse: [UInt8] = {
        var table = [UInt8](repeating: 255, count: 256)
        for value in 0..<64 { table[Int(alphabet.utf8Start[value])] = UInt8(value) }
        return table
    }()
}
