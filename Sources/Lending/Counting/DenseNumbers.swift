/// Gives each different key the next small number: a hash table for at most so many keys, by linear probing.
struct DenseNumbers {
    private var keys: [UInt32]
    /// The number plus one; 0 for a free place.
    private var numbers: [UInt32]
    private let shift: UInt32
    private(set) var count = 0

    init(maximum: Int) {
        var bits: UInt32 = 3
        while 1 << bits < 2 * maximum { bits += 1 }
        keys = [UInt32](repeating: 0, count: 1 << Int(bits))
        numbers = [UInt32](repeating: 0, count: 1 << Int(bits))
        shift = 32 - bits
    }

    mutating func number(of key: UInt32) -> UInt32 {
        // Fibonacci hashing: the upper bits of a product with 2^32 divided by the golden ratio.
        var place = Int((key &* 2_654_435_769) >> shift)
        while numbers[place] != 0 {
            if keys[place] == key { return numbers[place] - 1 }
            place = (place + 1) & (keys.count - 1)
        }
        count += 1
        keys[place] = key
        numbers[place] = UInt32(count)
        return UInt32(count - 1)
    }
}
