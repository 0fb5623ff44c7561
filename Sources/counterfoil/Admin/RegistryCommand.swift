import ArgumentParser
import Registry
import Vocabulary

struct RegistryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "registry", abstract: "Found a consortium, and keep its signed list of who takes part.",
        discussion: """
            The registry is a chain of versions, each signed by the threshold of admins before and after it. Every \
            process verifies all of it. Its fingerprint, the hash of the first version, is what members compare out \
            of band.

            With more than one signer a change travels as a draft: any changing command with --draft FILE writes it, \
            `draft-sign` adds a signature, `publish` puts it in force.
            """,
        subcommands: [
            RegistryInit.self, RegistryAmend.self, RegistryShow.self, RegistryVerify.self, RegistryDiff.self,
            RegistryDraftSign.self, RegistryPublish.self, GrantCommand.self,
        ])
}

struct RegistryVerify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Verify a registry from its first version on; exit code 3 if it fails.")

    @OptionGroup var registry: RegistryOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let chain = try registry.chain(now: .now)
        let json = JSON.object([
            "verified": true, "versions": .number(chain.entries.count), "hash": .string(chain.currentHash.description),
            "fingerprint": .string(chain.fingerprint.description),
        ])
        let text = "\(registry.path) is whole: \(chain.entries.count) versions, every one signed as it must be.\n"
            + "Fingerprint: \(chain.fingerprint)\n"
        Terminal.show(asJSON: output.asJSON, json, people: text)
    }
}

struct RegistryDiff: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Show what each version changed, with who signed it and why.",
        discussion: "With --draft it shows what a draft would change instead; read that before you sign.")

    @Option(help: ArgumentHelp("A draft to compare with the current version.", valueName: "file"))
    var draft: String?

    @Option(help: "Only what changed after this version.")
    var since: Int = 0

    @OptionGroup var registry: RegistryOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let chain = try registry.chain(now: .now)
        if let draft {
            let version = try DraftVersion.read(draft).version
            let changes = VersionChanges(version, since: chain.current, signers: [])
            return Terminal.show(asJSON: output.asJSON, changes.json, people: changes.text)
        }
        let changes = chain.entries.indices.filter { chain.entries[$0].version.number > since }.map { index in
            let previous = index > 0 ? chain.entries[index - 1].version : nil
            return VersionChanges(chain.entries[index], since: previous)
        }
        let json = JSON.object(["versions": .array(changes.map(\.json))])
        Terminal.show(asJSON: output.asJSON, json, people: changes.map(\.text).joined(separator: "\n"))
    }
}

/// What one version changed, for people and programs.
struct VersionChanges {
    private let version: RegistryVersion
    private let sentences: [String]
    private let signers: [String]

    init(_ version: RegistryVersion, since previous: RegistryVersion?, signers: [String]) {
        self.version = version
        self.signers = signers
        sentences = version.differences(since: previous)
    }

    init(_ entry: RegistryChain.Entry, since previous: RegistryVersion?) {
        self.init(entry.version, since: previous, signers: entry.signers(following: previous))
    }

    var json: JSON {
        .object([
            "version": .number(version.number), "madeAt": .string(version.madeAt.description),
            "note": .string(version.changeNote), "signedBy": .strings(signers), "changes": .strings(sentences),
        ])
    }

    var text: String {
        let by = signers.isEmpty ? "" : ", signed by \(signers.joined(separator: ", "))"
        return "Version \(version.number), \(version.madeAt)\(by): \(version.changeNote)\n"
            + sentences.map { "  - \($0)\n" }.joined()
    }
}
