/// A member of the consortium: a short stable name, 2 to 32 of `a-z 0-9 -`, starting with a letter.
package struct MemberID: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let name: String

    package init(_ name: String) throws(DecodingFailure) {
        guard isShortName(name) else { throw .malformed("a name is 2 to 32 of a-z, 0-9 and '-', from a letter") }
        self.name = name
    }

    package var description: String { name }
    package static func < (left: MemberID, right: MemberID) -> Bool { left.name < right.name }
}

/// A custodian of a key share, named as members are.
package struct CustodianID: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let name: String

    package init(_ name: String) throws(DecodingFailure) {
        guard isShortName(name) else { throw .malformed("a name is 2 to 32 of a-z, 0-9 and '-', from a letter") }
        self.name = name
    }

    package var description: String { name }
    package static func < (left: CustodianID, right: CustodianID) -> Bool { left.name < right.name }
}

/// An Ed25519 key's name: the first 16 bytes of SHA-256 over the public key, in hexadecimal.
package struct KeyID: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) throws(DecodingFailure) {
        guard try Hex.decode(text).count == 16 else { throw .wrongLength(expected: 32, actual: text.utf8.count) }
        self.text = text
    }

    package var description: String { text }
    package static func < (left: KeyID, right: KeyID) -> Bool { left.text < right.text }
}

/// A UUID in its lower-case text form (RFC 9562 §4), chosen by a member for a record, a submission or a check.
package struct RecordID: Hashable, Sendable, CustomStringConvertible {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        (self.high, self.low) = (high, low)
    }

    /// A version 4 UUID from 16 random bytes.
    package init(random bytes: some Collection<UInt8>) {
        precondition(bytes.count == 16, "A UUID takes sixteen bytes.")
        var words: (UInt64, UInt64) = (0, 0)
        for (offset, byte) in bytes.enumerated() {
            if offset < 8 { words.0 = words.0 << 8 | UInt64(byte) } else { words.1 = words.1 << 8 | UInt64(byte) }
        }
        high = words.0 & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        low = words.1 & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    }

    package init(_ text: String) throws(DecodingFailure) {
        var text = text
        let parsed = text.withUTF8 { Self.parse($0) }
        (high, low) = try parsed.get()
    }

    private static let textLength = 36

    private static func parse(
        _ characters: UnsafeBufferPointer<UInt8>
    ) -> Result<(UInt64, UInt64), DecodingFailure> {
        let wrong = DecodingFailure.malformed("a UUID is 8-4-4-4-12 hexadecimal digits")
        guard characters.count == textLength else { return .failure(wrong) }
        var words: (high: UInt64, low: UInt64) = (0, 0)
        var isHex = true
        for (index, character) in characters.enumerated() {
            let isHyphen = character == UInt8(ascii: "-")
            guard isHyphen == isHyphenPlace(index) else { return .failure(wrong) }
            if isHyphen { continue }
            guard let digit = Hex.value(of: character) else {
                isHex = false
                continue
            }
            if index < 18 {
                words.high = words.high << 4 | UInt64(digit)
            } else {
                words.low = words.low << 4 | UInt64(digit)
            }
        }
        return isHex ? .success((words.high, words.low)) : .failure(.notHex)
    }

    /// Where the hyphens stand in 8-4-4-4-12.
    private static func isHyphenPlace(_ index: Int) -> Bool { index == 8 || index == 13 || index == 18 || index == 23 }

    package var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 16) { target, filled in
            for index in 0..<8 {
                target[index] = UInt8(truncatingIfNeeded: high >> (56 - 8 * UInt64(index)))
                target[8 + index] = UInt8(truncatingIfNeeded: low >> (56 - 8 * UInt64(index)))
            }
            filled = 16
        }
    }

    package var description: String {
        String(unsafeUninitializedCapacity: Self.textLength) { target in
            var digits = 0
            for index in 0..<Self.textLength {
                guard !Self.isHyphenPlace(index) else {
                    target[index] = UInt8(ascii: "-")
                    continue
                }
                let word = digits < 16 ? high : low
                target[index] = Hex.digit(UInt8(truncatingIfNeeded: word >> (60 - 4 * UInt64(digits & 15)) & 15))
                digits += 1
            }
            return Self.textLength
        }
    }
}

/// The generation of the token keys. Epochs never overlap at the custodians (DESIGN §2).
package struct KeyEpoch: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let number: UInt32

    package init(_ number: UInt32) { self.number = number }

    package var description: String { String(number) }
    package static func < (left: KeyEpoch, right: KeyEpoch) -> Bool { left.number < right.number }
}

private func isShortName(_ name: String) -> Bool {
    let characters = Array(name.utf8)
    guard (2...32).contains(characters.count), (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(characters[0]) else {
        return false
    }
    return characters.allSatisfy { character in
        switch character {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
