/// What one application names, as token numbers from 0.
package struct PlantedTokens: Hashable, Sendable {
    package var nationalID: UInt32
    package var phone: UInt32
    package var device: UInt32
    package var card: UInt32
    package var address: UInt32

    @inline(__always)
    package func forEach(_ body: (UInt32) -> Void) {
        body(nationalID)
        body(phone)
        body(device)
        body(card)
        body(address)
    }
}

extension PlantedGraph {
    /// A digest of all edges, whatever their order: two generators agree or do not.
    package var edgeDigest: UInt64 {
        var digest: UInt64 = 0
        let records = UInt64(recordCount)
        for record in 0..<recordCount {
            let start = UInt64(record) &* 0x9E37_79B9_7F4A_7C15
            tokens(ofRecord: record).forEach { token in
                digest ^= (start &+ records &+ UInt64(token)) &* 0xBF58_476D_1CE4_E5B9
            }
        }
        return digest
    }
}
