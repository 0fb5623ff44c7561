internal import TransparencyLog
internal import Vocabulary

/// Makes receipts for one published checkpoint: inclusion proofs out of full tiles and the tree's right edge.
struct LogProver: Sendable {
    let latest: PublishedLog.Latest
    let tile: @Sendable (TileAddress) async throws(Problem) -> Tile?

    /// - Throws: `storageFailed` where the entry is not under the checkpoint or a tile cannot be read.
    func receipt(of logIndex: UInt32, _ opening: LeafOpening) async throws(Problem) -> String {
        guard let note = latest.note, UInt64(logIndex) < latest.tree.size else {
            throw Problem(
                .storageFailed, "The record is stored, but no checkpoint over it could be signed.",
                hint: "Ask for its receipt later; it is not lost.")
        }
        let tiles = try await tiles(for: UInt64(logIndex))
        do {
            var prover = TreeProver(size: latest.tree.size) { address in
                guard let tile = tiles[address.full] ?? latest.tree.partialTile(address) else {
                    throw TreeFailure.wrongTile(address)
                }
                return tile
            }
            let path = try prover.inclusionProof(of: UInt64(logIndex))
            return Receipt(opening: opening, index: UInt64(logIndex), path: path, checkpoint: note).text
        } catch {
            throw Problem(.storageFailed, "The proof could not be made from the stored tiles.")
        }
    }

    /// The full tiles that hold the entry's path: one a level, and none where the path runs in the right edge.
    private func tiles(for index: UInt64) async throws(Problem) -> [TileAddress: Tile] {
        var found: [TileAddress: Tile] = [:]
        var position = index >> 8
        for level in 0..<8 {
            guard latest.tree.size >> UInt64(8 * (level + 1)) > position else { break }
            guard let address = try? TileAddress(level: level, index: position) else { break }
            if let tile = try await tile(address) { found[address] = tile }
            position >>= 8
        }
        return found
    }
}
