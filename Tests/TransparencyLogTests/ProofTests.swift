import TestSupport
import Testing
import TransparencyLog
import Vocabulary

@Suite("Proofs")
struct ProofTests {
    static let large = SampleLog(leafCount: 70_000)

    @Test("every leaf of every tree up to 40 leaves is proved, and at no other index or size")
    func inclusion() throws {
        let log = SampleLog(leafCount: 40)
        for size in UInt64(1)...40 {
            var prover = TreeProver(size: size, reading: log.read)
            let root = try prover.root()
            #expect(root == SampleLog.root(log.leaves.prefix(Int(size))))
            for index in 0..<size {
                let proof = try prover.inclusionProof(of: index)
                let leaf = log.leaves[Int(index)]
                for claimed in 0...size {
                    let isAccepted = accepts(leaf, at: claimed, size: size, root: root, proof: proof)
                    #expect(isAccepted == (claimed == index))
                }
                #expect(!accepts(leaf, at: index, size: size, root: MerkleHash.emptyRoot, proof: proof))
                #expect(!accepts(leaf, at: index, size: size, root: root, proof: proof + [root]))
                #expect(!accepts(log.leaves[Int(index + 1) % 40], at: index, size: size, root: root, proof: proof))
            }
        }
    }

    @Test("every earlier tree up to 40 leaves is shown to be a prefix, and nothing else is")
    func consistency() throws {
        let log = SampleLog(leafCount: 40)
        let roots = (0...40).map { SampleLog.root(log.leaves.prefix($0)) }
        for size in 1...40 {
            var prover = TreeProver(size: UInt64(size), reading: log.read)
            for earlier in 1...size {
                let proof = try prover.consistencyProof(from: UInt64(earlier))
                for claimed in 1...size {
                    let isAccepted = shows(claimed, roots[earlier], size, roots[size], proof)
                    #expect(isAccepted == (claimed == earlier))
                }
                #expect(!shows(earlier, MerkleHash.emptyRoot, size, roots[size], proof))
                #expect(!shows(earlier, roots[earlier], size, MerkleHash.emptyRoot, proof))
                #expect(!shows(earlier, roots[earlier], size, roots[size], proof + [roots[1]]))
            }
        }
    }

    @Test("proofs for earlier sizes come from the tiles of a log that went on", arguments: [11, 12, 13])
    func grown(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let log = Self.large
        for _ in 0..<5 {
            let size = Int.random(in: 1...70_000, using: &random)
            let earlier = Int.random(in: 1...size, using: &random)
            let index = Int.random(in: 0..<size, using: &random)
            var prover = TreeProver(size: UInt64(size), reading: log.read)
            let root = try prover.root()
            #expect(root == SampleLog.root(log.leaves.prefix(size)))
            let path = try prover.inclusionProof(of: UInt64(index))
            #expect(accepts(log.leaves[index], at: UInt64(index), size: UInt64(size), root: root, proof: path))
            let proof = try prover.consistencyProof(from: UInt64(earlier))
            #expect(shows(earlier, SampleLog.root(log.leaves.prefix(earlier)), size, root, proof))
        }
    }

    @Test("a proof with any bit flipped is refused", arguments: [21, 22])
    func flipped(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let log = SampleLog(leafCount: 1000)
        var prover = TreeProver(size: 1000, reading: log.read)
        let root = try prover.root()
        for _ in 0..<300 {
            let index = UInt64.random(in: 0..<1000, using: &random)
            var path = try prover.inclusionProof(of: index)
            flipBit(of: &path, &random)
            #expect(throws: ProofFailure.rootMismatch) {
                try ProofVerification.verifyInclusion(
                    of: log.leaves[Int(index)], at: index, inTreeOf: 1000, root: root, proof: path)
            }
            let earlier = Int.random(in: 1..<1000, using: &random)
            var proof = try prover.consistencyProof(from: UInt64(earlier))
            flipBit(of: &proof, &random)
            #expect(!shows(earlier, SampleLog.root(log.leaves.prefix(earlier)), 1000, root, proof))
        }
    }

    @Test("each refusal says what is wrong")
    func failures() throws {
        let log = SampleLog(leafCount: 7)
        var prover = TreeProver(size: 7, reading: log.read)
        #expect(throws: TreeFailure.beyondTree) { try prover.inclusionProof(of: 7) }
        #expect(throws: TreeFailure.beyondTree) { try prover.consistencyProof(from: 8) }
        #expect(throws: TreeFailure.emptyTree) { try prover.consistencyProof(from: 0) }
        let (leaf, root) = (log.leaves[0], log.tree.root)
        #expect(throws: ProofFailure.indexBeyondTree) {
            try ProofVerification.verifyInclusion(of: leaf, at: 7, inTreeOf: 7, root: root, proof: [])
        }
        #expect(throws: ProofFailure.wrongLength(expected: 3, actual: 0)) {
            try ProofVerification.verifyInclusion(of: leaf, at: 0, inTreeOf: 7, root: root, proof: [])
        }
        #expect(throws: ProofFailure.treeShrank) {
            try ProofVerification.verifyConsistency(from: 8, root: root, to: 7, root: root, proof: [])
        }
        #expect(throws: ProofFailure.emptyTree) {
            try ProofVerification.verifyConsistency(from: 0, root: MerkleHash.emptyRoot, to: 7, root: root, proof: [])
        }
        var proof = try prover.consistencyProof(from: 3)
        #expect(throws: ProofFailure.earlierRootMismatch) {
            try ProofVerification.verifyConsistency(from: 3, root: root, to: 7, root: root, proof: proof)
        }
        proof.removeLast()
        #expect(throws: ProofFailure.wrongLength(expected: 4, actual: 3)) {
            try ProofVerification.verifyConsistency(from: 3, root: root, to: 7, root: root, proof: proof)
        }
    }

    @Test("sizes up to the largest number neither trap nor verify", arguments: [.max, .max - 1, 1 << 63] as [UInt64])
    func largest(size: UInt64) {
        let hashes = [Hash](repeating: MerkleHash.emptyRoot, count: 64)
        for count in 0...64 {
            let proof = Array(hashes.prefix(count))
            #expect(!accepts(hashes[0], at: size - 1, size: size, root: hashes[0], proof: proof))
            #expect(!accepts(hashes[0], at: size / 2, size: size, root: hashes[0], proof: proof))
            #expect(throws: ProofFailure.self) {
                try ProofVerification.verifyConsistency(
                    from: size - 1, root: hashes[0], to: size, root: hashes[0], proof: proof)
            }
        }
        var prover = TreeProver(size: size) { _ in throw SampleLog.MissingTile() }
        #expect(throws: SampleLog.MissingTile.self) { try prover.inclusionProof(of: size - 1) }
        #expect(throws: SampleLog.MissingTile.self) { try prover.consistencyProof(from: size - 1) }
        #expect(throws: SampleLog.MissingTile.self) { try prover.root() }
    }

    private func flipBit(of hashes: inout [Hash], _ random: inout SeededGenerator) {
        let bit = UInt64.random(in: 0..<64, using: &random)
        hashes[Int.random(in: hashes.indices, using: &random)].value.c ^= 1 << bit
    }

    private func accepts(_ leaf: Hash, at index: UInt64, size: UInt64, root: Hash, proof: [Hash]) -> Bool {
        do throws(ProofFailure) {
            try ProofVerification.verifyInclusion(of: leaf, at: index, inTreeOf: size, root: root, proof: proof)
            return true
        } catch { return false }
    }

    private func shows(_ earlier: Int, _ earlierRoot: Hash, _ size: Int, _ root: Hash, _ proof: [Hash]) -> Bool {
        do throws(ProofFailure) {
            try ProofVerification.verifyConsistency(
                from: UInt64(earlier), root: earlierRoot, to: UInt64(size), root: root, proof: proof)
            return true
        } catch { return false }
    }
}
