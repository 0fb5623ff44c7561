import ArgumentParser

struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "Make a lender's own scorecard from its own checks, and use it.",
        discussion: """
            A sample is a CSV file with one row a loan: the statistics of its check as columns (`counterfoil check \
            --csv`, or the results of `counterfoil batch checks --profile full`), and a column that says what became \
            of the loan, 0 good and 1 bad. All happens on this machine: nothing is sent anywhere.

            Examples:
              counterfoil model train sample.csv --outcome bad --id loanRef --out model-2026
              counterfoil model apply model-2026/model.json applicants.csv --id loanRef > points.csv
            """,
        subcommands: [ModelTrain.self, ModelApply.self, ModelShow.self])
}
