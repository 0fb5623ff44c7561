import ArgumentParser
import Exchange
import Vocabulary

struct RingListing: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the rings that the node keeps.")

    @Option(help: ArgumentHelp("Only those after this one.", valueName: "ring"))
    var after: RingName?

    @Option(help: ArgumentHelp("At most so many.", valueName: "count"))
    var limit = 100

    @OptionGroup(title: "Node") var options: RingOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit is between 1 and 100000.") }
    }

    func run() async throws {
        let office = try options.desk().office
        var page = try await office.rings(after: after, limit: min(limit, RingLimits.ringsPerPage))
        var rings = page.rings
        while page.hasMore, rings.count < limit, let last = page.rings.last {
            page = try await office.rings(
                after: last.ring, limit: min(limit - rings.count, RingLimits.ringsPerPage))
            rings += page.rings
        }
        let all = RingList(asOf: page.asOf, rings: rings, hasMore: page.hasMore)
        Terminal.show(asJSON: output.asJSON, all.json, people: all.text)
    }
}

struct RingCandidates: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "candidates", abstract: "List what discovery found and nobody has decided, with its reasons.")

    @OptionGroup(title: "Node") var options: RingOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let candidates = try await options.desk().office.candidates()
        Terminal.show(asJSON: output.asJSON, candidates.json, people: candidates.text)
    }
}
