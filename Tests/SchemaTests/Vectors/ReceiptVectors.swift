import Records
import Sodium
import TestSupport
import TransparencyLog
import Vocabulary

/// Leaf openings, the log that they stand in, and receipts from it, all from one seed.
struct ReceiptVectors {
    static let seed: UInt64 = 0x7A11_1E5
    static let leafCount = 300
    static let origin = "log.example/counterfoil"

    let envelope: Envelope
    let memberKey: PublicKey
    let openings: [LeafOpening]
    let signer: NoteSigner
    private let leaves: [Hash]

    init() throws {
        var generator = SeededGenerator(seed: Self.seed)
        let memberSecret = try SigningKey(vectorSeed: generator.bytes(32))
        memberKey = memberSecret.publicKey
        signer = NoteSigner(
            name: try NoteKeyName(Self.origin), key: try SigningKey(vectorSeed: generator.bytes(32)))
        let envelope = Envelope.sign(
            payloadType: .submission, payload: Array(#"{"what":"bytes of any document"}"#.utf8), key: memberSecret)
        // The envelope's own leaf, and leaves of submissions that nobody else can tell apart.
        let positions = [0, 7, 255, 256, 299]
        openings = try positions.map { _ in
            LeafOpening(
                random: try Bytes32(generator.bytes(32)), envelopeHash: envelope.hash, keyID: memberSecret.keyID,
                signature: envelope.signatures[0].signature)
        }
        self.envelope = envelope
        var leaves = try (0..<Self.leafCount).map { _ in MerkleHash.leaf(try Hash(bytes: generator.bytes(32))) }
        for (position, opening) in zip(positions, openings) { leaves[position] = opening.leafHash }
        self.leaves = leaves
    }

    var openingFile: JSON {
        .object([
            "about": """
            opening = random (32 bytes) ‖ envelope hash (32) ‖ key id (16) ‖ signature (64), in base64; \
            entry = SHA-256("counterfoil/leaf/v1" ‖ 0x00 ‖ opening); leafHash = SHA-256(0x00 ‖ entry); \
            the rest in hexadecimal
            """,
            "envelope": envelope.json, "publicKey": .string(memberKey.base64),
            "cases": .array(
                openings.map { opening in
                    .object([
                        "random": .string(opening.random.hex),
                        "envelopeHash": .string(opening.envelopeHash.description),
                        "keyID": .string(opening.keyID.text), "signature": .string(Hex.encode(opening.signature.bytes)),
                        "opening": .string(Base64.encode(opening.bytes)),
                        "entry": .string(opening.entry.description), "leafHash": .string(opening.leafHash.description),
                    ])
                }),
        ])
    }

    func receiptFile() throws -> JSON {
        let good = try [(0, 1), (1, 8), (2, 256), (2, 300), (3, 257), (4, 300), (0, 300)].map { place, size in
            try receipt(of: place, size: size)
        }
        return .object([
            "about": """
            receipts that hold for the envelope, and ones that do not with the reason: checkpoint (not this log's \
            word), proof (not below its root), otherEnvelope
            """,
            "vkey": .string(signer.verifierKey.vkey), "logKey": .string(signer.verifierKey.publicKey.base64),
            "envelope": envelope.json, "publicKey": .string(memberKey.base64),
            "holding": .array(
                good.map { receipt in
                    .object(["index": .number(receipt.index), "receipt": .string(receipt.text)])
                }),
            "refused": .array(try refused(good[5])),
        ])
    }

    private func receipt(of place: Int, size: Int, by signer: NoteSigner? = nil) throws -> Receipt {
        let signer = signer ?? self.signer
        let index = [0, 7, 255, 256, 299][place]
        var tree = MerkleTree()
        var tiles: [TileAddress: Tile] = [:]
        for tile in tree.append(leaves.prefix(size)) { tiles[tile.address] = tile }
        let edge = tree
        var prover = TreeProver(size: UInt64(size)) { address in
            guard let tile = edge.partialTile(address) ?? tiles[address.full] else {
                throw TreeFailure.wrongTile(address)
            }
            return tile
        }
        let checkpoint = Checkpoint(origin: signer.verifierKey.name, size: UInt64(size), root: tree.root)
        return Receipt(
            opening: openings[place], index: UInt64(index), path: try prover.inclusionProof(of: UInt64(index)),
            checkpoint: checkpoint.signed(by: signer))
    }

    private func refused(_ good: Receipt) throws -> [JSON] {
        let stranger = NoteSigner(
            name: signer.verifierKey.name, key: try SigningKey(vectorSeed: [UInt8](repeating: 9, count: 32)))
        let otherLeaf = LeafOpening(
            random: good.opening.random, envelopeHash: SHA256.hash([1]), keyID: good.opening.keyID,
            signature: good.opening.signature)
        func with(opening: LeafOpening? = nil, index: UInt64? = nil, path: [Hash]? = nil) -> Receipt {
            Receipt(
                opening: opening ?? good.opening, index: index ?? good.index, path: path ?? good.path,
                checkpoint: good.checkpoint)
        }
        let cases: [(String, String, Receipt)] = [
            ("another log's key under this log's name", "checkpoint", try receipt(of: 4, size: 300, by: stranger)),
            ("another index", "proof", with(index: good.index - 1)),
            ("an index beyond the tree", "proof", with(index: 300)),
            ("a hash too few", "proof", with(path: Array(good.path.dropLast()))),
            ("a hash too many", "proof", with(path: good.path + [good.path[0]])),
            ("two hashes in the wrong order", "proof", with(path: Array(good.path.reversed()))),
            ("another leaf's opening", "proof", with(opening: openings[0])),
            ("an opening that names another envelope", "otherEnvelope", with(opening: otherLeaf)),
        ]
        return cases.map { about, reason, receipt in
            .object(["about": .string(about), "reason": .string(reason), "receipt": .string(receipt.text)])
        }
    }
}

extension SigningKey {
    /// A key whose seed is published, for vectors alone.
    convenience init(vectorSeed bytes: [UInt8]) throws {
        var bytes = bytes
        try self.init(seed: SecretBytes(wiping: &bytes))
    }
}
