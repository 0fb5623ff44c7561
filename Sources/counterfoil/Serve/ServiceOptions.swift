import ArgumentParser
import Logging
import HTTPEdge
import Vocabulary

/// What every `serve` takes.
struct ServiceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A JSON file with any of the keys below, in camelCase. Default: $COUNTERFOIL_CONFIG, else none.",
            valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("The registry's file.", valueName: "file"))
    var registry: String?

    @Option(help: ArgumentHelp("The service's own SQLite database.", valueName: "file"))
    var database: String?

    @Option(
        help: ArgumentHelp(
            "Where to listen: host:port (port 0 lets the system choose) or unix:/path.", valueName: "address"))
    var listen: String?

    @Option(
        help: ArgumentHelp(
            "The certificate chain in PEM form; without it plain HTTP on loopback.", valueName: "file"))
    var certificate: String?

    @Option(help: ArgumentHelp("The certificate's private key in PEM form, for its owner alone.", valueName: "file"))
    var certificateKey: String?

    @Option(help: ArgumentHelp("debug, info, notice, warning or error.", valueName: "level"))
    var logLevel: String?

    @Flag(help: "Print the effective configuration with each value's origin, and end. Secrets are redacted.")
    var printConfig = false

    @Option(
        help: ArgumentHelp(
            "Write the address to this file, as JSON, once the service listens; it goes when the service does.",
            valueName: "file"))
    var readyFile: String?

    @Flag(help: "End when standard input is closed: for a program that starts this one and must not leave it behind.")
    var untilStdinCloses = false

    @OptionGroup var output: OutputOptions

    func flags(listen key: ConfigurationKey) -> [(key: ConfigurationKey, value: String?)] {
        [
            (.registry, registry), (.database, database), (key, listen), (.certificate, certificate),
            (.certificateKey, certificateKey), (.logLevel, logLevel),
        ]
    }

    /// Puts the configuration together.
    ///
    /// - Parameters:
    ///   - listen: the service's own, for its default port.
    ///   - own: the keys that only this service has, with their flags.
    func configuration(
        listen key: ConfigurationKey, own: [(key: ConfigurationKey, value: String?)]
    ) throws(Problem) -> Configuration {
        let flags = flags(listen: key) + own
        return try Configuration(
            flags.map(\.key), file: config ?? environment("COUNTERFOIL_CONFIG"), environment: environment, flags: flags)
    }

    /// Does what `--print-config` asks. - Returns: whether it was asked.
    func printed(_ configuration: Configuration) -> Bool {
        guard printConfig else { return false }
        Terminal.show(asJSON: output.asJSON, configuration.json, people: configuration.text)
        return true
    }

    /// Log lines go to standard error as JSON, one a line.
    static func logger(_ name: String, _ configuration: Configuration) -> Logger {
        var logger = Logger(label: name) { JSONLogHandler(label: $0) }
        logger.logLevel = configuration.optional(.logLevel).flatMap(Logger.Level.init(rawValue:)) ?? .info
        return logger
    }
}
