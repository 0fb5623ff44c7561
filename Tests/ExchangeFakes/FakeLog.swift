package import Sodium
package import TransparencyLog
internal import Vocabulary

/// A small log in memory with real leaves, checkpoints and proofs.
package struct FakeLog {
    private let signer: NoteSigner
    private var leaves: [Hash] = []

    package init(origin: String, key: SigningKey) throws {
        signer = NoteSigner(name: try NoteKeyName(origin), key: key)
    }

    package var checkpoint: SignedNote {
        Checkpoint(origin: signer.verifierKey.name, size: UInt64(leaves.count), root: Self.root(leaves[...]))
            .signed(by: signer)
    }

    package mutating func append(_ opening: LeafOpening) -> Receipt {
        leaves.append(opening.leafHash)
        let index = leaves.count - 1
        return Receipt(
            opening: opening, index: UInt64(index), path: Self.path(to: index, in: leaves[...]),
            checkpoint: checkpoint)
    }

    // RFC 6962 §2.1, as it is written there.

    private static func split(_ count: Int) -> Int {
        var half = 1
        while half * 2 < count { half *= 2 }
        return half
    }

    private static func root(_ leaves: ArraySlice<Hash>) -> Hash {
        guard let first = leaves.first else { return MerkleHash.emptyRoot }
        guard leaves.count > 1 else { return first }
        let half = split(leaves.count)
        return MerkleHash.node(root(leaves.prefix(half)), root(leaves.dropFirst(half)))
    }

    private static func path(to index: Int, in leaves: ArraySlice<Hash>) -> [Hash] {
        guard leaves.count > 1 else { return [] }
        let half = split(leaves.count)
        return index < half
            ? path(to: index, in: leaves.prefix(half)) + [root(leaves.dropFirst(half))]
            : path(to: index - half, in: leaves.dropFirst(half)) + [root(leaves.prefix(half))]
    }
}
