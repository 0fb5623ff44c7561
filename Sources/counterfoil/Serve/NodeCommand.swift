import ArgumentParser
import HTTPEdge
import NodeService
import Vocabulary

struct NodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "node", abstract: "Run the exchange's node.", subcommands: [NodeServe.self])
}

struct NodeServe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve the exchange: take records and checks, keep the log.",
        discussion: """
            Every key can be given in the file of --config, as COUNTERFOIL_<KEY> in the environment, or as a flag; a \
            flag goes before the environment, and that before the file. --print-config shows what counts and why.

            The key folder holds the data keys, without which the database is useless: keep it on another volume than \
            the database, with a backup of its own. Outside demo mode the node refuses to find the two together. The \
            folder's keys are made at the first start.

            SIGTERM or SIGINT ends it gracefully: requests at work are answered first.

            Example:
              counterfoil node serve --registry registry.json \\
                --database /var/lib/counterfoil/node.db --key-folder /keys/node \\
                --log-key log.key --answer-key answer.key --listen 0.0.0.0:443 \\
                --certificate node.pem --certificate-key node-key.pem
            """)

    static let listen = ConfigurationKey.listen(port: 7400)
    static let keyFolderKey = ConfigurationKey("keyFolder", .path)
    static let logKeyKey = ConfigurationKey("logKey", .path)
    static let answerKeyKey = ConfigurationKey("answerKey", .path)

    @OptionGroup var service: ServiceOptions

    @Option(help: ArgumentHelp("The folder of the data keys, apart from the database.", valueName: "folder"))
    var keyFolder: String?

    @Option(help: ArgumentHelp("The raw key file that signs the log's checkpoints.", valueName: "file"))
    var logKey: String?

    @Option(help: ArgumentHelp("The raw key file that signs answers.", valueName: "file"))
    var answerKey: String?

    func configuration() throws(Problem) -> Configuration {
        try service.configuration(
            listen: Self.listen,
            own: [(Self.keyFolderKey, keyFolder), (Self.logKeyKey, logKey), (Self.answerKeyKey, answerKey)])
    }

    func run() async throws {
        let configuration = try configuration()
        if service.printed(configuration) { return }
        let node = try NodeConfiguration(configuration)
        let logger = ServiceOptions.logger("node", configuration)
        let program = try NodeProgram(node, logger: logger)
        try await ServiceProcess(name: "node", options: service, configured: node.address, logger: logger)
            .run([program]) { try await program.address }
    }
}

extension NodeConfiguration {
    init(_ configuration: Configuration) throws(Problem) {
        self.init(
            registryFile: try configuration.required(.registry), databaseFile: try configuration.required(.database),
            keyFolder: try configuration.required(NodeServe.keyFolderKey),
            logKeyFile: try configuration.required(NodeServe.logKeyKey),
            answerKeyFile: try configuration.required(NodeServe.answerKeyKey),
            address: try ListenerAddress(configuration, listen: NodeServe.listen))
    }
}
