/// Lower-case hexadecimal.
package enum Hex {
    package static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    package static func decode(_ text: String) throws(DecodingFailure) -> [UInt8] {
        let characters = Array(text.utf8)
        guard characters.count.isMultiple(of: 2) else { throw .notHex }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(characters.count / 2)
        for index in stride(from: 0, to: characters.count, by: 2) {
            guard let high = value(of: characters[index]), let low = value(of: characters[index + 1]) else {
                throw .notHex
            }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static let digits = Array("0123456789abcdef".utf8)

    private static func value(of character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}

/// Standard base64 with padding (RFC 4648 §4), refused when not canonical: one text for one value.
package enum Base64 {
    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        let source = Array(bytes)
        return String(unsafeUninitializedCapacity: (source.count + 2) / 3 * 4) { target in
            var write = 0
            for start in stride(from: 0, to: source.count, by: 3) {
                let left = source.count - start
                let group =
                    UInt32(source[start]) << 16 | (left > 1 ? UInt32(source[start + 1]) << 8 : 0)
                    | (left > 2 ? UInt32(source[start + 2]) : 0)
                target[write] = alphabet[Int(group >> 18)]
                target[write + 1] = alphabet[Int(group >> 12 & 63)]
                target[write + 2] = left > 1 ? alphabet[Int(group >> 6 & 63)] : padding
                target[write + 3] = left > 2 ? alphabet[Int(group & 63)] : padding
                write += 4
            }
            return write
        }
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
        var valid = true
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { target, filled in
            for block in 0..<(source.count / 4) {
                let isLast = block == source.count / 4 - 1
                var group: UInt32 = 0
                for offset in 0..<4 {
                    let isPadding = isLast && offset >= 4 - padded
                    let value = isPadding ? 0 : reverse[Int(source[block * 4 + offset])]
                    if value == 255 { valid = false }
                    group = group << 6 | UInt32(value)
                }
                let kept = isLast ? 3 - padded : 3
                for offset in 0..<kept {
                    target[block * 3 + offset] = UInt8(truncatingIfNeeded: group >> (16 - 8 * offset))
                }
                if kept < 3, group << (8 + 8 * kept) != 0 { valid = false }
            }
            filled = count
        }
        return valid ? bytes : nil
    }

    private static let padding = UInt8(ascii: "=")
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let reverse: [UInt8] = {
        var table = [UInt8](repeating: 255, count: 256)
        for (value, character) in alphabet.enumerated() { table[Int(character)] = UInt8(value) }
        return table
    }()
}
