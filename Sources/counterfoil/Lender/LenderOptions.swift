import ArgumentParser
import Registry
import Vocabulary

/// Which gateway, and as whom.
struct GatewayOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The gateway: https://…, http:// on loopback, or unix:/path. Default: $COUNTERFOIL_GATEWAY, else "
                + "http://127.0.0.1:7410.", valueName: "url"))
    var gateway: String?

    @Option(
        help: ArgumentHelp(
            "The owner-only file with this caller's API key. Default: $COUNTERFOIL_API_KEY_FILE; a Unix socket needs "
                + "none.",
            valueName: "file"))
    var apiKeyFile: String?

    @Option(
        help: ArgumentHelp(
            "A PEM file of certificate authorities to trust instead of the system's.", valueName: "file"))
    var authorities: String?

    func connection() throws(Problem) -> GatewayConnection {
        let url = gateway ?? environment("COUNTERFOIL_GATEWAY") ?? "http://127.0.0.1:7410"
        let file = apiKeyFile ?? environment("COUNTERFOIL_API_KEY_FILE")
        guard file != nil || url.hasPrefix("unix:") else {
            throw Problem(
                .configurationInvalid, "No API key was given.",
                hint: "Name the file that holds it with --api-key-file or in COUNTERFOIL_API_KEY_FILE.")
        }
        return try GatewayConnection(
            url: url, apiKey: try file.map(GatewayConnection.apiKey), authorities: authorities)
    }
}

/// A JSON document for a command: from a file, or from standard input.
enum InputDocument {
    private static let limit = 16 << 20

    /// - Parameter path: `-` for standard input.
    static func read(_ path: String) throws(Problem) -> JSON {
        let bytes =
            path == "-" ? try StandardInput.read(limit: limit) : try FileSystem.read(path, as: .open, limit: limit)
        do throws(JSONFailure) { return try JSON(parsing: bytes) } catch {
            throw Problem(.malformedJSON, "\(path == "-" ? "Standard input" : path) is not JSON: \(error).")
        }
    }
}
