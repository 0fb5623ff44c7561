import ArgumentParser
import Registry
import Sodium
import Vocabulary

struct RegistryAmend: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "amend", abstract: "Change what is not about members: admins, policy, node, log key, mode.",
        discussion: """
            Several changes may be given at once; they make one version. To replace an admin's key give \
            --remove-admin NAME and --add-admin NAME=KEY together.

            Example:
              counterfoil registry amend --policy schemas/policy --admin-key admin-1.key \\
                --draft policy-2.json
            """)

    @Option(help: ArgumentHelp("An admin to add; may be repeated.", valueName: "name=key"))
    var addAdmin: [NamedArgument] = []

    @Option(help: ArgumentHelp("An admin to take out; may be repeated.", valueName: "name"))
    var removeAdmin: [String] = []

    @Option(help: "How many admins must sign a change.")
    var adminThreshold: Int?

    @Option(help: ArgumentHelp("A new policy: a document or a folder.", valueName: "path"))
    var policy: String?

    @Option(help: ArgumentHelp("The node's new address.", valueName: "url"))
    var nodeURL: ServiceURL?

    @Option(help: ArgumentHelp("The new public key for answers.", valueName: "key"))
    var answerKey: String?

    @Option(help: ArgumentHelp("The new public key for checkpoints.", valueName: "key"))
    var logKey: String?

    @Option(help: "production, to leave the demo; there is no way back.")
    var mode: ConsortiumMode?

    @OptionGroup var registry: RegistryOptions
    @OptionGroup var signing: SigningOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        try Publication.change(registry, signing, output, note: "Amends the registry.") { (version) throws(Problem) in
            try changeAdmins(of: &version)
            try changeServices(of: &version)
            if let policy { version.policy = try PolicyFile.read(policy) }
            if let mode { version.mode = mode }
        }
    }

    private func changeAdmins(of version: inout RegistryVersion) throws(Problem) {
        for name in removeAdmin {
            guard let index = version.admins.firstIndex(where: { $0.name == name }) else {
                throw Problem(
                    .notAdmissible, "There is no admin of that name in this registry.",
                    hint: "`counterfoil registry show` lists the admins.")
            }
            version.admins.remove(at: index)
        }
        for argument in addAdmin { version.admins.append(try Admin(argument: argument)) }
        if let adminThreshold { version.adminThreshold = adminThreshold }
    }

    private func changeServices(of version: inout RegistryVersion) throws(Problem) {
        let key = try answerKey.map { (text) throws(Problem) in try PublicKeyArgument.read(text, kind: .answer) }
        version.node = NodeIdentity(
            name: version.node.name, url: nodeURL ?? version.node.url, answerKey: key ?? version.node.answerKey)
        if let logKey {
            version.log = try LogIdentity(argument: version.log.origin, key: logKey)
        }
    }
}
