package import Vocabulary

/// Invented applications over persons, phones, devices, cards and addresses, with planted rings: the generator of the
/// measures.
///
/// Counter-based (SplitMix64's finaliser over an index, whole numbers only), so that a generator in another language
/// makes the same edges bit by bit; the peers that we are measured beside read exactly these. Every record is one
/// application with five identifiers. Four fifths of the records bring a new person, the rest apply again. A ring's
/// persons take many of their phones, devices and cards from the ring's few. Two or three persons share an address.
/// With hubs, ordinary records take some identifiers from a small stock with a skewed choice.
///
/// Nothing of it is stored; edges are made one record at a time. It says nothing of how fraud looks in production.
package struct PlantedGraph: Sendable {
    package let recordCount: Int
    package let personCount: Int
    package let ringCount: Int
    /// The first persons are the rings', ring after ring.
    package let ringPersonCount: Int
    package let hasHubs: Bool
    package let seed: UInt64
    let blocks: PlantedBlocks
    /// By person, for those of rings.
    private let rings: [UInt32]
    /// By ring.
    private let ringSizes: [UInt8]
    /// Of the permutation that scatters persons over addresses.
    private let multiplier: UInt64

    /// - Parameter edges: at least 250; rounded down to whole records of five.
    package init(edges: Int, hubs: Bool, seed: UInt64 = 20_240_607) {
        precondition(edges >= 250, "Fewer records have no room for a ring.")
        (self.seed, hasHubs) = (seed, hubs)
        recordCount = edges / 5
        personCount = recordCount * 4 / 5
        ringCount = max(1, recordCount / 1000)
        var sizes: [UInt8] = []
        var rings: [UInt32] = []
        for ring in 0..<ringCount {
            let size = 4 + Self.below(Self.draw(seed, stream: 2, UInt64(ring)), 29)
            sizes.append(UInt8(size))
            rings += repeatElement(UInt32(ring), count: Int(size))
        }
        precondition(rings.count < personCount, "The rings would take everybody.")
        (ringSizes, self.rings, ringPersonCount) = (sizes, rings, rings.count)
        var multiplier = 0x9E37_79B1 % UInt64(personCount)
        while Self.greatestCommonDivisor(multiplier, UInt64(personCount)) != 1 { multiplier += 1 }
        self.multiplier = multiplier
        blocks = PlantedBlocks(records: recordCount, persons: personCount, rings: ringCount)
    }

    package var edgeCount: Int { 5 * recordCount }
    /// Tokens that an edge may name, used or not.
    package var tokenCount: Int { blocks.tokenCount }
    /// Records and tokens, as the peers count nodes.
    package var nodeCount: Int { recordCount + tokenCount }

    package func person(ofRecord record: Int) -> Int {
        record < personCount ? record : Int(Self.below(draw(1, record), UInt64(personCount)))
    }

    /// The planted truth; `nil` for an ordinary person.
    package func ring(ofPerson person: Int) -> Int? { person < rings.count ? Int(rings[person]) : nil }

    /// What a token stands for.
    package func kind(ofToken token: Int) -> IdentifierKind { blocks.kind(ofToken: token) }

    /// The five tokens of a record, numbered from 0: of national ID, phone, device, card and address.
    package func tokens(ofRecord record: Int) -> PlantedTokens {
        let person = person(ofRecord: record)
        let home = (UInt64(person) * multiplier + 12_345 % UInt64(personCount)) % UInt64(personCount) * 2 / 5
        var tokens = PlantedTokens(
            nationalID: UInt32(person), phone: UInt32(blocks.phones + person), device: UInt32(blocks.devices + person),
            card: UInt32(blocks.cards + person), address: UInt32(blocks.addresses + Int(home)))
        if person < rings.count {
            share(&tokens, of: Int(rings[person]), record)
        } else if hasHubs {
            meetHubs(&tokens, record)
        }
        return tokens
    }

    /// A ring's pools: as many phones as a quarter of its persons, a sixth of devices, a third of cards.
    private func share(_ tokens: inout PlantedTokens, of ring: Int, _ record: Int) {
        let size = UInt64(ringSizes[ring])
        func chosen(_ stream: UInt64, _ divisor: UInt64) -> Int {
            Int(Self.below(draw(stream, record), max(1, size / divisor)))
        }
        if happens(5000, 3, record) { tokens.phone = UInt32(blocks.ringPhones + ring * 8 + chosen(4, 4)) }
        if happens(7000, 5, record) { tokens.device = UInt32(blocks.ringDevices + ring * 5 + chosen(6, 6)) }
        if happens(3000, 7, record) { tokens.card = UInt32(blocks.ringCards + ring * 10 + chosen(8, 3)) }
    }

    private func meetHubs(_ tokens: inout PlantedTokens, _ record: Int) {
        func chosen(_ stream: UInt64, _ count: Int) -> Int { Int(Self.skewed(draw(stream, record), UInt64(count))) }
        if happens(200, 9, record) { tokens.device = UInt32(blocks.hubDevices + chosen(10, blocks.hubDeviceCount)) }
        if happens(100, 11, record) { tokens.phone = UInt32(blocks.hubPhones + chosen(12, blocks.hubPhoneCount)) }
        if happens(300, 13, record) {
            tokens.address = UInt32(blocks.hubAddresses + chosen(14, blocks.hubAddressCount))
        }
    }

    // MARK: Draws

    private func happens(_ tenThousandths: UInt64, _ stream: UInt64, _ record: Int) -> Bool {
        Self.below(draw(stream, record), 10_000) < tenThousandths
    }

    private func draw(_ stream: UInt64, _ index: Int) -> UInt64 { Self.draw(seed, stream: stream, UInt64(index)) }

    private static func draw(_ seed: UInt64, stream: UInt64, _ index: UInt64) -> UInt64 {
        mixed(seed &+ (stream << 40) &+ index)
    }

    /// A number spread over all of 64 bits.
    package static func mixed(_ number: UInt64) -> UInt64 {
        var mixed = number &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    private static func below(_ draw: UInt64, _ bound: UInt64) -> UInt64 { ((draw >> 32) * bound) >> 32 }

    /// Small numbers far more often: the cube of a uniform one.
    private static func skewed(_ draw: UInt64, _ bound: UInt64) -> UInt64 {
        let uniform = draw >> 32
        let cube = (((uniform * uniform) >> 32) * uniform) >> 32
        return (cube * bound) >> 32
    }

    private static func greatestCommonDivisor(_ left: UInt64, _ right: UInt64) -> UInt64 {
        right == 0 ? left : greatestCommonDivisor(right, left % right)
    }
}
