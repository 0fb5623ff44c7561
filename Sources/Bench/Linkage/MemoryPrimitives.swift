internal import Vocabulary

/// What memory costs that is not in a cache, in seconds: what a graph of this size is made of, timed in the same run.
struct MemoryPrimitives: Sendable {
    /// 256 MiB: more than any cache holds.
    private static let wordCount = 1 << 26

    /// A read that has to wait for the one before.
    let read: Double
    /// A read and write back where the next does not wait.
    let update: Double

    init(seconds: Double) {
        var words = [UInt32](repeating: 1, count: Self.wordCount)
        var state: UInt64 = 1
        let batch = 1024
        read =
            Stopwatch.secondsPerCall(for: seconds) { _ in
                for _ in 0..<batch {
                    state = state &* 0x5851_F42D_4C95_7F2D &+ 0x1405_7B7E_F767_814F &+ UInt64(words[Int(state >> 38)])
                }
            } / Double(batch)
        update =
            Stopwatch.secondsPerCall(for: seconds) { _ in
                for _ in 0..<batch {
                    state = state &* 0x5851_F42D_4C95_7F2D &+ 0x1405_7B7E_F767_814F
                    words[Int(state >> 38)] &+= 1
                }
            } / Double(batch)
        keep(state)
        keep(words)
    }

    var figures: [Figure] {
        [
            Figure("primitives", "dependent read from 256 MiB", read * 1e9, "ns"),
            Figure("primitives", "read and write back in 256 MiB", update * 1e9, "ns"),
        ]
    }

    /// A time told in such reads.
    func reads(_ seconds: Double) -> String { "\(decimal(seconds / read)) dependent reads of this memory" }
}
