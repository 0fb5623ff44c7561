import ArgumentParser
import Records
import Registry
import Vocabulary

/// By which policy a bench's consortium lives.
struct BenchPolicy: ParsableArguments {
    @Option(help: ArgumentHelp("The policy: a document, or a folder such as schemas/policy.", valueName: "path"))
    var policy = "schemas/policy"

    func read() throws(Problem) -> Policy {
        guard FileSystem.exists(policy) else {
            throw Problem(
                .notFound, "There is no policy \(policy).",
                hint: "Run this from the checkout, or name a policy with --policy.")
        }
        return try PolicyFile.read(policy)
    }
}
