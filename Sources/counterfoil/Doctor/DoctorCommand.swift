import ArgumentParser
import NodeService
import Registry
import Vocabulary

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Look whether a service can do its work, and say what to do where not.",
        discussion: """
            Takes the configuration of the service's `serve` command and changes nothing; the service may be running. \
            Looked at are the configuration, the registry, the permissions of secret files, the keys against the \
            registry, the database, keys kept apart from it, the other services' addresses, and the clock.

            Exit code 1 means that something needs mending.

            Example:
              counterfoil doctor gateway --config gateway.json
            """,
        subcommands: [DoctorNode.self, DoctorCustodian.self, DoctorGateway.self])

    static func finish(_ diagnosis: Diagnosis, _ output: OutputOptions) throws {
        Terminal.show(asJSON: output.asJSON, diagnosis.json, people: diagnosis.text)
        if !diagnosis.isWell { throw ExitCode(ExitStatus.refused.rawValue) }
    }
}

struct DoctorNode: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "node", abstract: "Look at a node.")

    @OptionGroup var serve: NodeServe

    func run() async throws {
        let configuration = try serve.configuration()
        var diagnosis = Diagnosis()
        diagnosis.look("configuration") { () throws(Problem) in
            _ = try NodeConfiguration(configuration)
            return "complete"
        }
        diagnosis.look("certificate") { () throws(Problem) in try Examination.certificate(configuration) }
        diagnosis.look("database") { () throws(Problem) in
            try Examination.database(try configuration.required(.database))
        }
        var chain: RegistryChain?
        diagnosis.look("registry") { () throws(Problem) in
            let read = try Examination.chain(configuration)
            chain = read
            return Examination.summary(of: read)
        }
        if let chain { try await look(&diagnosis, configuration, chain) }
        try DoctorCommand.finish(diagnosis, serve.service.output)
    }

    private func look(
        _ diagnosis: inout Diagnosis, _ configuration: Configuration, _ chain: RegistryChain
    ) async throws(Problem) {
        diagnosis.look("log key") { () throws(Problem) in
            try Examination.key(try configuration.required(NodeServe.logKeyKey), kind: .log) {
                $0 == chain.current.log.publicKey
            }
        }
        diagnosis.look("answer key") { () throws(Problem) in
            try Examination.key(try configuration.required(NodeServe.answerKeyKey), kind: .answer) {
                $0 == chain.current.node.answerKey
            }
        }
        diagnosis.look("key folder") { () throws(Problem) in
            try KeyFolder(try configuration.required(NodeServe.keyFolderKey)).examined(
                database: try configuration.required(.database), mode: chain.current.mode)
        }
        let examination = try Examination(authorities: nil)
        await diagnosis.look("own address") { () async throws(Problem) in
            try await examination.registry(at: chain.current.node.url, held: chain, now: Instant.now)
        }
    }
}
