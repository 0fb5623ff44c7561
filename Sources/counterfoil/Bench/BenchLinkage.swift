import ArgumentParser
import Bench
import Linkage
import Registry
import Vocabulary

/// `counterfoil bench linkage`
struct BenchLinkage: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "linkage",
        abstract: "Measure the graph of linkage alone, on one core, with others beside it.",
        discussion: """
            Furnishes planted applications with rings and hubs, then measures inserts, memory, answers, retraction, \
            snapshot and discovery. `--full` takes 10 million edges and, where the machine has the memory, 100 million \
            identifiers; about ten minutes. `--peers` lets scipy, igraph and rustworkx find the connected components \
            of the same edges in the same run, and compares. Planted rings say nothing about production precision.
            Run it from a release build: swift run -c release counterfoil bench linkage
            """)

    @Flag(help: "10,000,000 edges, and 100,000,000 identifiers where there is memory for them.")
    var full = false

    @Option(help: ArgumentHelp("Edges to insert, instead of 1,000,000; five make a record.", valueName: "number"))
    var edges: Int?

    @Option(help: ArgumentHelp("How long questions of one sort are asked.", valueName: "seconds"))
    var seconds = 5.0

    @Flag(help: "Also run the peers that the interpreter has, over the same edges.")
    var peers = false

    @Option(
        help: ArgumentHelp(
            "The peers' script; default bench/graph_peers.py in COUNTERFOIL_SHARED or ../shared.", valueName: "file"))
    var peersScript: String?

    @Option(
        help: ArgumentHelp("The interpreter that has the peers, such as a virtual environment's.", valueName: "file"))
    var python = "python3"

    @Option(help: ArgumentHelp("The folder in which a snapshot is written.", valueName: "folder"))
    var scratch: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard seconds >= 0.5, seconds <= 120 else { throw ValidationError("--seconds is between 0.5 and 120.") }
        if let edges, !(1_000...150_000_000).contains(edges) {
            throw ValidationError("--edges is between 1,000 and 150,000,000.")
        }
    }

    func run() throws {
        let plan = LinkageBench.Plan(
            edges: edges ?? (full ? 10_000_000 : 1_000_000),
            largeEdges: full ? LinkageBench.Plan.edgesOfHundredMillionIdentifiers : nil,
            rules: PlantedGraph.usualRules, seconds: seconds, folder: scratch ?? environment("TMPDIR") ?? "/tmp",
            peers: try peerPlan())
        let report = try LinkageBench(plan) { Terminal.note("bench: \($0) …") }.run()
        Terminal.show(asJSON: output.asJSON, report.json, people: report.text)
    }

    private func peerPlan() throws(Problem) -> PeerBench.Plan? {
        guard peers else { return nil }
        let script = peersScript ?? "\(environment("COUNTERFOIL_SHARED") ?? "../shared")/bench/graph_peers.py"
        guard FileSystem.exists(script) else {
            throw Problem(.notFound, "There is no \(script).", hint: "Name the peers' script with --peers-script.")
        }
        return PeerBench.Plan(script: script, python: python)
    }
}
