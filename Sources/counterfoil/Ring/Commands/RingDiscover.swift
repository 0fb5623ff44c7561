import ArgumentParser
import Exchange
import Vocabulary

struct RingDiscover: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discover", abstract: "Start a search for rings that nobody has reported, or see how it does.",
        discussion: """
            The node searches by itself from time to time; this starts one now. While one runs a second is not \
            started. Precision at 20 is how many of the first twenty candidates of a run analysts confirmed, of those \
            they decided.
            """)

    @Flag(help: "Only say how it is going.")
    var status = false

    @Flag(help: "Wait until it has ended.")
    var wait = false

    @OptionGroup(title: "Node") var options: RingOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let office = try options.desk().office
        var discovery = status ? try await office.discovery() : try await office.discover()
        var progress = Progress(total: 1000, what: "thousandths")
        while wait, let running = discovery.running {
            progress.reach(running.done, note: running.stage)
            try await Task.sleep(for: .seconds(1))
            discovery = try await office.discovery()
        }
        progress.finish()
        Terminal.show(asJSON: output.asJSON, discovery.json, people: discovery.text)
    }
}
