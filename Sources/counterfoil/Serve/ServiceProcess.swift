import Glibc
import HTTPEdge
import Logging
import Registry
import ServiceLifecycle
import UnixSignals
import Vocabulary

/// Runs a process's services until SIGTERM or SIGINT, and tells whoever started it when and where it listens.
struct ServiceProcess {
    let name: String
    let options: ServiceOptions
    let configured: ListenerAddress
    let logger: Logger

    /// - Parameters:
    ///   - parts: ended in reverse order: what takes requests stands last.
    ///   - address: returns once the service listens.
    func run(
        _ parts: [any Service], address: @escaping @Sendable () async throws -> BoundAddress
    ) async throws {
        typealias Member = ServiceGroupConfiguration.ServiceConfiguration
        var services = parts.map { Member(service: $0, successTerminationBehavior: .gracefullyShutdownGroup) }
        let announcer = Announcer(name: name, options: options, configured: configured, address: address)
        services.append(Member(service: announcer, successTerminationBehavior: .ignore))
        if options.untilStdinCloses {
            services.append(
                Member(service: StandardInputWatch(), successTerminationBehavior: .gracefullyShutdownGroup))
        }
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .error)
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
        configuration.maximumGracefulShutdownDuration = .seconds(30)
        if let file = options.readyFile { unlink(file) }
        defer { if let file = options.readyFile { unlink(file) } }
        try await ServiceGroup(configuration: configuration).run()
        logger.notice("stopped")
    }
}

/// Says once that the service listens: on standard output, and in the ready file.
private struct Announcer: Service {
    let name: String
    let options: ServiceOptions
    let configured: ListenerAddress
    let address: @Sendable () async throws -> BoundAddress

    func run() async throws {
        let origin = configured.origin(bound: try await address())
        let ready = Readiness(service: name, address: origin)
        if let file = options.readyFile {
            try FileSystem.write(ready.json.bytes + [UInt8(ascii: "\n")], to: file, as: .open, replacing: true)
        }
        Terminal.write(options.output.asJSON ? ready.json.text + "\n" : "The \(name) listens on \(origin).\n")
    }
}

/// What a service says once it listens; whoever starts one reads it.
struct Readiness {
    let service: String
    let address: String

    var json: JSON { .object(["service": .string(service), "address": .string(address)]) }
}
