import Sodium
import TestSupport
import Testing
import TransparencyLog
import Vocabulary

/// The published good and bad proofs of transparency-dev, and the reference roots of RFC 6962.
@Suite("Merkle vectors", .enabled(if: Vectors.isPresent, "needs ../shared"))
struct MerkleVectorTests {
    static let inclusionFiles = Vectors.files(under: "vectors/merkle/inclusion")
    static let consistencyFiles = Vectors.files(under: "vectors/merkle/consistency")

    @Test("all the published vectors are here")
    func count() {
        #expect(Self.inclusionFiles.count + Self.consistencyFiles.count == 196)
    }

    @Test("an inclusion vector is accepted or refused as published", arguments: inclusionFiles)
    func inclusion(path: String) throws {
        let vector = try Vectors.json(path)
        let accepted = succeeds {
            try ProofVerification.verifyInclusion(
                of: try hash(vector["leafHash"]), at: try size(vector["leafIdx"]),
                inTreeOf: try size(vector["treeSize"]), root: try hash(vector["root"]),
                proof: try vector["proof"].array.map(hash))
        }
        let isBad: Bool? = vector["wantErr"].bool
        #expect(isBad == !accepted, "\(vector["desc"].string ?? path)")
    }

    @Test("a consistency vector is accepted or refused as published", arguments: consistencyFiles)
    func consistency(path: String) throws {
        let vector = try Vectors.json(path)
        let accepted = succeeds {
            try ProofVerification.verifyConsistency(
                from: try size(vector["size1"]), root: try hash(vector["root1"]), to: try size(vector["size2"]),
                root: try hash(vector["root2"]), proof: try vector["proof"].array.map(hash))
        }
        let isBad: Bool? = vector["wantErr"].bool
        #expect(isBad == !accepted, "\(vector["desc"].string ?? path)")
    }

    @Test("the tree's roots are those of RFC 6962's reference")
    func referenceRoots() throws {
        let vector = try Vectors.json("vectors/rfc6962-reference-roots.json")
        let leaves = try vector["leafInputsHex"].array.map { MerkleHash.leaf(try #require($0.hex)) }
        let roots = try vector["rootHexByTreeSize"].array.map { try Hash(bytes: try #require($0.hex)) }
        #expect(roots.count == leaves.count + 1)
        var tree = MerkleTree()
        #expect(tree.root == roots[0])
        for (leaf, root) in zip(leaves, roots.dropFirst()) {
            #expect(tree.append([leaf]).isEmpty)
            #expect(tree.root == root)
        }
    }

    private func succeeds(_ body: () throws -> Void) -> Bool {
        do {
            try body()
            return true
        } catch { return false }
    }

    /// Some vectors have a text ("don't care", "WrongRoot") for a hash: a hash of its own stands for it here, so that
    /// the verifier refuses and not the decoder. An empty one is no hash.
    private func hash(_ vector: Vector) throws -> Hash {
        let bytes = try #require(vector.base64)
        return bytes.isEmpty || bytes.count == 32 ? try Hash(bytes: bytes) : SHA256.hash(bytes)
    }

    /// Sizes are unsigned in the vectors; one below zero is the largest.
    private func size(_ vector: Vector) throws -> UInt64 { UInt64(bitPattern: Int64(try #require(vector.integer))) }
}
