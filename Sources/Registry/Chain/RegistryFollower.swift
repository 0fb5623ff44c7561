package import Records
internal import Synchronization
package import Vocabulary

/// The registry a process goes by, at this moment. It only ever moves forward.
///
/// A request takes `chain` once and is judged by it to its end. The service decides when to look (a file's stamp, the
/// node's `/v1/registry`); a bound on how old the newest look may be belongs to the service too.
package final class RegistryFollower: Sendable {
    private let held: Mutex<RegistryChain>

    package init(_ chain: RegistryChain) {
        held = Mutex(chain)
    }

    package var chain: RegistryChain { held.withLock { $0 } }
    package var current: RegistryVersion { chain.current }

    package func standing(of key: KeyID, at now: Instant) -> KeyStanding { chain.standing(of: key, at: now) }

    /// Takes over a registry from another source if it continues the one held.
    ///
    /// Verification runs outside the lock: a service goes on answering by the old version meanwhile.
    ///
    /// - Returns: whether there was a newer version.
    /// - Throws: what `RegistryChain.updated` refuses, rollback and fork among it; the held registry then stays.
    @discardableResult
    package func adopt(_ envelopes: [Envelope], now: Instant) throws(RegistryFailure) -> Bool {
        while true {
            let base = chain
            let updated = try base.updated(to: envelopes, now: now)
            guard updated.entries.count > base.entries.count else { return false }
            // Another adoption may have come in between: then this one is measured against its result.
            let isAdopted = held.withLock { current in
                guard current.entries.count == base.entries.count else { return false }
                current = updated
                return true
            }
            if isAdopted { return true }
        }
    }

    @discardableResult
    package func adopt(parsing bytes: [UInt8], now: Instant) throws(Problem) -> Bool {
        let envelopes = try RegistryDocument.envelopes(parsing: bytes)
        do throws(RegistryFailure) { return try adopt(envelopes, now: now) } catch { throw Problem(error) }
    }

    /// Looks at the file again, whatever its stamp. - Returns: whether there was a newer version.
    @discardableResult
    package func reload(from path: String, now: Instant) throws(Problem) -> Bool {
        try adopt(parsing: try FileSystem.read(path, as: .open, limit: RegistryLimits.fileBytes), now: now)
    }
}
