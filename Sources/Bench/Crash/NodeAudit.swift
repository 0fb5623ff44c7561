internal import Exchange
internal import TransparencyLog
internal import Vocabulary

/// What must hold after a restart, whenever the node was killed. Whatever does not is written into the testimony.
struct NodeAudit {
    let witness: NodeWitness
    let database: String

    private var testimony: Testimony { witness.testimony }

    /// - Parameters:
    ///   - recent: acknowledged since the last audit; all of these are asked about.
    ///   - older: a sample of what was acknowledged before.
    func run(recent: [Testimony.Furnished], older: [Testimony.Furnished]) async throws(Problem) {
        let before = testimony.roots.filter { $0.key > 0 }
        let latest = try await witness.checkpoint()
        try await settle()
        for furnished in recent + older {
            try await witness.askReceipt(of: furnished)
            try await witness.send(furnished)
        }
        for furnished in older { try await witness.furnishAgain(furnished) }
        try await proveConsistency(from: before, to: latest)
        try compareWithStore()
    }

    /// What was under way when the node was killed is stored whole or not at all: sent again, it is accepted.
    private func settle() async throws(Problem) {
        for furnished in testimony.furnished where furnished.logIndex == nil { try await witness.send(furnished) }
    }

    /// As an outsider: from the public tiles, every checkpoint seen is a prefix of the latest.
    private func proveConsistency(from roots: [UInt64: Hash], to latest: Checkpoint) async throws(Problem) {
        var tiles: [TileAddress: Tile] = [:]
        for address in Self.tiles(ofSize: latest.size) { tiles[address] = try await witness.tile(address) }
        var prover = TreeProver(size: latest.size) { address in
            guard let tile = tiles[address] else { throw TreeFailure.wrongTile(address) }
            return tile
        }
        for (size, root) in roots {
            do {
                let proof = try prover.consistencyProof(from: size)
                try ProofVerification.verifyConsistency(
                    from: size, root: root, to: latest.size, root: latest.root, proof: proof)
            } catch {
                testimony.violated("The checkpoint of size \(size) is no prefix of that of size \(latest.size).")
            }
        }
    }

    /// Every tile of the tree of that size, full and partial.
    private static func tiles(ofSize size: UInt64) -> [TileAddress] {
        var addresses: [TileAddress] = []
        for level in 0...TileAddress.maximumLevel where size >> UInt64(8 * level) > 0 {
            var index: UInt64 = 0
            while let address = TileAddress(level: level, index: index, inTreeOf: size) {
                addresses.append(address)
                index += 1
            }
            if size >> UInt64(8 * (level + 1)) == 0 { break }
        }
        return addresses
    }

    /// The stored leaves give every root that was ever signed or seen, every stored tile, and every receipt's leaf.
    private func compareWithStore() throws(Problem) {
        let stored = try StoredLog(database)
        let seen = testimony.roots
        let (roots, tiles) = stored.recompute(sizes: Set(seen.keys))
        for (size, root) in seen where roots[size] != root {
            testimony.violated("The stored leaves do not give the root that was signed for size \(size).")
        }
        for (address, bytes) in tiles where stored.tiles[address] != bytes {
            testimony.violated("The stored tile \(address) is not the one that the leaves give.")
        }
        if stored.tiles.count != tiles.count { testimony.violated("There are tiles of leaves that are not there.") }
        if stored.leavesWithoutEvidence > 0 { testimony.violated("A leaf has no evidence.") }
        var owners: [UInt64: Int] = [:]
        for furnished in testimony.furnished {
            guard let index = furnished.logIndex, let opening = furnished.opening else { continue }
            guard index < UInt64(stored.leaves.count), stored.leaves[Int(index)] == opening.leafHash else {
                testimony.violated("The receipt of submission \(furnished.number) is for a leaf that is not stored.")
                continue
            }
            if let other = owners.updateValue(furnished.number, forKey: index) {
                testimony.violated("Submissions \(other) and \(furnished.number) share one leaf.")
            }
        }
    }
}
