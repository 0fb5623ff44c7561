internal import Registry
internal import Sodium
package import Vocabulary

/// The callers that a gateway knows, by the hashes of their keys. The keys themselves stand in no file of ours.
///
/// A key is 32 random bytes, so a plain SHA-256 of it gives nothing to a guesser. The file is for its owner alone all
/// the same: who may write it may call the gateway.
package struct APIKeys: Sendable {
    package static let maximumKeys = 64

    private struct Entry: Sendable {
        let name: String
        let hash: [UInt8]
    }

    private let entries: [Entry]

    /// Reads `{"keys":[{"name":…,"sha256":…}]}`.
    ///
    /// - Throws: `secretFileExposed` where group or others hold any permission on the file.
    package static func read(_ path: String) throws(Problem) -> APIKeys {
        let bytes = try FileSystem.read(path, as: .secret, limit: 1 << 16)
        let json: JSON
        do throws(JSONFailure) { json = try JSON(parsing: bytes) } catch {
            throw Problem(.configurationInvalid, "The file of API keys is not JSON: \(error).")
        }
        do throws(FieldFailure) { return try APIKeys(json) } catch {
            throw Problem(.configurationInvalid, "The file of API keys is not valid: \(error)", path: error.path)
        }
    }

    package init(_ json: JSON) throws(FieldFailure) {
        var reader = try ObjectReader(json)
        var entries: [Entry] = []
        for (index, element) in try reader.array("keys", maximum: Self.maximumKeys, minimum: 1).enumerated() {
            var fields = try ObjectReader(element, path: "keys[\(index)]")
            let name = try fields.parsed("name") { text throws(DecodingFailure) in try MemberID(text).name }
            let hash = try fields.parsed("sha256", as: Bytes32.init(hex:))
            try fields.finish()
            entries.append(Entry(name: name, hash: hash.bytes))
        }
        try reader.finish()
        self.entries = entries
    }

    /// A fresh key: the text for the caller, and the entry for the file.
    package static func generate(name: String) -> (key: String, entry: JSON) {
        let key = "cfk-" + Hex.encode(SystemRandom.bytes(32))
        return (key, .object(["name": .string(name), "sha256": .string(hash(of: key).description)]))
    }

    /// The caller's name. Every entry is compared, each in constant time.
    ///
    /// - Parameter authorization: the header's value.
    /// - Throws: `unauthenticated`.
    package func caller(_ authorization: String?) throws(Problem) -> String {
        guard let authorization, authorization.utf8.count <= 256, authorization.hasPrefix("Bearer ") else {
            throw Self.refusal
        }
        let presented = Self.hash(of: String(authorization.dropFirst("Bearer ".count))).bytes
        var caller: String?
        for entry in entries where equalInConstantTime(entry.hash, presented) { caller = entry.name }
        guard let caller else { throw Self.refusal }
        return caller
    }

    private static func hash(of key: String) -> Hash { SHA256.hash(Array(key.utf8)) }

    private static let refusal = Problem(
        .unauthenticated, "The request carries no API key that this gateway knows.",
        hint: "Send `Authorization: Bearer <key>` with a key whose hash stands in the gateway's file of keys.")
}
