import HTTPEdge
import Registry
import Sodium
import SQLite
import Vocabulary

/// The looks that several services have in common. None of them changes anything.
struct Examination {
    /// A request is refused beyond this (DESIGN §10).
    private static let maximumSkewSeconds: Int64 = 120
    private static let timeout: Duration = .seconds(5)
    private let http: HTTPClient

    init(authorities: String?) throws(Problem) {
        var settings = HTTPClient.Configuration()
        settings.authoritiesFile = authorities
        http = try HTTPClient(settings)
    }

    static func chain(_ configuration: Configuration) throws(Problem) -> RegistryChain {
        try RegistryChain.read(try configuration.required(.registry), now: Instant.now)
    }

    static func summary(of chain: RegistryChain) -> String {
        "\(chain.current.consortium), version \(chain.current.number) of \(chain.current.madeAt), verified from "
            + "its first version on"
    }

    /// A raw key file of the right kind, whose key the registry has.
    static func key(
        _ path: String, kind: KeyKind, expected: (PublicKey) -> Bool
    ) throws(Problem) -> String {
        let file = try KeyFile.read(path)
        guard file.kind == kind else {
            throw Problem(.configurationInvalid, "It is a \(file.kind.rawValue) key; \(kind.rawValue) is needed.")
        }
        _ = try file.openUnattended()
        guard expected(file.publicKey) else {
            throw Problem(
                .unknownKey, "The registry has another key in its place.",
                hint: "Name the right key file, or have an admin publish this key.")
        }
        return "\(file.keyID), for its owner alone, as the registry has it"
    }

    /// Opens the file for reading; the service may be running meanwhile.
    static func database(_ path: String) throws(Problem) -> String {
        guard FileSystem.exists(path) else { return "not made yet; the first start makes it" }
        do {
            let connection = try Connection(path: path, mode: .reader)
            let schema = try connection.integer("PRAGMA user_version") ?? 0
            let tables = try connection.integer("SELECT count(*) FROM sqlite_schema WHERE type = 'table'") ?? 0
            guard schema > 0, tables > 0 else {
                throw Problem(.storageFailed, "\(path) has no schema of this program.", hint: "Name the right file.")
            }
            return "schema \(schema), \(tables) tables"
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem(
                .storageFailed, "\(path) cannot be read as a database.",
                hint: "If it is damaged, restore it from its last good copy.")
        }
    }

    static func certificate(_ configuration: Configuration) throws(Problem) -> String {
        guard let certificate = configuration.optional(.certificate),
            let key = configuration.optional(.certificateKey)
        else { return "none: plain HTTP, on loopback only" }
        _ = try FileSystem.read(key, as: .secret)
        _ = try FileSystem.read(certificate, as: .open)
        return "readable, its key for its owner alone"
    }

    /// Whether the service at the address knows the same registry.
    func registry(at url: ServiceURL, held: RegistryChain, now: Instant) async throws(Problem) -> String {
        let body = try await get("/v1/registry", at: url).accepted(otherwise: .nodeUnavailable).body
        let offered = try RegistryDocument.envelopes(parsing: body)
        let updated: RegistryChain
        do throws(RegistryFailure) { updated = try held.updated(to: offered, now: now) } catch { throw Problem(error) }
        let behind = updated.entries.count - held.entries.count
        guard behind == 0 else {
            throw Problem(
                .registryStale, "It has a registry \(behind) version\(behind == 1 ? "" : "s") newer than ours.",
                hint: "A gateway takes it over within a minute; elsewhere copy the file anew.")
        }
        return "answers, with the same registry"
    }

    /// Every refusal carries the service's time: one is asked for.
    func clock(at url: ServiceURL) async throws(Problem) -> String {
        let asked = Instant.now
        let response = try await get("/v1/clock", at: url)
        guard let json = try? JSON(parsing: response.body), let text = json["time"]?.string,
            let theirs = try? Instant(text)
        else { throw Problem(.nodeUnavailable, "It did not tell its time.") }
        let skew = (theirs.milliseconds - asked.milliseconds) / 1000
        guard abs(skew) <= Self.maximumSkewSeconds / 2 else {
            throw Problem(
                .clockSkew, "This machine's clock is \(abs(skew)) s \(skew > 0 ? "behind" : "ahead").",
                hint: "Have it set by NTP; beyond \(Self.maximumSkewSeconds) s every request is refused.")
        }
        return "\(abs(skew)) s apart"
    }

    private func get(_ path: String, at url: ServiceURL) async throws(Problem) -> ClientResponse {
        var request = ClientRequest("GET", try Origin(url.description), path)
        request.timeout = Self.timeout
        do throws(ClientFailure) { return try await http.send(request) } catch {
            throw error.problem(.nodeUnavailable, party: "service at \(url)")
        }
    }
}
