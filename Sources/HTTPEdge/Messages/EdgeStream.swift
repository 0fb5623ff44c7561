/// A response's body that is made while it is sent: a chunk is asked for once the one before it has gone out, so that a
/// caller who does not read holds one chunk in memory and no more.
///
/// The listener ends it after its own longest duration, when it drains, and when the caller has left: the task that
/// makes the chunks is then cancelled. A stream that fails ends; who reads it goes on where it stopped.
package final class EdgeStream: Sendable {
    /// Hands over chunks until there are no more or the writer says that nobody wants them.
    let run: @Sendable (_ write: @Sendable ([UInt8]) async -> Bool) async throws -> Void

    package init<Chunks: AsyncSequence & Sendable>(_ chunks: Chunks) where Chunks.Element == [UInt8] {
        run = { write in
            for try await chunk in chunks where !chunk.isEmpty {
                guard await write(chunk) else { return }
            }
        }
    }
}

extension EdgeStream: Equatable {
    package static func == (left: EdgeStream, right: EdgeStream) -> Bool { left === right }
}
