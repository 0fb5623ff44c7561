import ArgumentParser
import CustodianService
import HTTPEdge
import Registry
import Vocabulary

struct CustodianCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "custodian", abstract: "Run a custodian of the token keys.", subcommands: [CustodianServe.self])
}

struct CustodianServe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve one share of the token keys: evaluate blinded elements, count budgets.",
        discussion: """
            Every key can be given in the file of --config, as COUNTERFOIL_<KEY> in the environment, or as a flag; a \
            flag goes before the environment, and that before the file. --print-config shows what counts and why.

            The share file is what `ceremony deal` wrote for this custodian, readable by its owner alone. A sealed one \
            is opened with the passphrase in the file that COUNTERFOIL_PASSPHRASE_FILE names, or asked for at the \
            terminal. The database holds what each member has used of its budgets: whoever can set it back can let a \
            member ask more.

            Example:
              counterfoil custodian serve --registry registry.json --share c1.share \\
                --database /var/lib/counterfoil/custodian.db --listen 0.0.0.0:443 \\
                --certificate c1.pem --certificate-key c1-key.pem
            """)

    static let listen = ConfigurationKey.listen(port: 7401)
    static let shareKey = ConfigurationKey("share", .path)

    @OptionGroup var service: ServiceOptions

    @Option(help: ArgumentHelp("The file with this custodian's shares.", valueName: "file"))
    var share: String?

    func configuration() throws(Problem) -> Configuration {
        try service.configuration(listen: Self.listen, own: [(Self.shareKey, share)])
    }

    func run() async throws {
        let configuration = try configuration()
        if service.printed(configuration) { return }
        let custodian = try CustodianConfiguration(configuration)
        let logger = ServiceOptions.logger("custodian", configuration)
        let file = try ShareFile.read(custodian.shareFile)
        let shares = try file.open { () throws(Problem) in
            try Passphrase.ask("Passphrase for \(custodian.shareFile): ")
        }
        let program = try CustodianProgram(custodian, shares: shares, logger: logger)
        try await ServiceProcess(
            name: "custodian", options: service, configured: custodian.address, logger: logger
        ).run([program]) { try await program.address }
    }
}

extension CustodianConfiguration {
    init(_ configuration: Configuration) throws(Problem) {
        self.init(
            registryFile: try configuration.required(.registry), databaseFile: try configuration.required(.database),
            shareFile: try configuration.required(CustodianServe.shareKey),
            address: try ListenerAddress(configuration, listen: CustodianServe.listen))
    }
}
