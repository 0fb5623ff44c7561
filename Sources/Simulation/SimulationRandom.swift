/// SplitMix64 (Steele, Lea, Flood 2014): eight bytes of state, so that every person and loan has a generator of its
/// own and one's choices never shift another's.
package struct SimulationRandom: Hashable, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    /// A generator for one thing among many of one sort.
    init(seed: UInt64, sort: UInt64, index: Int) {
        var mixer = SimulationRandom(seed: seed ^ sort &* 0xD6E8_FEB8_6659_FD93)
        let first = mixer.next()
        mixer = SimulationRandom(seed: first ^ UInt64(index) &* 0x9E37_79B9_7F4A_7C15)
        state = mixer.next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// 0 up to, not including, the bound.
    mutating func below(_ bound: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(bound)).high) }

    /// Both ends included.
    mutating func between(_ lowest: Int, _ highest: Int) -> Int { lowest + below(highest - lowest + 1) }

    /// True so many times in a thousand.
    mutating func chance(_ perMille: Int) -> Bool { below(1000) < perMille }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

    /// The position of a weight, each as often as it weighs.
    mutating func pick(byWeight weights: [Int], total: Int) -> Int {
        var rest = below(total)
        for (index, weight) in weights.enumerated() {
            rest -= weight
            if rest < 0 { return index }
        }
        return weights.count - 1
    }

    /// A duration in milliseconds between two numbers of seconds.
    mutating func milliseconds(_ lowestSeconds: Int, _ highestSeconds: Int) -> Int64 {
        Int64(between(lowestSeconds * 1000, highestSeconds * 1000))
    }

    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next() >> 56) } }
}
