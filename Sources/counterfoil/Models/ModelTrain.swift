import ArgumentParser
import Modelling
import Registry
import Sodium
import Vocabulary

struct ModelTrain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Fit a logistic scorecard with monotone bins, points and reasons.",
        discussion: """
            The same sample, in whatever order of rows, and the same options give the same bytes. Into the folder go \
            model.json, the bins, characteristics and metrics as CSV, and chart.svg with ROC, KS and lift on the rows \
            that were held out. Columns without information, or that say what a better one says, are left out. What \
            an answer's row has beside the statistics (check, status, score and so on) is not read.
            """)

    @Argument(help: ArgumentHelp("The sample.", valueName: "csv"), completion: .file(extensions: ["csv"]))
    var sample: String

    @Option(help: ArgumentHelp("The column that says 0 for good and 1 for bad.", valueName: "column"))
    var outcome: String

    @Option(help: ArgumentHelp("Rows with the same value here stay on one side of the split.", valueName: "column"))
    var id: String?

    @Option(help: ArgumentHelp("How often each row counts.", valueName: "column"))
    var weight: String?

    @Option(help: ArgumentHelp("A column that is not read. Repeat for several.", valueName: "column"))
    var ignore: [String] = []

    @Option(help: "The model's name.")
    var name = "model"

    @Option(help: ArgumentHelp("At most so many characteristics.", valueName: "count"))
    var maximum = 15

    @Option(help: ArgumentHelp("How many rows in a hundred the model is fitted to.", valueName: "percent"))
    var trainPercent = 70

    @Option(help: "Which split into fitted and held-out rows.")
    var seed: UInt64 = 0

    @Option(help: ArgumentHelp("Where the model and its report go.", valueName: "folder"), completion: .directory)
    var out = "model"

    @Flag(help: "Replace a model that stands in the folder.")
    var force = false

    @OptionGroup var output: OutputOptions

    func run() throws {
        let folder = ModelFolder(path: out, replaces: force)
        try folder.prepare()
        let csv = try FileSystem.read(sample, as: .open, limit: SampleLimits.maximumBytes)
        if csv.count > Self.longWork { Terminal.note("Fitting to \(csv.count >> 20) MiB; this takes a while.") }
        let result = try ScorecardTraining.run(csv: csv, options: options(for: SampleColumns(csv)))
        try folder.write(result)
        Terminal.show(asJSON: output.asJSON, result.json(in: out), people: result.text(in: out))
    }

    func options(for columns: SampleColumns) -> TrainingOptions {
        var options = TrainingOptions(outcomeColumn: outcome) { SHA256.hash($0) }
        (options.name, options.weightColumn, options.idColumn) = (name, weight, id)
        let used = [outcome] + [id, weight].compactMap { $0 }
        options.ignoredColumns = ignore + columns.beside(used + ignore)
        options.maximumCharacteristics = maximum
        (options.trainPercent, options.splitSeed) = (trainPercent, seed)
        return options
    }

    /// Above so many bytes it takes more than two seconds.
    private static let longWork = 16 << 20
}

/// The files of a model.
struct ModelFolder {
    static let model = "model.json"
    let path: String
    let replaces: Bool

    /// Refuses before the work what would be refused after it.
    func prepare() throws(Problem) {
        guard replaces || !FileSystem.exists("\(path)/\(Self.model)") else {
            throw Problem(
                .configurationInvalid, "There is a model in \(path) already.",
                hint: "Choose another folder with --out, or replace it with --force.")
        }
    }

    func write(_ result: TrainingResult) throws(Problem) {
        try FileSystem.makeFolder(path)
        let files: KeyValuePairs = [
            "bins.csv": result.binsCSV, "characteristics.csv": result.characteristicsCSV,
            "metrics.csv": result.metricsCSV, "chart.svg": result.chartSVG, Self.model: result.modelFile,
        ]
        for (name, text) in files {
            try FileSystem.write(Array(text.utf8), to: "\(path)/\(name)", as: .open, replacing: true)
        }
    }
}
