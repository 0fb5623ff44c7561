import ArgumentParser
import Vocabulary

struct PortfolioCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "portfolio", abstract: "Watch own loans, and be told only of what changes about their borrowers.",
        discussion: """
            Loans are named by the lender's own loanRef, as they were furnished; changes come as notices.

            Examples:
              counterfoil portfolio watch L-2026-17 L-2026-18
              counterfoil portfolio watch --file open-loans.txt
              counterfoil portfolio list
            """,
        subcommands: [PortfolioWatch.self, PortfolioUnwatch.self, PortfolioList.self])
}

struct PortfolioWatch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "watch", abstract: "Begin to watch loans.")

    @OptionGroup var loans: LoanList
    @OptionGroup(title: "Gateway") var gateway: GatewayOptions
    @OptionGroup var output: OutputOptions

    func run() async throws { try await loans.post("watch", gateway, output) }
}

struct PortfolioUnwatch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "unwatch", abstract: "Stop watching loans.")

    @OptionGroup var loans: LoanList
    @OptionGroup(title: "Gateway") var gateway: GatewayOptions
    @OptionGroup var output: OutputOptions

    func run() async throws { try await loans.post("unwatch", gateway, output) }
}

struct PortfolioList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the loans that are watched, and those that the node refused.")

    @OptionGroup(title: "Gateway") var gateway: GatewayOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let connection = try gateway.connection()
        var watches: [JSON] = []
        var page: JSON
        var cursor: Int64 = 0
        repeat {
            page = try await connection.get("/v1/portfolio?after=\(cursor)&limit=1000")
            watches += page["watches"]?.array ?? []
            guard let next = page["cursor"]?.integer, next > cursor else { break }
            cursor = next
        } while page["more"]?.bool == true
        let json = JSON.object(["watches": .array(watches), "counts": page["counts"], "obstacle": page["obstacle"]])
        let obstacle = page["obstacle"]?.string.map { "Changes wait: \($0).\n" } ?? ""
        let text = PortfolioText.table(watches) + PortfolioText.counts(page["counts"]) + obstacle
        Terminal.show(asJSON: output.asJSON, json, people: text)
    }
}
