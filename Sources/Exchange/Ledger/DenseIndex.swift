package import Vocabulary

/// A 128-bit key that is already random or a digest: where an identifier, a record or a loan is looked up.
package struct LookupKey: Hashable, Sendable {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) { (self.high, self.low) = (high, low) }

    /// The first sixteen bytes of a keyed hash or digest.
    package init(_ digest: Bytes32) { (high, low) = (digest.a, digest.b) }
}

/// Gives each new key the next small number, and finds the number of a known one.
///
/// Open addressing over the keys themselves: 16 bytes a key and 8 to 16 bytes of slots. The keys must be outputs of a
/// keyed hash or of SHA-256, for their low word is used as the hash as it is.
package struct DenseIndex: Sendable {
    private var keys: [LookupKey] = []
    /// Number + 1, or 0 where free; a power of two long.
    private var slots: [UInt32]

    package init(minimumCapacity: Int = 16) {
        var size = 16
        while size < minimumCapacity * 2 { size *= 2 }
        slots = [UInt32](repeating: 0, count: size)
    }

    package var count: Int { keys.count }

    package func key(of number: UInt32) -> LookupKey { keys[Int(number)] }

    package func number(of key: LookupKey) -> UInt32? {
        let found = slots[slot(of: key)]
        return found == 0 ? nil : found - 1
    }

    /// The key's number, and whether it was given just now.
    package mutating func insert(_ key: LookupKey) -> (number: UInt32, isNew: Bool) {
        let position = slot(of: key)
        if slots[position] != 0 { return (slots[position] - 1, false) }
        keys.append(key)
        slots[position] = UInt32(keys.count)
        if keys.count * 2 > slots.count { grow() }
        return (UInt32(keys.count - 1), true)
    }

    /// The slot that holds the key, or the free one where it would go.
    private func slot(of key: LookupKey) -> Int {
        let mask = slots.count - 1
        var position = Int(truncatingIfNeeded: key.low) & mask
        while slots[position] != 0, keys[Int(slots[position] - 1)] != key { position = (position + 1) & mask }
        return position
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for (number, key) in keys.enumerated() { slots[slot(of: key)] = UInt32(number + 1) }
    }
}
