import ArgumentParser
import Exchange
import Records
import Registry
import Sodium
import Vocabulary

struct RingSeed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seed", abstract: "Name public switchboards, so that they never link anybody.",
        discussion: """
            The number of a bank's hotline or of an agency stands in thousands of applications. A seeded identifier is \
            treated as too widely shared from the first person on. Only its token is named, by a file with this \
            content, for its owner alone:

              {"kind": "phone", "epoch": 1, "tokens": ["…base64 of 32 bytes…"]}

            Each token makes one decision that is signed and logged; the log holds a commitment to it.
            """)

    @Argument(help: ArgumentHelp("The file with the tokens.", valueName: "file"), completion: .file())
    var file: String

    @OptionGroup(title: "Node") var options: RingOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let list = try SwitchboardFile.read(file)
        let desk = try options.desk()
        var outcomes: [RingDecisionOutcome] = []
        var progress = Progress(total: list.tokens.count, what: "seeded")
        for token in list.tokens {
            let opening = Opening(salt: SystemRandom.bytes32(), token: token)
            outcomes.append(
                try await desk.decide(
                    .seedHub(kind: list.kind, commitment: .of(list.kind, opening)),
                    id: RecordID(random: SystemRandom.bytes(16)), now: Instant.now, epoch: list.epoch,
                    openings: [opening]))
            progress.advance()
        }
        progress.finish()
        Terminal.show(
            asJSON: output.asJSON, .object(["decisions": .array(outcomes.map(\.json))]),
            people: "\(outcomes.count) switchboards named. They link nobody from now on.\n")
    }
}

/// Tokens of public switchboards, in a file for its owner alone.
struct SwitchboardFile {
    private static let limit = 1 << 20
    private static let maximumTokens = 1000
    let kind: IdentifierKind
    let epoch: KeyEpoch
    let tokens: [Bytes32]

    static func read(_ path: String) throws(Problem) -> SwitchboardFile {
        try SwitchboardFile(parsing: try FileSystem.read(path, as: .secret, limit: limit))
    }

    /// Errors say which token is wrong, and never what it is.
    init(parsing bytes: [UInt8]) throws(Problem) {
        let json: JSON
        do throws(JSONFailure) { json = try JSON(parsing: bytes) } catch { throw Problem(error) }
        do throws(FieldFailure) {
            var fields = try ObjectReader(json)
            kind = try fields.choice("kind", expected: "the kinds of identifiers", IdentifierKind.init(name:))
            epoch = KeyEpoch(UInt32(try fields.integer("epoch", in: 0...Int64(UInt32.max))))
            var tokens: [Bytes32] = []
            for (index, element) in try fields.array("tokens", maximum: Self.maximumTokens, minimum: 1).enumerated() {
                guard let text = element.string, let bytes = try? Base64.decode(text), let token = try? Bytes32(bytes)
                else {
                    throw FieldFailure(
                        path: "tokens[\(index)]", rule: .malformed("not the base64 of 32 bytes"))
                }
                tokens.append(token)
            }
            self.tokens = tokens
            try fields.finish()
        } catch { throw Problem(error) }
    }
}
