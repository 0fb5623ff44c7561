import ArgumentParser
import CustodianService
import Gateway
import Registry
import Sodium
import Vocabulary

struct DoctorCustodian: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "custodian", abstract: "Look at a custodian.")

    @OptionGroup var serve: CustodianServe

    func run() async throws {
        let configuration = try serve.configuration()
        var diagnosis = Diagnosis()
        diagnosis.look("configuration") { () throws(Problem) in
            _ = try CustodianConfiguration(configuration)
            return "complete"
        }
        diagnosis.look("certificate") { () throws(Problem) in try Examination.certificate(configuration) }
        diagnosis.look("database") { () throws(Problem) in
            try Examination.database(try configuration.required(.database))
        }
        var file: ShareFile?
        var chain: RegistryChain?
        diagnosis.look("share") { () throws(Problem) in
            let read = try ShareFile.read(try configuration.required(CustodianServe.shareKey))
            file = read
            return "\(read.custodian), epoch \(read.epoch), \(read.isSealed ? "sealed" : "raw"), for its owner alone"
        }
        diagnosis.look("registry") { () throws(Problem) in
            let read = try Examination.chain(configuration)
            chain = read
            return Examination.summary(of: read)
        }
        if let file, let chain { try await look(&diagnosis, file, chain) }
        try DoctorCommand.finish(diagnosis, serve.service.output)
    }

    private func look(_ diagnosis: inout Diagnosis, _ file: ShareFile, _ chain: RegistryChain) async throws(Problem) {
        diagnosis.look("place") { () throws(Problem) in
            guard let custodian = chain.current.custodian(file.custodian), custodian.index == file.index else {
                throw Problem(
                    .configurationInvalid, "The registry has no custodian \(file.custodian) with this share's index.",
                    hint: "Name the share that was dealt for this registry.")
            }
            guard chain.current.tokenEpoch == file.epoch else {
                throw Problem(
                    .wrongEpoch, "The share is of epoch \(file.epoch); the registry is at \(chain.current.tokenEpoch).")
            }
            return "as the registry has it, at \(custodian.url)"
        }
        let examination = try Examination(authorities: nil)
        let node = chain.current.node.url
        await diagnosis.look("node") { () async throws(Problem) in
            try await examination.registry(at: node, held: chain, now: Instant.now)
        }
        await diagnosis.look("clock") { () async throws(Problem) in try await examination.clock(at: node) }
    }
}

struct DoctorGateway: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "gateway", abstract: "Look at a gateway.")

    @OptionGroup var serve: GatewayServe

    func run() async throws {
        let configuration = try serve.configuration()
        var diagnosis = Diagnosis()
        diagnosis.look("configuration") { () throws(Problem) in
            _ = try GatewayConfiguration(configuration)
            return "complete"
        }
        diagnosis.look("certificate") { () throws(Problem) in try Examination.certificate(configuration) }
        diagnosis.look("outbox") { () throws(Problem) in
            try Examination.database(try configuration.required(.database))
        }
        diagnosis.look("data key") { () throws(Problem) in try Self.dataKey(configuration) }
        diagnosis.look("API keys") { () throws(Problem) in
            guard let path = configuration.optional(.apiKeys) else { return "none: callers on a Unix socket only" }
            _ = try APIKeys.read(path)
            return "readable by their owner alone"
        }
        var chain: RegistryChain?
        diagnosis.look("registry") { () throws(Problem) in
            let read = try Examination.chain(configuration)
            chain = read
            return Examination.summary(of: read)
        }
        if let chain {
            diagnosis.look("decision policies") { () throws(Problem) in
                let (active, shadow) = (configuration.optional(.decisionPolicy), configuration.optional(.shadowPolicy))
                _ = try DecisionDesk(active: active, shadow: shadow, under: chain.current)
                return (active == nil ? "the one that ships" : "a file") + (shadow == nil ? "" : ", and a shadow")
            }
            try await look(&diagnosis, configuration, chain)
        }
        try DoctorCommand.finish(diagnosis, serve.service.output)
    }

    private static func dataKey(_ configuration: Configuration) throws(Problem) -> String {
        let path = try configuration.required(.dataKey)
        let outbox = try configuration.required(.database)
        guard FileSystem.exists(path) else {
            guard !FileSystem.exists(outbox) else {
                throw Problem(
                    .configurationInvalid, "There is an outbox, and not the key it was sealed under.",
                    hint: "Restore the key file from its backup.")
            }
            return "not made yet; the first start makes it"
        }
        _ = try FileSystem.read(path, as: .secret)
        let folders = [path, outbox].map { path in path.lastIndex(of: "/").map { path[..<$0] } ?? "." }
        return "for its owner alone" + (folders[0] == folders[1] ? ", beside the outbox: for a demo only" : "")
    }

    private func look(
        _ diagnosis: inout Diagnosis, _ configuration: Configuration, _ chain: RegistryChain
    ) async throws(Problem) {
        diagnosis.look("member key") { () throws(Problem) in
            let member = try configuration.required(.member)
            return try Examination.key(try configuration.required(.memberKey), kind: .member) { key in
                chain.key(key.keyID)?.member.id.name == member
            }
        }
        diagnosis.look("standing") { () throws(Problem) in
            let file = try KeyFile.read(try configuration.required(.memberKey))
            if let problem = chain.standing(of: file.keyID, at: Instant.now).problem { throw problem }
            return "active"
        }
        let examination = try Examination(authorities: configuration.optional(.authorities))
        let now = Instant.now
        await diagnosis.look("node") { () async throws(Problem) in
            try await examination.registry(at: chain.current.node.url, held: chain, now: now)
        }
        for custodian in chain.current.custodians {
            await diagnosis.look(custodian.id.name) { () async throws(Problem) in
                try await examination.registry(at: custodian.url, held: chain, now: now)
            }
        }
        await diagnosis.look("clock") { () async throws(Problem) in
            try await examination.clock(at: chain.current.node.url)
        }
    }
}
