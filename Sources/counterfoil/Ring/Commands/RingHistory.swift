import ArgumentParser
import Exchange
import Vocabulary

struct RingHistory: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "List what happened to rings and to widely shared identifiers.",
        discussion: """
            Rings are founded, merge and end; identifiers that too many persons share are demoted, promoted again, or \
            gain many persons at once. These have a pseudonym of the consortium, such as phone H-7K3F9Q2M, and no \
            other name here.
            """)

    @Option(help: ArgumentHelp("Only those above this number.", valueName: "sequence"))
    var after: UInt64 = 0

    @Option(help: ArgumentHelp("At most so many.", valueName: "count"))
    var limit = 100

    @OptionGroup(title: "Node") var options: RingOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...100_000).contains(limit) else { throw ValidationError("--limit is between 1 and 100000.") }
    }

    func run() async throws {
        let office = try options.desk().office
        var page = try await office.events(after: after, limit: min(limit, RingLimits.eventsPerPage))
        var events = page.events
        while page.hasMore, !page.events.isEmpty, events.count < limit {
            page = try await office.events(
                after: page.cursor, limit: min(limit - events.count, RingLimits.eventsPerPage))
            events += page.events
        }
        let all = RingEvents(events: events, cursor: page.cursor, hasMore: page.hasMore)
        Terminal.show(asJSON: output.asJSON, all.json, people: all.text)
    }
}
