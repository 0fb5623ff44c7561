import ArgumentParser
import Gateway
import Registry
import Vocabulary

struct GatewayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gateway", abstract: "Run a lender's gateway.",
        subcommands: [GatewayServe.self, GatewayAPIKey.self])
}

struct GatewayAPIKey: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "api-key", abstract: "Make an API key for a caller of the gateway.",
        discussion: """
            The key goes into a file of its own, for the caller; its hash is added to the gateway's file of keys. The \
            gateway reads that file at its start.

            Example:
              counterfoil gateway api-key --name core-banking --keys callers.json \\
                --out core-banking.apikey
            """)

    @Option(help: "The caller's name, for the operator: 2 to 32 of a-z, 0-9 and '-', from a letter.")
    var name: MemberID

    @Option(help: ArgumentHelp("The gateway's file of keys; made where there is none.", valueName: "file"))
    var keys: String

    @Option(help: ArgumentHelp("Where the key is written, for its owner alone.", valueName: "file"))
    var out: String

    @OptionGroup var output: OutputOptions

    func run() throws {
        try Self.make(name: name, keys: keys, out: out)
        Terminal.show(
            asJSON: output.asJSON, .object(["name": .string(name.name), "keys": .string(keys), "out": .string(out)]),
            people: "The key of \(name) is in \(out), its hash in \(keys). Start the gateway again to use it.\n")
    }

    static func make(name: MemberID, keys: String, out: String) throws(Problem) {
        let (key, entry) = APIKeys.generate(name: name.name)
        let entries = try existing(keys)
        guard !entries.contains(where: { $0["name"]?.string == name.name }) else {
            throw Problem(
                .configurationInvalid, "\(keys) has a key of this name already.",
                hint: "Take another name, or take the old entry out first.")
        }
        let document = JSON.object(["keys": .array(entries + [entry])])
        do throws(FieldFailure) { _ = try APIKeys(document) } catch { throw Problem(error) }
        try FileSystem.write(Array((key + "\n").utf8), to: out, as: .secret, replacing: false)
        try FileSystem.write(Array(document.prettyText.utf8), to: keys, as: .secret, replacing: true)
    }

    private static func existing(_ path: String) throws(Problem) -> [JSON] {
        guard FileSystem.exists(path) else { return [] }
        let bytes = try FileSystem.read(path, as: .secret, limit: 1 << 16)
        guard let entries = try? JSON(parsing: bytes)["keys"]?.array else {
            throw Problem(.configurationInvalid, "\(path) is not a file of API keys.")
        }
        return entries
    }
}
