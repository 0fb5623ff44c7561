import ArgumentParser
import Exchange
import Registry
import Vocabulary

struct RingShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one ring in words, and draw it.",
        discussion: """
            Drawings are made on this machine from the picture that the node sends. With --json the picture itself is \
            printed; saved, it can be drawn later with --from, without the node. Drawings hold no identifier and no \
            token; they are still about persons, so keep them as you keep case files.

            Examples:
              counterfoil ring show R-12
              counterfoil ring show R-12 --svg ring.svg --graphml ring.graphml
              counterfoil ring show R-12 --json > ring.json
              counterfoil ring show --from ring.json --svg ring.svg
            """)

    @Argument(help: ArgumentHelp("The ring or candidate, such as R-12 or C-5.", valueName: "ring"))
    var ring: RingName?

    @Option(help: ArgumentHelp("Draw it as SVG into this file.", valueName: "file"), completion: .file())
    var svg: String?

    @Option(help: ArgumentHelp("Write it as GraphML into this file.", valueName: "file"), completion: .file())
    var graphml: String?

    @Option(
        help: ArgumentHelp("Write it in Graphviz's language into this file.", valueName: "file"),
        completion: .file())
    var dot: String?

    @Option(
        help: ArgumentHelp("Read a picture saved with --json; - reads standard input.", valueName: "file"),
        completion: .file())
    var from: String?

    @Flag(help: "Write over files that are there.")
    var force = false

    @OptionGroup(title: "Node") var options: RingOptions
    @OptionGroup var output: OutputOptions

    private static let limit = 16 << 20

    func validate() throws {
        guard (ring == nil) != (from == nil) else {
            throw ValidationError(
                ring == nil
                    ? "Name a ring such as R-12, or a saved picture with --from."
                    : "Name a ring or a saved picture with --from, not both.")
        }
    }

    func run() async throws {
        let picture = try await picture()
        var written: [String] = []
        for (path, _) in drawings(of: picture) where !force && FileSystem.exists(path) {
            throw Problem(
                .configurationInvalid, "\(path) is there already; nothing was written.",
                hint: "Choose another name, or write over it with --force.")
        }
        for (path, text) in drawings(of: picture) {
            try FileSystem.write(Array(text().utf8), to: path, as: .secret, replacing: force)
            written.append(path)
        }
        Terminal.show(asJSON: output.asJSON, picture.json, people: RingText(picture).text)
        if !written.isEmpty { Terminal.note("Written: \(written.joined(separator: ", ")).") }
    }

    private func picture() async throws(Problem) -> RingPicture {
        if let ring { return try await options.desk().office.picture(of: ring) }
        let path = from ?? "-"
        let bytes =
            path == "-"
            ? try StandardInput.read(limit: Self.limit) : try FileSystem.read(path, as: .open, limit: Self.limit)
        return try RingPicture(parsing: bytes)
    }

    private func drawings(of picture: RingPicture) -> [(path: String, text: () -> String)] {
        let all: [(String?, () -> String)] = [
            (svg, { RingSVG(picture).text }), (graphml, { RingGraphML(picture).text }),
            (dot, { RingDOT(picture).text }),
        ]
        return all.compactMap { path, text in path.map { ($0, text) } }
    }
}
