import Sodium
import Vocabulary

/// `expand_message_xmd` with SHA-512 (RFC 9380 §5.3.1): uniform bytes from a message under a domain separation tag.
package enum MessageExpansion {
    private static let blockByteCount = 128

    /// - Parameters:
    ///   - tag: the DST, at most 255 bytes.
    ///   - count: how many bytes are wanted, at most 255 · 64.
    package static func expand(_ message: [UInt8], tag: [UInt8], count: Int) -> [UInt8] {
        let rounds = (count + SHA512.byteCount - 1) / SHA512.byteCount
        precondition(tag.count <= 255, "A domain separation tag has at most 255 bytes.")
        precondition((1...255).contains(rounds), "An expansion gives 1 to 16,320 bytes.")
        let taggedSuffix = tag + [UInt8(tag.count)]
        var first = [UInt8](repeating: 0, count: blockByteCount)
        first.reserveCapacity(blockByteCount + message.count + 3 + taggedSuffix.count)
        first += message
        first.appendBigEndian(UInt16(count))
        first.append(0)
        first += taggedSuffix
        let seed = SHA512.hash(first)
        var block = SHA512.hash(seed + [1] + taggedSuffix)
        var output = block
        for round in 1..<rounds {
            let mixed = zip(seed, block).map { $0 ^ $1 }
            block = SHA512.hash(mixed + [UInt8(round + 1)] + taggedSuffix)
            output += block
        }
        return output.count == count ? output : Array(output.prefix(count))
    }
}

extension [UInt8] {
    mutating func appendBigEndian(_ number: UInt16) {
        append(UInt8(truncatingIfNeeded: number >> 8))
        append(UInt8(truncatingIfNeeded: number))
    }

    /// `I2OSP(len(part), 2) ‖ part`, which is how RFC 9497 writes every part of a transcript.
    mutating func appendPrefixed(_ part: [UInt8]) {
        appendBigEndian(UInt16(part.count))
        append(contentsOf: part)
    }

    mutating func appendPrefixed(_ element: GroupElement) {
        appendBigEndian(UInt16(GroupElement.byteCount))
        element.value.withUnsafeBytes { append(contentsOf: $0) }
    }
}
