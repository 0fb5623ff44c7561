import ArgumentParser
import Registry
import Sodium
import Vocabulary

struct RegistryInit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Found a consortium: make and sign the first version of its registry.",
        discussion: """
            Takes the public part of a key ceremony, the admins, the log, the node and the policy; members are \
            admitted afterwards. Keys are given as files or in base64. With a threshold of more than one, give \
            --draft and have the other admins sign it; `registry publish` then writes the registry.

            Example:
              counterfoil registry init --consortium example --policy schemas/policy \\
                --ceremony shares/ceremony.json --node node=https://node.example \\
                --log example.org/log=log.key --answer-key answer.key \\
                --admin admin-1=admin-1.key --admin-key admin-1.key
            """)

    @Option(help: "The consortium's name: 2 to 32 of a-z, 0-9 and '-', from a letter. It never changes.")
    var consortium: String

    @Option(help: ArgumentHelp("What `ceremony deal` wrote.", valueName: "file"))
    var ceremony: String

    @Option(help: ArgumentHelp("An admin and their public key; repeat for each.", valueName: "name=key"))
    var admin: [NamedArgument]

    @Option(help: "How many admins must sign a change.")
    var adminThreshold: Int = 1

    @Option(help: ArgumentHelp("The log's origin, which never changes, and its public key.", valueName: "origin=key"))
    var log: NamedArgument

    @Option(help: ArgumentHelp("The node's name and address.", valueName: "name=url"))
    var node: NamedArgument

    @Option(help: ArgumentHelp("The public key that the node's answers are signed with.", valueName: "key"))
    var answerKey: String

    @Option(help: ArgumentHelp("The policy: a document, or a folder such as schemas/policy.", valueName: "path"))
    var policy: String

    @Option(help: "demo (invented persons only) or production. Production never turns back.")
    var mode: ConsortiumMode = .production

    @OptionGroup var registry: RegistryOptions
    @OptionGroup var signing: SigningOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        guard !FileSystem.exists(registry.path) else {
            throw Problem(
                .configurationInvalid, "\(registry.path) exists already and is not overwritten.",
                hint: "A consortium is founded once. Change it with `registry amend` and `member …`.")
        }
        let now = Instant.now
        var draft = try DraftVersion(founding: try version(madeAt: now))
        try signing.keys.sign(&draft, following: nil)
        try Publication(registry: registry, output: output, draftPath: signing.draft)
            .finish(draft, following: nil, now: now)
    }

    private func version(madeAt now: Instant) throws(Problem) -> RegistryVersion {
        let outcome = try CeremonyOutcome.read(ceremony)
        guard outcome.consortium == consortium else {
            throw Problem(
                .wrongConsortium, "The ceremony was held for another consortium: \(outcome.consortium).",
                hint: "Deal the keys again with --consortium \(consortium).")
        }
        guard let url = ServiceURL(argument: node.value) else {
            throw Problem(
                .configurationInvalid, "The node's address is not usable.",
                hint: "An address is https://host:port; plain http is for the loopback interface only.")
        }
        return RegistryVersion(
            consortium: consortium, mode: mode, madeAt: now,
            log: try LogIdentity(argument: log.name, key: log.value),
            node: NodeIdentity(
                name: node.name, url: url, answerKey: try PublicKeyArgument.read(answerKey, kind: .answer)),
            tokenKeys: outcome.tokenKeys, custodians: outcome.custodians, admins: try admin.map(Admin.init(argument:)),
            adminThreshold: adminThreshold, policy: try PolicyFile.read(policy),
            changeNote: signing.note ?? "Founds the consortium.")
    }
}

extension LogIdentity {
    init(argument origin: String, key: String) throws(Problem) {
        let publicKey = try PublicKeyArgument.read(key, kind: .log)
        do throws(DecodingFailure) { try self.init(origin: origin, publicKey: publicKey) } catch {
            throw Problem(
                .configurationInvalid, "The log's origin is not usable: \(error.explanation).",
                hint: "A host and path of the consortium's own is usual, such as example.org/log.")
        }
    }
}

extension Admin {
    init(argument: NamedArgument) throws(Problem) {
        self.init(name: argument.name, publicKey: try PublicKeyArgument.read(argument.value, kind: .admin))
    }
}
