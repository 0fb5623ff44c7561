/// The part of a job's file that is being read: what is left of one chunk and as much of the next as a row may need.
struct ChunkWindow {
    private(set) var bytes: [UInt8] = []
    /// Where the next row begins.
    var offset = 0
    /// The chunk to be appended next.
    private(set) var nextChunk: Int
    /// Which chunk's bytes begin where in `bytes`, and how many of the chunk's had been read before.
    private var parts: [(chunk: Int, start: Int, skipped: Int)] = []
    private var skipping: Int

    init(at position: JobPosition) { (nextChunk, skipping) = (position.chunk, position.byte) }

    /// Whether the bytes left may end within a row.
    var isShort: Bool { bytes.count - offset < JobLimits.rowBytes }
    var isAtStart: Bool { !bytes.isEmpty && position == JobPosition(chunk: 0, byte: 0) }

    mutating func append(_ chunk: [UInt8]) {
        let left = bytes.count - offset
        parts = parts.filter { part in part.chunk >= position.chunk }.map { part in
            part.start >= offset
                ? (part.chunk, part.start - offset, part.skipped) : (part.chunk, 0, part.skipped + offset - part.start)
        }
        bytes = (left == 0 ? [] : Array(bytes[offset...])) + chunk.dropFirst(skipping)
        offset = 0
        parts.append((nextChunk, left, skipping))
        (nextChunk, skipping) = (nextChunk + 1, 0)
    }

    /// Where in the file the next row begins.
    var position: JobPosition {
        guard offset < bytes.count, let part = parts.last(where: { $0.start <= offset }) else {
            return JobPosition(chunk: nextChunk, byte: skipping)
        }
        return JobPosition(chunk: part.chunk, byte: offset - part.start + part.skipped)
    }
}
