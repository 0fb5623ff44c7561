internal import Registry
package import Sodium
internal import Store
internal import Synchronization
package import Vocabulary

/// The folder of the node's data keys: pepper, token key, reference key, ring key, and one sealing key a month.
///
/// Each key is a file of its own, 32 bytes in hexadecimal, readable by its owner alone, durable before it is used.
/// Without this folder the database is useless; with it and the database, everything the node sees can be read. It
/// belongs on another volume than the database, with a backup of its own.
package final class NodeSecrets: DataKeys {
    private let folder: String
    private let sealing = Mutex<[Int64: SealingKey]>([:])
    package let tokenKey: SealingKey
    package let pepper: KeyedHash
    /// The secret behind the opaque names of signals.
    package let references: KeyedHash
    /// The secret behind the names of rings.
    package let rings: KeyedHash

    /// Opens the folder, making what is missing in an empty one.
    ///
    /// - Throws: `secretFileExposed` where others may read a key, `configurationInvalid` for a file that is no key or
    ///   for a folder that lost some of its keys.
    package init(folder: String) throws(Problem) {
        try FileSystem.makeFolder(folder)
        let names = ["pepper.key", "token.key", "references.key"]
        let present = names.filter { FileSystem.exists("\(folder)/\($0)") }
        guard present.isEmpty || present.count == names.count else {
            throw Problem(
                .configurationInvalid, "The key folder has some of the node's keys and lacks others.",
                hint: "Restore the folder from its backup; the database cannot be read without all of them.")
        }
        if present.isEmpty { for name in names { try Self.make("\(folder)/\(name)") } }
        // Folders of before linkage have none; lost, the rings have new names for everybody and nothing else is.
        let ringsPath = "\(folder)/rings.key"
        if !FileSystem.exists(ringsPath) { try Self.make(ringsPath) }
        self.folder = folder
        let pepper = try Self.key("\(folder)/pepper.key")
        let token = try Self.key("\(folder)/token.key")
        let references = try Self.key("\(folder)/references.key")
        let rings = try Self.key(ringsPath)
        do throws(SodiumFailure) {
            self.pepper = try KeyedHash(key: pepper)
            tokenKey = try SealingKey(token)
            self.references = try KeyedHash(key: references)
            self.rings = try KeyedHash(key: rings)
        } catch { throw Self.notAKey(folder) }
    }

    package func sealingKey(ofPeriod period: Int64, making: Bool) throws -> SealingKey {
        try sealing.withLock { keys in
            if let key = keys[period] { return key }
            let path = "\(folder)/data-\(period).key"
            if making, !FileSystem.exists(path) {
                // A folder that lost the other keys is not the one that was opened: a volume that went away.
                _ = try Self.key("\(folder)/pepper.key")
                try Self.make(path)
            }
            let key = try SealingKey(try Self.key(path))
            keys[period] = key
            return key
        }
    }

    private static func make(_ path: String) throws(Problem) {
        let text = Hex.encode(SystemRandom.bytes(SealingKey.keyByteCount)) + "\n"
        try FileSystem.write(Array(text.utf8), to: path, as: .secret, replacing: false)
    }

    private static func key(_ path: String) throws(Problem) -> SecretBytes {
        let text = String(decoding: try FileSystem.read(path, as: .secret), as: UTF8.self)
        guard var bytes = try? Hex.decode(String(text.prefix { !$0.isNewline })),
            bytes.count == SealingKey.keyByteCount
        else { throw notAKey(path) }
        return SecretBytes(wiping: &bytes)
    }

    private static func notAKey(_ path: String) -> Problem {
        Problem(.configurationInvalid, "\(path) is not a key: 64 hexadecimal digits were expected.")
    }
}
