import ArgumentParser
import Registry
import Vocabulary

struct RegistryDraftSign: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "draft-sign", abstract: "Read what a draft changes, and add your signature to it.",
        discussion: """
            Works without a network: take the draft and the registry to the machine with your key. What the draft \
            changes is printed first; with --yes you are not asked to confirm. The first version of a new consortium \
            is signed where there is no registry yet: give --founding.
            """)

    @Argument(help: "The draft's file; it is replaced by the one with your signature.")
    var file: String

    @Flag(help: "Sign without being asked.")
    var yes = false

    @Flag(help: "The draft founds a consortium: there is no registry yet.")
    var founding = false

    @OptionGroup var registry: RegistryOptions
    @OptionGroup var keys: AdminKeyOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let chain = founding ? nil : try registry.chain(now: .now)
        var draft = try DraftVersion.read(file)
        try draft.requirePlace(after: chain)
        let changes = VersionChanges(draft.version, since: chain?.current, signers: [])
        if !yes {
            Terminal.note(changes.text)
            guard try Confirmation.ask("Sign this? Type yes: ") else {
                throw Problem(.notAdmissible, "Nothing was signed.")
            }
        }
        try keys.sign(&draft, following: chain)
        try draft.write(to: file, replacing: true)
        let count = draft.signatureCount, needed = draft.signaturesNeeded(following: chain)
        let json = JSON.object([
            "version": .number(draft.version.number), "signatures": .number(count), "needed": .number(needed),
            "changes": changes.json["changes"],
        ])
        let next = count < needed ? "Pass it on to the next admin." : "Next: `counterfoil registry publish \(file)`."
        Terminal.show(asJSON: output.asJSON, json, people: "Signed: \(count) of \(needed) signatures. \(next)\n")
    }
}

struct RegistryPublish: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish", abstract: "Put a draft in force, once enough admins have signed it.",
        discussion: "With --founding it writes the first version of a new registry.")

    @Argument(help: "The draft's file.")
    var file: String

    @Flag(help: "The draft founds a consortium: there is no registry yet.")
    var founding = false

    @OptionGroup var registry: RegistryOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let draft = try DraftVersion.read(file)
        let lock = try FileLock(registry.path)
        defer { withExtendedLifetime(lock) {} }
        let now = Instant.now
        let chain = founding ? nil : try registry.chain(now: now)
        try draft.requirePlace(after: chain)
        try Publication(registry: registry, output: output).finish(draft, following: chain, now: now)
    }
}
