internal import Registry
internal import Sodium
package import Vocabulary

/// The gateway's own secret: everything clear in the outbox is sealed under it. It lives in a file of its own, on
/// another volume than the outbox, backed up apart.
package struct DataKey: Sendable {
    private static let format = "counterfoil-gateway-data-key-1"

    /// Seals rows.
    let sealing: SealingKey
    /// Names content without telling it.
    let naming: KeyedHash

    private init(_ bytes: consuming SecretBytes) throws(SodiumFailure) {
        let root = try KeyedHash(key: bytes)
        sealing = try SealingKey(Self.derive("counterfoil/gateway/sealing/v1", from: root))
        naming = try KeyedHash(key: Self.derive("counterfoil/gateway/naming/v1", from: root))
    }

    private static func derive(_ label: String, from root: KeyedHash) -> SecretBytes {
        var bytes = root.hash(Array(label.utf8)).bytes
        return SecretBytes(wiping: &bytes)
    }

    /// A key that lives as long as the process.
    package static func ephemeral() -> DataKey {
        // A fresh key has the right length, the only thing that is refused.
        try! DataKey(.random(count: KeyedHash.keyByteCount))
    }

    /// Reads the file, or makes it where there is none.
    ///
    /// - Throws: `secretFileExposed` where others may read it, `configurationInvalid` where it holds no key.
    package static func openOrCreate(_ path: String) throws(Problem) -> DataKey {
        if !FileSystem.exists(path) {
            let json = JSON.object([
                "format": .string(format), "key": .string(Base64.encode(SystemRandom.bytes(KeyedHash.keyByteCount))),
            ])
            try FileSystem.write(Array(json.prettyText.utf8), to: path, as: .secret, replacing: false)
        }
        let bytes = try FileSystem.read(path, as: .secret, limit: 1 << 12)
        guard let json = try? JSON(parsing: bytes), json["format"]?.string == format,
            var secret = try? Base64.decode(json["key"]?.string ?? ""),
            let key = try? DataKey(SecretBytes(wiping: &secret))
        else {
            throw Problem(
                .configurationInvalid, "The file of the gateway's data key holds no such key.",
                hint: "Restore it from its backup; without it the outbox cannot be read.")
        }
        return key
    }
}
