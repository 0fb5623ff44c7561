import ArgumentParser
import Modelling
import Registry
import Sodium
import Vocabulary

struct ModelShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a model: its characteristics, bins and points.")

    @Argument(help: ArgumentHelp("The model.", valueName: "json"), completion: .file(extensions: ["json"]))
    var model: String

    @OptionGroup var output: OutputOptions

    func run() throws {
        let model = try ModelFile.read(model)
        Terminal.show(
            asJSON: output.asJSON, model.json { SHA256.hash($0) }, people: model.table + "\n" + model.bins)
    }
}

/// A model out of its file.
enum ModelFile {
    static func read(_ path: String) throws(Problem) -> TrainedModel {
        try TrainedModel(json: try InputDocument.read(path)) { SHA256.hash($0) }
    }
}
