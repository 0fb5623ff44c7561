import ArgumentParser
import Vocabulary

struct FurnishingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "furnishing",
        abstract: "Show how fresh and complete the own furnishing is, and what follows from it.",
        discussion: "Who furnishes too little may lose the right to check, as the consortium's policy says.")

    @OptionGroup(title: "Gateway") var gateway: GatewayOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let json = try await gateway.connection().get("/v1/furnishing")
        Terminal.show(asJSON: output.asJSON, json, people: Self.text(json))
        if json["mayCheck"]?.bool == false { throw ExitCode(ExitStatus.refused.rawValue) }
    }

    static func text(_ json: JSON) -> String {
        let isEnforced = json["enforced"]?.bool == true
        var text =
            "\(AnswerText.words(json.text("standing")).uppercased()): "
            + (json["mayCheck"]?.bool == false ? "this member may not check now" : "this member may check")
            + (isEnforced ? ".\n" : "; the policy does not enforce it.\n")
        if let until = json["graceUntil"]?.string { text += "Nothing is required until \(until).\n" }
        var table = Table("", "PER CENT", "REQUIRED", "OF", "WITHIN DAYS")
        for (name, share) in [("fresh loans", json["fresh"]), ("outcomes told", json["complete"])] {
            guard let share else { continue }
            let percent = share["percent"]?.integer.map { String($0) } ?? "-"
            table.add(name, percent, share.text("minimumPercent"), share.text("of"), share.text("days"))
        }
        text += table.text.indented
        for step in json["next"]?.array?.compactMap(\.string) ?? [] { text += "Next: \(step)\n" }
        return text
    }
}
