import Glibc
import Vocabulary

/// A question to the person at the terminal.
enum Confirmation {
    /// - Returns: whether the answer was the word `yes`.
    static func ask(_ question: String) throws(Problem) -> Bool {
        guard isatty(STDIN_FILENO) == 1 else {
            throw Problem(
                .configurationInvalid, "There is no terminal to confirm at.",
                hint: "Add --yes to go on without asking.")
        }
        Terminal.prompt(question)
        return readLine() == "yes"
    }
}
