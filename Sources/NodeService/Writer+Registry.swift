internal import Exchange
internal import Records
internal import Registry
internal import TransparencyLog
internal import Vocabulary

extension Writer {
    /// Logs the registry's versions that the log does not have yet: each is a leaf, signed by an admin of that version
    /// or of the one before.
    ///
    /// - Throws: `registryStale` where the log has a version that this registry lacks: somebody put an old file back.
    func record(_ chain: RegistryChain) throws(Problem) {
        let keys = chain.entries.map { LookupKey.digest("counterfoil/registry-version/v1", [$0.hash.bytes]) }
        let logged = Int(exchange.ledger.registryVersion)
        guard keys.count >= logged, keys.prefix(logged).allSatisfy({ exchange.logIndex(ofEntry: $0) != nil }) else {
            throw Problem(
                .registryStale, "The log has registry versions that this registry lacks: an old or forked file.",
                hint: "Put the newest registry in place; members and custodians have it too.")
        }
        rules = try compiled.rules(of: chain)
        for (position, entry) in chain.entries.enumerated() where exchange.logIndex(ofEntry: keys[position]) == nil {
            let admins = entry.version.admins + (position > 0 ? chain.entries[position - 1].version.admins : [])
            let payload = admins.lazy.compactMap { admin in
                try? entry.envelope.verify(by: admin.publicKey, expecting: .registry)
            }.first
            guard let payload else { continue }
            _ = add(
                exchange.entry(
                    keys[position], signedBy: payload.keyID, at: now,
                    registryVersion: UInt32(entry.version.number)),
                envelope: entry.envelope, payload: payload)
        }
    }
}
