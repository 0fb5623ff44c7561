internal import Exchange
internal import Sodium
internal import Synchronization
internal import TransparencyLog
internal import Vocabulary

/// The latest signed checkpoint, with the tree at its size: what the public sees, and what receipts wait for.
final class PublishedLog: Sendable {
    struct Latest: Sendable {
        var note: SignedNote?
        var tree = MerkleTree()
        var published: PublishedCheckpoint
    }

    private struct State {
        var latest = Latest(published: PublishedCheckpoint(size: 0, root: MerkleTree().root))
        var waiting: [(size: UInt64, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    var latest: Latest { state.withLock { $0.latest } }

    func publish(_ note: SignedNote, tree: MerkleTree) {
        let ready = state.withLock { state in
            state.latest = Latest(
                note: note, tree: tree, published: PublishedCheckpoint(size: tree.size, root: tree.root))
            let ready = state.waiting.filter { $0.size <= tree.size }
            state.waiting.removeAll { $0.size <= tree.size }
            return ready
        }
        for waiter in ready { waiter.continuation.resume() }
    }

    /// Returns once a checkpoint of at least this size is published.
    func untilPublished(size: UInt64) async {
        await withCheckedContinuation { continuation in
            let isPublished = state.withLock { state in
                if state.latest.note != nil, state.latest.tree.size >= size { return true }
                state.waiting.append((size, continuation))
                return false
            }
            if isPublished { continuation.resume() }
        }
    }

    /// Lets everybody who waits go on; they find their entry unpublished. For a node that stops signing.
    func release() {
        let waiting = state.withLock { state in
            let waiting = state.waiting
            state.waiting = []
            return waiting
        }
        for waiter in waiting { waiter.continuation.resume() }
    }
}
