import ArgumentParser
import Vocabulary

struct OutcomesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outcomes", abstract: "Show how well scores and signals told bad loans from good ones.",
        discussion: """
            Over all members, from what they furnished of their loans since: AUC, KS, lift and the stability index by \
            month. What comes from too few members or cases is left out. The exchange makes the report anew at most \
            once an hour.
            """)

    @Flag(help: "Every month beside the whole.")
    var months = false

    @OptionGroup(title: "Gateway") var gateway: GatewayOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let connection = try gateway.connection()
        let json = try await Patience(limit: .seconds(20)).attempt { () throws(Problem) in
            try await connection.get("/v1/outcomes")
        }
        Terminal.show(asJSON: output.asJSON, json, people: Self.text(json, months: months))
    }

    static func text(_ json: JSON, months: Bool) -> String {
        var text = ""
        for definition in json["definitions"]?.array ?? [] {
            var table = Table("SCORE OR SIGNAL", "MONTH", "GOOD", "BAD", "AUC", "KS", "LIFT", "STABILITY")
            let performances = (definition["scores"]?.array ?? []) + (definition["signals"]?.array ?? [])
            for performance in performances { add(performance, to: &table, months: months) }
            text += "Bad is \(definition.text("bad"))\n"
            text += performances.isEmpty ? "  too few cases yet\n\n" : table.text.indented + "\n"
        }
        return text + "Computed at \(json.text("computedAt")) from a log of \(json.text("knownSize")) entries. "
            + "LIFT is the riskiest tenth's bad rate over that of all.\n"
    }

    private static func add(_ performance: JSON, to table: inout Table, months: Bool) {
        let all = performance["months"]?.array ?? []
        table.add(row: [performance.text("name"), "all"] + figures(performance["overall"], all.last?["stability"]))
        guard months else { return }
        for month in all {
            table.add(row: ["", month.text("month")] + figures(month["discrimination"], month["stability"]))
        }
    }

    private static func figures(_ discrimination: JSON?, _ stability: JSON?) -> [String] {
        let lift = discrimination?["lift"]?.array?.first?["lift"]?.string
        return [
            discrimination?.text("good") ?? "-", discrimination?.text("bad") ?? "-", discrimination?.text("auc") ?? "-",
            discrimination?.text("ks") ?? "-", lift ?? "-", stability?["psi"]?.string ?? "-",
        ]
    }
}
