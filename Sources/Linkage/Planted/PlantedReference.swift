/// What the generator and scipy's connected components say of a planted graph, all edges alike.
package struct PlantedReference: Sendable {
    package let edges: Int
    package let hasHubs: Bool
    package let records: Int
    package let nodes: Int
    package let edgeDigest: UInt64
    package let sharing: PlantedSharing

    /// Made with `graph_peers.py --stats` and `--peers scipy` (scipy 1.17.1), seed 20240607.
    package static let all: [PlantedReference] = [
        PlantedReference(1_000, false, 200, 931, 0xf13f_f516_23da_cf73, 89, 170, 39_413),
        PlantedReference(1_000, true, 200, 931, 0x091a_0458_1477_1c15, 86, 187, 47_145),
        PlantedReference(50_000, false, 10_000, 45_439, 0xd6d8_06a6_c1be_3ad7, 3_439, 362, 1_158_549),
        PlantedReference(50_000, true, 10_000, 45_439, 0x2395_abe1_86cb_4296, 3_280, 7_071, 50_687_929),
        PlantedReference(100_000, false, 20_000, 90_878, 0x98b5_7435_c22f_14ad, 6_875, 418, 2_387_850),
        PlantedReference(100_000, true, 20_000, 90_878, 0xed6f_6039_b6ec_513c, 6_532, 14_606, 214_636_632),
        PlantedReference(1_000_000, false, 200_000, 908_771, 0x6f06_bc1a_3610_6697, 68_417, 443, 25_329_251),
        PlantedReference(1_000_000, true, 200_000, 908_771, 0x2e41_ad12_6554_a41f, 64_706, 148_104, 21_949_110_749),
        PlantedReference(10_000_000, false, 2_000_000, 9_087_701, 0x5808_ce6c_3261_a7a5, 685_014, 451, 244_254_857),
        PlantedReference(
            10_000_000, true, 2_000_000, 9_087_701, 0xb14a_c8ec_41d3_f901, 647_553, 1_518_016, 2_304_503_532_719),
    ]

    package static func named(edges: Int, hubs: Bool) -> PlantedReference? {
        all.first { $0.edges == edges && $0.hasHubs == hubs }
    }

    private init(
        _ edges: Int, _ hubs: Bool, _ records: Int, _ nodes: Int, _ digest: UInt64, _ components: Int, _ largest: Int,
        _ checksum: UInt64
    ) {
        (self.edges, hasHubs, self.records, self.nodes, edgeDigest) = (edges, hubs, records, nodes, digest)
        sharing = PlantedSharing(components: components, largest: largest, checksum: checksum)
    }
}

/// How a planted graph falls apart, counted over records and tokens as the peers count.
package struct PlantedSharing: Hashable, Sendable {
    package var components: Int
    /// Nodes in the largest.
    package var largest: Int
    /// The sum of the components' squared sizes modulo 2^61 - 1.
    package var checksum: UInt64

    package init(components: Int, largest: Int, checksum: UInt64) {
        (self.components, self.largest, self.checksum) = (components, largest, checksum)
    }

    /// - Parameters:
    ///   - sizes: nodes of each component, 0 for those that are none.
    ///   - lone: nodes that are a component each.
    package init(sizes: [Int], lone: Int) {
        let prime: UInt64 = 1 << 61 - 1
        self.init(components: lone, largest: lone > 0 ? 1 : 0, checksum: UInt64(lone))
        for size in sizes where size > 0 {
            components += 1
            largest = max(largest, size)
            checksum = (checksum + UInt64(size) * UInt64(size) % prime) % prime
        }
    }
}
