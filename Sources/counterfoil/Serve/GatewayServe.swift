import ArgumentParser
import Gateway
import HTTPEdge
import Vocabulary

struct GatewayServe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve a lender's own systems: clear JSON in, tokens out, answers back.",
        discussion: """
            The gateway is the only place where clear text about a person exists: run it on the lender's premises. \
            Accepted records wait in the outbox, sealed under the data key, and are delivered exactly once.

            Every key can be given in the file of --config, as COUNTERFOIL_<KEY> in the environment, or as a flag; a \
            flag goes before the environment, and that before the file. --print-config shows what counts and why.

            Callers on a port present an API key (`counterfoil gateway api-key` makes one); on a Unix socket its \
            permissions decide. Keep the data key on another volume than the database.

            Example:
              counterfoil gateway serve --member north-bank \\
                --member-key north-bank.key --data-key /keys/gateway.key \\
                --registry registry.json --database outbox.db \\
                --api-keys callers.json --listen 127.0.0.1:7410
            """)

    static let listen = ConfigurationKey.listen(port: 7410)

    @OptionGroup var service: ServiceOptions

    @Option(help: "Whose gateway this is, as the registry names the member.")
    var member: String?

    @Option(help: ArgumentHelp("The member's raw signing key file.", valueName: "file"))
    var memberKey: String?

    @Option(help: ArgumentHelp("The key that seals the outbox; made where there is none.", valueName: "file"))
    var dataKey: String?

    @Option(help: ArgumentHelp("The hashes of the callers' API keys.", valueName: "file"))
    var apiKeys: String?

    @Option(help: ArgumentHelp("Listen on this Unix socket too; its owner needs no API key.", valueName: "path"))
    var socket: String?

    @Option(help: ArgumentHelp("The consortium's fingerprint: any other registry is refused.", valueName: "hex"))
    var fingerprint: String?

    @Option(
        help: ArgumentHelp(
            "The PEM file of authorities that node and custodians are checked against.", valueName: "file"))
    var authorities: String?

    @Option(
        help: ArgumentHelp(
            "CN, US, IN, ID or AU: where phone numbers without a country code belong.", valueName: "region"))
    var phoneRegion: String?

    @Option(help: ArgumentHelp("refuse or drop: malformed identifiers in uploaded rows.", valueName: "rule"))
    var malformedInUploads: String?

    @Option(help: ArgumentHelp("How many records share one submission at most.", valueName: "count"))
    var recordsPerSubmission: String?

    @Option(help: ArgumentHelp("After this a custodian counts as away and another is asked.", valueName: "seconds"))
    var custodianTimeoutSeconds: String?

    @Option(help: ArgumentHelp("How long one request to the node may take.", valueName: "seconds"))
    var nodeTimeoutSeconds: String?

    @Option(help: ArgumentHelp("How often a newer registry is looked for.", valueName: "seconds"))
    var registryBeatSeconds: String?

    @Option(help: ArgumentHelp("For how long a registry that nobody confirms is gone by.", valueName: "hours"))
    var registryFreshnessHours: String?

    @OptionGroup(title: "Answers and notices") var live: LiveOptions

    private var own: [(key: ConfigurationKey, value: String?)] {
        [
            (.member, member), (.memberKey, memberKey), (.dataKey, dataKey), (.apiKeys, apiKeys), (.socket, socket),
            (.fingerprint, fingerprint), (.authorities, authorities), (.phoneRegion, phoneRegion),
            (.malformedInUploads, malformedInUploads), (.recordsPerSubmission, recordsPerSubmission),
            (.custodianTimeoutSeconds, custodianTimeoutSeconds), (.nodeTimeoutSeconds, nodeTimeoutSeconds),
            (.registryBeatSeconds, registryBeatSeconds), (.registryFreshnessHours, registryFreshnessHours),
        ] + live.own
    }

    func configuration() throws(Problem) -> Configuration {
        try service.configuration(listen: Self.listen, own: own)
    }

    func run() async throws {
        let configuration = try configuration()
        if service.printed(configuration) { return }
        let settings = try GatewayConfiguration(configuration)
        let logger = ServiceOptions.logger("gateway", configuration)
        let (gateway, http) = try Gateway.open(settings, logger: logger)
        defer { http.shutDown() }
        let listeners = try gateway.listeners(settings)
        try await ServiceProcess(
            name: "gateway", options: service, configured: settings.listeners[0], logger: logger
        ).run(gateway.services + listeners) {
            for listener in listeners.dropFirst() { _ = try await listener.address }
            return try await listeners[0].address
        }
    }
}
