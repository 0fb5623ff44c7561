import ConsortiumSupport
import Exchange
import NodeService
import Records
import Store
import TransparencyLog
import Vocabulary

/// A consortium whose node keeps its entries in a file.
struct StoredConsortium {
    var consortium: NodeConsortium
    let folder: TemporaryFolder
    let faults = Faults()

    var path: String { folder.path("node.db") }

    init(members: Int = 5, seed: UInt64 = 1) throws {
        consortium = try NodeConsortium(members: members, seed: seed)
        folder = try TemporaryFolder()
        try start()
    }

    /// Opens the file and starts the node on it.
    mutating func start() throws {
        let store = try SQLiteEntryStore(path: path, keys: consortium.keys, consortium: consortium.consortium)
        let faulty = FaultyStore(store, faults)
        try consortium.start(on: faulty)
    }

    mutating func restart() throws {
        consortium.stop()
        try start()
    }

    /// What the stored leaves make of a tree of some size, by the definition of RFC 6962 and no shortcut.
    func root(of size: UInt64? = nil) throws -> Hash {
        let reader = try SQLiteReading(path: path)
        var tree = MerkleTree()
        _ = tree.append(try reader.leaves().prefix(Int(size ?? .max >> 1)))
        return tree.root
    }
}
