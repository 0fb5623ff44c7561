package import Records
package import Sodium
package import TransparencyLog
package import Vocabulary

/// The consortium's registry: every version from the first to the current, each verified against the one before it.
///
/// A value of this type is a proof: it cannot be made but by verification. The first version is trusted by its hash,
/// the consortium's *fingerprint*, which members exchange out of band.
package struct RegistryChain: Sendable {
    /// By whose power a version is in force.
    package enum Authority: Hashable, Sendable {
        case quorum
        /// One admin's, which is enough to suspend one member for a time.
        case oneAdmin(KeyID)
    }

    package struct Entry: Sendable {
        package let envelope: Envelope
        package let version: RegistryVersion
        /// SHA-256 of the payload: what the next version names as its previous one.
        package let hash: Hash
        package let authority: Authority

        /// The names of the admins who signed, as this version or the one before knows them.
        package func signers(following previous: RegistryVersion?) -> [String] {
            let admins = version.admins + (previous?.admins ?? [])
            return envelope.signatures.map { signed in
                admins.first { $0.keyID == signed.keyID }?.name ?? signed.keyID.text
            }
        }
    }

    package let entries: [Entry]
    private let index: RegistryIndex

    private init(entries: [Entry]) {
        self.entries = entries
        index = RegistryIndex(entries[entries.count - 1].version.members)
    }

    /// Verifies a registry from its first version on.
    ///
    /// - Parameters:
    ///   - now: versions from ahead of it are refused, so that a wrong time cannot lock the chain.
    ///   - fingerprint: the hash of the first version to be trusted; without it any first version is.
    package init(
        verifying envelopes: [Envelope], now: Instant, fingerprint: Hash? = nil
    ) throws(RegistryFailure) {
        guard !envelopes.isEmpty else { throw .empty }
        var entries: [Entry] = []
        try Self.verify(envelopes[...], after: &entries, now: now)
        if let fingerprint, entries[0].hash != fingerprint { throw .wrongFingerprint }
        self.init(entries: entries)
    }

    /// The chain with one more version. - Throws: why the version may not follow.
    package func appending(_ envelope: Envelope, now: Instant) throws(RegistryFailure) -> RegistryChain {
        var entries = entries
        try Self.verify([envelope], after: &entries, now: now)
        return RegistryChain(entries: entries)
    }

    /// The chain as another source has it, which must hold everything this one holds; only what is new is verified.
    ///
    /// - Throws: `rollback` and `fork` among the rest.
    package func updated(to envelopes: [Envelope], now: Instant) throws(RegistryFailure) -> RegistryChain {
        for (position, pair) in zip(entries, envelopes).enumerated() where pair.0.envelope.payload != pair.1.payload {
            throw .fork(version: position + 1)
        }
        guard envelopes.count >= entries.count else {
            throw .rollback(held: entries.count, offered: envelopes.count)
        }
        guard envelopes.count > entries.count else { return self }
        var entries = entries
        try Self.verify(envelopes[entries.count...], after: &entries, now: now)
        return RegistryChain(entries: entries)
    }

    /// The chain as it was when a version was in force; `nil` for a version that it does not have.
    package func through(version number: Int) -> RegistryChain? {
        guard (1...entries.count).contains(number) else { return nil }
        return number == entries.count ? self : RegistryChain(entries: Array(entries.prefix(number)))
    }

    /// All or nothing: many versions are verified before the index is made once.
    private static func verify(
        _ envelopes: ArraySlice<Envelope>, after entries: inout [Entry], now: Instant
    ) throws(RegistryFailure) {
        guard entries.count + envelopes.count <= RegistryLimits.versions else {
            throw .tooManyVersions(limit: RegistryLimits.versions)
        }
        for envelope in envelopes { entries.append(try VersionVerifier(entries: entries, now: now).verify(envelope)) }
    }
}

extension RegistryChain {
    package var current: RegistryVersion { entries[entries.count - 1].version }
    package var currentHash: Hash { entries[entries.count - 1].hash }
    /// What members compare out of band before they trust a registry.
    package var fingerprint: Hash { entries[0].hash }
    package var envelopes: [Envelope] { entries.map(\.envelope) }

    /// The registry as it is served, encoded once and kept: anybody may ask for it.
    package var document: [UInt8] { index.document { json.bytes } }

    /// The member of the current version, found without a search.
    package func member(_ id: MemberID) -> Member? { index.position(of: id).map { current.members[$0] } }

    /// The holder and the state of a key of the current version, found without a search.
    package func key(_ id: KeyID) -> (member: Member, key: MemberKey)? {
        guard let place = index.place(of: id) else { return nil }
        let member = entries[entries.count - 1].version.members[place.member]
        return (member, member.keys[place.key])
    }

    /// Whether a request signed with this key is taken at that instant, and whose it is.
    package func standing(of id: KeyID, at now: Instant) -> KeyStanding {
        guard let (member, key) = key(id) else { return .unknown }
        return KeyStanding(of: member, key, at: now)
    }

    /// Every key that ever signed the log's checkpoints, newest first: what an old receipt is verified with.
    package var logKeys: [NoteVerifierKey] { distinct(\.log.verifierKey) }

    /// Every key that ever signed answers, newest first.
    package var answerKeys: [PublicKey] { distinct(\.node.answerKey) }

    private func distinct<Key: Equatable>(_ key: (RegistryVersion) -> Key) -> [Key] {
        var keys: [Key] = []
        for entry in entries.reversed() where !keys.contains(key(entry.version)) { keys.append(key(entry.version)) }
        return keys
    }
}
