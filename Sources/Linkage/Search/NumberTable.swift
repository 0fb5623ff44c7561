/// A small map from one 32-bit number to another that is emptied in no time: a slot counts in the round that wrote it.
///
/// Open addressing, at most half full. A search meets some hundred numbers of a hundred million: a map of the size of
/// what is met stays in the processor's cache, where a row for every number would not.
struct NumberTable: Sendable {
    private struct Slot {
        var key: UInt32
        var value: UInt32
        var round: UInt32
    }

    private var slots: [Slot]
    private var mask: Int
    private var round: UInt32 = 1
    private(set) var count = 0

    init(slots log2: Int = 9) {
        slots = Array(repeating: Slot(key: 0, value: 0, round: 0), count: 1 << log2)
        mask = 1 << log2 - 1
    }

    mutating func removeAll() {
        count = 0
        round &+= 1
        guard round == 0 else { return }
        // Once in 2^32 rounds the old stamps could be taken for new ones.
        for index in slots.indices { slots[index].round = 0 }
        round = 1
    }

    subscript(key: UInt32) -> UInt32? {
        let slot = slots[place(of: key)]
        return slot.round == round ? slot.value : nil
    }

    mutating func set(_ key: UInt32, to value: UInt32) {
        let index = place(of: key)
        if slots[index].round != round {
            count += 1
            if count * 2 > mask { return grow(adding: key, value) }
        }
        slots[index] = Slot(key: key, value: value, round: round)
    }

    /// Counts `key` once more and returns how often it has been counted now.
    mutating func countOnce(_ key: UInt32) -> UInt32 {
        let index = place(of: key)
        guard slots[index].round == round else {
            set(key, to: 1)
            return 1
        }
        slots[index].value += 1
        return slots[index].value
    }

    /// Where `key` is, or would be: half of the slots are free, so the loop ends.
    private func place(of key: UInt32) -> Int {
        var index = Int(truncatingIfNeeded: (UInt64(key) &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
        while slots[index].round == round && slots[index].key != key { index = (index + 1) & mask }
        return index
    }

    private mutating func grow(adding key: UInt32, _ value: UInt32) {
        let old = slots.filter { $0.round == round }
        slots = Array(repeating: Slot(key: 0, value: 0, round: 0), count: slots.count * 2)
        mask = slots.count - 1
        round = 1
        count = 0
        for slot in old { set(slot.key, to: slot.value) }
        set(key, to: value)
    }
}
