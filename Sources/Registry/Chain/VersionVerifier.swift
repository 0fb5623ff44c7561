internal import Records
internal import Sodium
internal import Vocabulary

/// Decides whether an envelope is the next version after those that are verified already.
struct VersionVerifier {
    let entries: [RegistryChain.Entry]
    let now: Instant

    private var number: Int { entries.count + 1 }

    func verify(_ envelope: Envelope) throws(RegistryFailure) -> RegistryChain.Entry {
        let version = try parse(envelope)
        try verifyPlace(of: version)
        let authority = try authority(of: version, signedBy: try signers(of: envelope, version))
        let changesShares = entries.last.map {
            $0.version.tokenKeys != version.tokenKeys || $0.version.custodians != version.custodians
        }
        if changesShares ?? true {
            do throws(FieldFailure) { try version.validatePublicShares() } catch {
                throw .notAVersion(version: number, error)
            }
        }
        return RegistryChain.Entry(
            envelope: envelope, version: version, hash: SHA256.hash(envelope.payload), authority: authority)
    }

    private func parse(_ envelope: Envelope) throws(RegistryFailure) -> RegistryVersion {
        let type = FieldFailure(path: "payloadType", rule: .malformed("not a registry version's"))
        guard envelope.payloadType == .registry else { throw .notAVersion(version: number, type) }
        let json: JSON
        do throws(JSONFailure) { json = try JSON(parsing: envelope.payload) } catch {
            throw .notAVersion(version: number, FieldFailure(path: "payload", rule: .malformed("\(error)")))
        }
        do throws(FieldFailure) { return try RegistryVersion(json) } catch {
            throw .notAVersion(version: number, error)
        }
    }

    private func verifyPlace(of version: RegistryVersion) throws(RegistryFailure) {
        guard version.number == number else { throw .wrongNumber(expected: number, actual: version.number) }
        guard version.previous == entries.last?.hash else { throw .wrongPrevious(version: number) }
        guard version.madeAt <= now.adding(seconds: RegistryLimits.clockSkewSeconds) else {
            throw .fromTheFuture(version: number, madeAt: version.madeAt)
        }
        guard let previous = entries.last?.version else { return }
        guard version.madeAt >= previous.madeAt else { throw .timeGoesBack(version: number) }
        if let violation = version.violation(following: previous) {
            throw .forbiddenChange(version: number, violation)
        }
    }

    /// The admins of either version whose signatures stand here. A signature that is not one of theirs, or does not
    /// hold, makes the whole version refused: nobody had a reason to add it.
    private func signers(of envelope: Envelope, _ version: RegistryVersion) throws(RegistryFailure) -> Set<KeyID> {
        let admins = version.admins + (entries.last?.version.admins ?? [])
        let keys = Dictionary(admins.map { ($0.keyID, $0.publicKey) }, uniquingKeysWith: { first, _ in first })
        let signedBytes = envelope.pae
        var signers: Set<KeyID> = []
        for signed in envelope.signatures {
            guard let key = keys[signed.keyID] else { throw .unknownSigner(version: number, signed.keyID) }
            guard key.isValid(signed.signature, over: signedBytes) else {
                throw .badSignature(version: number, signed.keyID)
            }
            signers.insert(signed.keyID)
        }
        return signers
    }

    /// A version needs the thresholds of its own admins and of those before; one admin alone may only suspend.
    private func authority(
        of version: RegistryVersion, signedBy signers: Set<KeyID>
    ) throws(RegistryFailure) -> RegistryChain.Authority {
        let judges = [entries.last?.version, version].compactMap { $0 }
        let shortfalls = judges.map { judge in
            (needed: judge.adminThreshold, signed: judge.admins.count { signers.contains($0.keyID) })
        }
        guard let shortfall = shortfalls.first(where: { $0.signed < $0.needed }) else { return .quorum }
        guard let previous = entries.last?.version, !signers.isEmpty, version.onlySuspends(since: previous) else {
            throw .belowThreshold(version: number, needed: shortfall.needed, signed: shortfall.signed)
        }
        guard let admin = signers.sorted().first(where: { !hasSuspended($0, before: version.madeAt) }) else {
            throw .loneSuspensionUsed(version: number)
        }
        return .oneAdmin(admin)
    }

    /// Whether this admin has suspended a member alone in the 30 days before.
    private func hasSuspended(_ admin: KeyID, before time: Instant) -> Bool {
        let start = time.adding(seconds: -RegistryVersion.longestLoneSuspensionSeconds)
        return entries.reversed().prefix { $0.version.madeAt > start }.contains { $0.authority == .oneAdmin(admin) }
    }
}
