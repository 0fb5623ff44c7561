import Decisions
import Vocabulary

/// A candidate policy over answers in a file, one document a line.
enum LocalDryRun {
    static let limit = 1 << 30

    /// - Parameter lines: answers as the gateway gives them, or documents with one under `answer`.
    /// - Throws: `malformedJSON`, with the line.
    static func run(
        _ active: DecisionPolicy, _ candidate: DecisionPolicy, over lines: [UInt8]
    ) throws(Problem) -> DecisionChanges {
        var run = DryRun(active: active, candidate: candidate)
        for (index, line) in lines.split(separator: 10).enumerated() where line != [13] {
            let document: JSON
            do throws(JSONFailure) { document = try JSON(parsing: Array(line)) } catch {
                throw Problem(.malformedJSON, "Line \(index + 1) is not JSON: \(error).")
            }
            let answer = document["answer"] ?? document
            run.take(answer, named: answer["check"]?.string ?? "line \(index + 1)")
        }
        return run.changes
    }
}
