package import Records
package import Sodium
package import Vocabulary

/// A version on its way: the exact bytes to be signed, passed from admin to admin as a file until enough have signed.
package struct DraftVersion: Sendable {
    package let version: RegistryVersion
    package private(set) var envelope: Envelope

    /// The first version of a new registry.
    package init(founding version: RegistryVersion) throws(Problem) {
        try self.init(unsigned: version)
    }

    /// The next version of a registry: the current one with a change made to it.
    package init(
        following chain: RegistryChain, madeAt: Instant, note: String,
        change: (inout RegistryVersion) throws(Problem) -> Void
    ) throws(Problem) {
        var version = chain.current
        version.number += 1
        version.previous = chain.currentHash
        version.madeAt = max(madeAt, chain.current.madeAt)
        version.changeNote = note
        try change(&version)
        guard !version.differences(since: chain.current).isEmpty else {
            throw Problem(.notAdmissible, "This would change nothing in the registry.")
        }
        try self.init(unsigned: version)
    }

    /// Everything a reader would refuse is refused here first, before anybody signs.
    private init(unsigned version: RegistryVersion) throws(Problem) {
        do throws(FieldFailure) {
            self.version = try RegistryVersion(version.json)
            try self.version.validatePublicShares()
        } catch {
            throw Problem(error)
        }
        envelope = Envelope(payloadType: .registry, payload: version.json.bytes, signatures: [])
    }

    /// Reads a draft that an admin passed on. Its signatures count only when it is published.
    package init(_ envelope: Envelope) throws(Problem) {
        guard envelope.payloadType == .registry else {
            throw Problem(.invalidField, "This is not a draft of a registry version.", path: "payloadType")
        }
        version = try DocumentFile.parse(envelope.payload, "The draft's payload") { (json) throws(FieldFailure) in
            try RegistryVersion(json)
        }
        self.envelope = envelope
    }

    package static func read(_ path: String) throws(Problem) -> DraftVersion {
        try DraftVersion(
            try DocumentFile.read(path, limit: 8 << 20) { (json) throws(FieldFailure) in try Envelope(json) })
    }

    package func write(to path: String, replacing: Bool) throws(Problem) {
        try FileSystem.write(Array(envelope.json.prettyText.utf8), to: path, as: .open, replacing: replacing)
    }

    /// Adds an admin's signature.
    ///
    /// - Throws: where the key has signed already, or is neither an admin's of this version nor of the one before.
    package mutating func sign(with key: SigningKey, following chain: RegistryChain?) throws(Problem) {
        let admins = version.admins + (chain?.current.admins ?? [])
        guard admins.contains(where: { $0.keyID == key.keyID }) else {
            throw Problem(
                .notEntitled, "The key \(key.keyID) is no admin's of this consortium.",
                hint: "`counterfoil registry show` lists the admins and their keys.")
        }
        guard !envelope.signatures.contains(where: { $0.keyID == key.keyID }) else {
            throw Problem(.notAdmissible, "The key \(key.keyID) has signed this draft already.")
        }
        guard envelope.signatures.count < Envelope.maximumSignatures else {
            throw Problem(.notAdmissible, "A version carries at most \(Envelope.maximumSignatures) signatures.")
        }
        envelope = envelope.adding(key.sign(envelope.pae), by: key.keyID)
    }

    /// Whether the draft was made for the version that stands before it now.
    ///
    /// - Throws: where the registry has moved on, so that nobody signs what can no longer be published.
    package func requirePlace(after chain: RegistryChain?) throws(Problem) {
        guard version.previous != chain?.currentHash else { return }
        guard chain != nil else {
            throw Problem(.notAdmissible, "This draft does not found a consortium: it follows an earlier version.")
        }
        throw Problem(
            .notAdmissible, "The registry has changed since this draft was made.",
            hint: "Make the draft anew on the current registry.")
    }

    package var signatureCount: Int { envelope.signatures.count }

    /// How many signatures publishing takes: the greater of the thresholds before and after.
    package func signaturesNeeded(following chain: RegistryChain?) -> Int {
        max(version.adminThreshold, chain?.current.adminThreshold ?? 0)
    }

    /// The registry with this version in force. - Throws: what is missing.
    package func publish(following chain: RegistryChain?, now: Instant) throws(RegistryFailure) -> RegistryChain {
        if let chain { return try chain.appending(envelope, now: now) }
        return try RegistryChain(verifying: [envelope], now: now)
    }
}
