import ArgumentParser
import Exchange
import ExchangeClient
import HTTPEdge
import Records
import Registry
import Sodium
import Vocabulary

/// Which consortium's node, and as which admin.
struct RingOptions: ParsableArguments {
    @OptionGroup var registry: RegistryOptions

    @Option(
        help: ArgumentHelp("An admin's key file. Default: $COUNTERFOIL_ADMIN_KEY.", valueName: "file"),
        completion: .file())
    var adminKey: String?

    @Option(
        help: ArgumentHelp(
            "A PEM file of certificate authorities to trust instead of the system's.", valueName: "file"))
    var authorities: String?

    /// Opens the key, asking for its passphrase as needed; the node's address is the registry's.
    func desk() throws(Problem) -> AdminDesk {
        guard let path = adminKey ?? environment("COUNTERFOIL_ADMIN_KEY") else {
            throw Problem(
                .configurationInvalid, "No admin's key was given to ask with.",
                hint: "Name the key file with --admin-key or in COUNTERFOIL_ADMIN_KEY.")
        }
        let version = try registry.chain(now: Instant.now).current
        let file = try KeyFile.read(path)
        guard file.kind == .admin, let admin = version.admins.first(where: { $0.keyID == file.keyID }) else {
            throw Problem(
                .notEntitled, "\(path) is not the key of an admin of this consortium.",
                hint: "`counterfoil registry show` lists the admins.")
        }
        let key = try file.open { () throws(Problem) in try Passphrase.ask("Passphrase for \(path): ") }
        var configuration = HTTPClient.Configuration()
        configuration.authoritiesFile = authorities
        let office = RingClient(
            try Origin(version.node.url.description), http: try HTTPClient(configuration), key: key,
            now: { Instant.now })
        return AdminDesk(
            office: office, consortium: version.consortium, epoch: version.tokenEpoch, admin: admin.name, key: key)
    }
}

/// An admin at work on rings: whom to ask, and what to sign decisions with.
struct AdminDesk {
    let office: any RingOffice
    let consortium: String
    let epoch: KeyEpoch
    let admin: String
    let key: SigningKey

    func decide(
        _ what: RingDecision.Decision, id: RecordID, now: Instant, epoch: KeyEpoch? = nil, openings: [Opening] = []
    ) async throws(Problem) -> RingDecisionOutcome {
        let decision = RingDecision(consortium: consortium, admin: admin, decision: id, madeAt: now, what: what)
        let envelope = Envelope.sign(payloadType: .ringDecision, payload: decision.json.bytes, key: key)
        let request = SealedRequest(envelope: envelope, epoch: epoch ?? self.epoch, openings: openings)
        return try await office.decide(request)
    }
}
