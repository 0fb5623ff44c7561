import Registry
import Vocabulary

/// The end of every command that changes the registry: sign, then publish or pass on, and say what came of it.
struct Publication {
    let registry: RegistryOptions
    let output: OutputOptions
    /// Where a draft is written instead of publishing.
    let draftPath: String?

    init(registry: RegistryOptions, output: OutputOptions, draftPath: String? = nil) {
        (self.registry, self.output, self.draftPath) = (registry, output, draftPath)
    }

    /// Makes the next version. The file stays locked from reading to writing, so that two admins at one machine do not
    /// make two different versions of one number.
    static func change(
        _ registry: RegistryOptions, _ signing: SigningOptions, _ output: OutputOptions, note: String,
        _ change: (inout RegistryVersion) throws(Problem) -> Void
    ) throws(Problem) {
        let now = Instant.now
        try registry.requireFile()
        let lock = try FileLock(registry.path)
        defer { withExtendedLifetime(lock) {} }
        let chain = try registry.chain(now: now)
        var draft = try DraftVersion(
            following: chain, madeAt: now, note: signing.note ?? note, change: change)
        try signing.keys.sign(&draft, following: chain)
        try Publication(registry: registry, output: output, draftPath: signing.draft)
            .finish(draft, following: chain, now: now)
    }

    /// - Parameter chain: `nil` for the first version of a new registry.
    func finish(_ draft: DraftVersion, following chain: RegistryChain?, now: Instant) throws(Problem) {
        if let path = draftPath {
            try draft.write(to: path, replacing: false)
            return report(draft, following: chain, published: nil, file: path)
        }
        let published = try publish(draft, following: chain, now: now)
        try published.write(to: registry.path, replacing: chain != nil)
        report(draft, following: chain, published: published, file: registry.path)
    }

    private func publish(
        _ draft: DraftVersion, following chain: RegistryChain?, now: Instant
    ) throws(Problem) -> RegistryChain {
        do throws(RegistryFailure) {
            return try draft.publish(following: chain, now: now)
        } catch .belowThreshold(_, let needed, let signed) {
            throw Problem(
                .notAdmissible, "This needs \(needed) admins' signatures and has \(signed).",
                hint: "Add --draft FILE and pass the file to the other admins, or give their keys with --admin-key.")
        } catch {
            throw Problem(error)
        }
    }

    private func report(
        _ draft: DraftVersion, following chain: RegistryChain?, published: RegistryChain?, file: String
    ) {
        let changes = draft.version.differences(since: chain?.current)
        let needed = draft.signaturesNeeded(following: chain)
        let json = JSON.object([
            "version": .number(draft.version.number), "published": .bool(published != nil), "file": .string(file),
            "hash": .optional(published?.currentHash.description),
            "fingerprint": .optional(published?.fingerprint.description),
            "signatures": .number(draft.signatureCount), "needed": .number(needed),
            "changes": .strings(changes),
        ])
        var text = changes.map { $0 + "\n" }.joined()
        if let published {
            text += "Version \(published.current.number) is published in \(file).\n"
            if chain == nil { text += "The consortium's fingerprint is \(published.fingerprint).\n" }
        } else {
            text += "Version \(draft.version.number) is a draft in \(file), "
                + "signed by \(draft.signatureCount) of \(needed) admins.\n"
                + "Next: `counterfoil registry draft-sign \(file)`, then `counterfoil registry publish \(file)`.\n"
        }
        Terminal.show(asJSON: output.asJSON, json, people: text)
    }
}
