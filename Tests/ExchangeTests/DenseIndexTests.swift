import Exchange
import TestSupport
import Testing

@Suite("The dense index")
struct DenseIndexTests {
    @Test("numbers and finds keys as a dictionary would", arguments: [1, 2, 3] as [UInt64])
    func agreesWithADictionary(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var index = DenseIndex(minimumCapacity: Int(seed) * 7)
        var numbers: [LookupKey: UInt32] = [:]
        var keys: [LookupKey] = []
        for _ in 0..<5000 {
            // Few low words, so that many keys want the same slot.
            let key = LookupKey(high: generator.next() % 64, low: generator.next() % 128)
            let expected = numbers[key] ?? UInt32(numbers.count)
            let isNew = numbers[key] == nil
            #expect(index.number(of: key) == numbers[key])
            let (number, wasNew) = index.insert(key)
            #expect(number == expected && wasNew == isNew)
            if isNew {
                numbers[key] = number
                keys.append(key)
            }
        }
        #expect(index.count == keys.count)
        for (number, key) in keys.enumerated() {
            #expect(index.key(of: UInt32(number)) == key)
            #expect(index.number(of: key) == UInt32(number))
        }
        #expect(index.number(of: LookupKey(high: 1 << 40, low: 5)) == nil)
    }

    @Test("a copy does not see what is added to the original")
    func copiesAreValues() {
        var index = DenseIndex()
        _ = index.insert(LookupKey(high: 1, low: 1))
        let copy = index
        for number in 0..<100 { _ = index.insert(LookupKey(high: 2, low: UInt64(number))) }
        #expect(copy.count == 1 && copy.number(of: LookupKey(high: 2, low: 3)) == nil)
    }
}
