package import Vocabulary

/// Why a proof does not show what it claims.
package enum ProofFailure: Error, Equatable, Sendable {
    /// The index is not below the tree's size.
    case indexBeyondTree
    /// The later tree is smaller than the earlier one.
    case treeShrank
    /// Nothing can be shown from the tree without leaves.
    case emptyTree
    /// Another number of hashes than a proof for these sizes has.
    case wrongLength(expected: Int, actual: Int)
    /// The hashes do not lead to the (later) root.
    case rootMismatch
    /// The hashes do not lead to the earlier root.
    case earlierRootMismatch
}

/// Checks proofs, beside the code that makes them and sharing none of it but the hashes (RFC 9162 §2.1.3, §2.1.4).
package enum ProofVerification {
    /// Checks that a leaf stands at that index in the tree with that root.
    package static func verifyInclusion(
        of leafHash: Hash, at index: UInt64, inTreeOf size: UInt64, root: Hash, proof: [Hash]
    ) throws(ProofFailure) {
        guard try Self.root(of: leafHash, at: index, inTreeOf: size, proof: proof) == root else { throw .rootMismatch }
    }

    /// The root to which an inclusion proof leads.
    package static func root(
        of leafHash: Hash, at index: UInt64, inTreeOf size: UInt64, proof: [Hash]
    ) throws(ProofFailure) -> Hash {
        guard index < size else { throw .indexBeyondTree }
        let (inner, border) = parts(index: index, size: size)
        guard proof.count == inner + border else { throw .wrongLength(expected: inner + border, actual: proof.count) }
        return chainBorder(chainInner(leafHash, proof[..<inner], index: index), proof[inner...])
    }

    /// Checks that the earlier tree is a prefix of the later one.
    ///
    /// - Throws: `emptyTree` from size 0, since every tree would do.
    package static func verifyConsistency(
        from earlierSize: UInt64, root earlierRoot: Hash, to size: UInt64, root: Hash, proof: [Hash]
    ) throws(ProofFailure) {
        guard earlierSize <= size else { throw .treeShrank }
        guard earlierSize > 0 else { throw .emptyTree }
        guard earlierSize != size else {
            guard proof.isEmpty else { throw .wrongLength(expected: 0, actual: proof.count) }
            guard earlierRoot == root else { throw .rootMismatch }
            return
        }
        let shift = earlierSize.trailingZeroBitCount
        let parts = parts(index: earlierSize - 1, size: size)
        let inner = parts.inner - shift
        // A perfect earlier tree is itself the first node, and is left out of the proof.
        let isPerfect = earlierSize.nonzeroBitCount == 1
        let expected = inner + parts.border + (isPerfect ? 0 : 1)
        guard proof.count == expected else { throw .wrongLength(expected: expected, actual: proof.count) }
        let seed = isPerfect ? earlierRoot : proof[0]
        let rest = isPerfect ? proof[...] : proof[1...]
        let (lower, upper) = (rest.prefix(inner), rest.dropFirst(inner))
        let path = (earlierSize - 1) >> UInt64(shift)
        let earlier = chainBorder(chainLeftSiblings(seed, lower, index: path), upper)
        guard earlier == earlierRoot else { throw .earlierRootMismatch }
        guard chainBorder(chainInner(seed, lower, index: path), upper) == root else { throw .rootMismatch }
    }

    /// How many hashes of a path lie below the point where it leaves the tree's right edge, and how many on the edge.
    private static func parts(index: UInt64, size: UInt64) -> (inner: Int, border: Int) {
        let inner = 64 - (index ^ (size - 1)).leadingZeroBitCount
        return (inner, (index >> UInt64(inner)).nonzeroBitCount)
    }

    private static func chainInner(_ seed: Hash, _ proof: ArraySlice<Hash>, index: UInt64) -> Hash {
        var hash = seed
        for (height, sibling) in proof.enumerated() {
            let isRight = index >> UInt64(height) & 1 == 1
            hash = isRight ? MerkleHash.node(sibling, hash) : MerkleHash.node(hash, sibling)
        }
        return hash
    }

    /// As `chainInner`, leaving out right siblings: they came after the earlier tree.
    private static func chainLeftSiblings(_ seed: Hash, _ proof: ArraySlice<Hash>, index: UInt64) -> Hash {
        var hash = seed
        for (height, sibling) in proof.enumerated() where index >> UInt64(height) & 1 == 1 {
            hash = MerkleHash.node(sibling, hash)
        }
        return hash
    }

    private static func chainBorder(_ seed: Hash, _ proof: ArraySlice<Hash>) -> Hash {
        proof.reduce(seed) { MerkleHash.node($1, $0) }
    }
}
