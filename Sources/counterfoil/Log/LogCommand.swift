import ArgumentParser
import Records
import Registry
import Vocabulary

struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Verify what the transparency log promises.",
        subcommands: [LogVerifyReceipt.self])
}

struct LogVerifyReceipt: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify-receipt", abstract: "Verify a receipt offline, with nothing but the registry's file.",
        discussion: """
            A receipt is a C2SP tlog-proof file: a signed checkpoint of the log, the place of one entry in it, and \
            what the entry was made from. Verified are the checkpoint's signature by the log's key of the registry, \
            and that the entry stands in the log at its place. With --envelope also that the entry is for this very \
            envelope, and that the member's signature under it holds.

            Exit code 0 means all of it is proved; 3 means something is not.

            Example:
              counterfoil log verify-receipt receipt.txt --registry registry.json \\
                --envelope submission.json
            """)

    @Argument(help: ArgumentHelp("The receipt's file.", valueName: "receipt"))
    var receipt: String

    @Option(
        help: ArgumentHelp(
            "The signed envelope the receipt was given for, as the gateway keeps it.", valueName: "file"))
    var envelope: String?

    @OptionGroup var registry: RegistryOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let chain = try registry.chain(now: Instant.now)
        let proof = try ReceiptProof(
            receipt: try FileSystem.read(receipt, as: .open, limit: 1 << 20), envelope: try envelope.map(Self.envelope),
            chain: chain)
        Terminal.show(asJSON: output.asJSON, proof.json, people: proof.text)
    }

    private static func envelope(in path: String) throws(Problem) -> Envelope {
        try DocumentFile.read(path, limit: 16 << 20) { (json) throws(FieldFailure) in try Envelope(json) }
    }
}
