internal import Exchange
internal import Records
internal import Registry
internal import TransparencyLog
internal import Vocabulary

extension Writer {
    /// Logs the registry's versions that the log does not have yet: each is a leaf, signed by its first admin.
    func record(_ chain: RegistryChain) {
        for entry in chain.entries {
            let key = LookupKey.digest("counterfoil/registry-version/v1", [entry.hash.bytes])
            guard exchange.logIndex(ofEntry: key) == nil, let signed = entry.envelope.signatures.first,
                let admin = entry.version.admins.first(where: { $0.keyID == signed.keyID }),
                let payload = try? entry.envelope.verify(by: admin.publicKey, expecting: .registry)
            else { continue }
            let facts = EntryFacts(member: nil, key: key, receivedAt: now, newIdentifiers: [], records: [])
            let admitted = Exchange.Admitted(entry: facts, knownAt: [], newTokens: [])
            _ = add(admitted, envelope: entry.envelope, payload: payload, salts: [])
        }
    }
}
