import ArgumentParser

/// What a gateway is told of answers, decisions and notices.
struct LiveOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "summary, standard or full: the statistics of checks that name none.", valueName: "profile"))
    var profile: String?

    @Option(help: ArgumentHelp("The decision policy; without it the one that ships.", valueName: "file"))
    var decisionPolicy: String?

    @Option(help: ArgumentHelp("A policy that is asked too and only noted.", valueName: "file"))
    var shadowPolicy: String?

    @Option(
        help: ArgumentHelp(
            "stored or delivered: when the node is told that a notice was read.", valueName: "when"))
    var acknowledge: String?

    @Option(help: ArgumentHelp("Where notices are posted to; without it they are fetched.", valueName: "url"))
    var webhook: String?

    @Option(help: ArgumentHelp("After so long a notice that the webhook refuses is given up.", valueName: "days"))
    var webhookDays: String?

    @Option(help: ArgumentHelp("How many tokens of known borrowers are kept at most.", valueName: "count"))
    var maximumTokens: String?

    var own: [(key: ConfigurationKey, value: String?)] {
        [
            (.profile, profile), (.decisionPolicy, decisionPolicy), (.shadowPolicy, shadowPolicy),
            (.acknowledge, acknowledge), (.webhook, webhook), (.webhookDays, webhookDays),
            (.maximumTokens, maximumTokens),
        ]
    }
}
