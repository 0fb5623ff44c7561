internal import Synchronization

/// What the request bodies of one listener hold in memory together, over all its connections: read so far, or being
/// answered.
final class BodyBytes: Sendable {
    private let limit: Int
    private let held = Atomic<Int>(0)

    init(limit: Int) { self.limit = limit }

    var count: Int { held.load(ordering: .relaxed) }

    fileprivate func take(_ count: Int) -> Bool {
        let total = held.add(count, ordering: .relaxed).newValue
        guard total > limit else { return true }
        give(back: count)
        return false
    }

    fileprivate func give(back count: Int) { held.subtract(count, ordering: .relaxed) }
}

/// One body's part of them, given back once it is answered, and at the latest when it goes with its connection.
final class BodyShare: Sendable {
    private let bytes: BodyBytes
    private let count = Atomic<Int>(0)

    init(of bytes: BodyBytes) { self.bytes = bytes }

    deinit { giveBack() }

    /// Whether the listener bears so many bytes more; if so they are counted.
    func grow(by more: Int) -> Bool {
        guard bytes.take(more) else { return false }
        count.add(more, ordering: .relaxed)
        return true
    }

    func giveBack() { bytes.give(back: count.exchange(0, ordering: .relaxed)) }
}
