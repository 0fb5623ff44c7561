/// A place in a policy file: line and column from 1; a column counts Unicode scalars.
package struct SourcePlace: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) { (self.line, self.column) = (line, column) }

    package var description: String { "\(line):\(column)" }
    package static func < (left: SourcePlace, right: SourcePlace) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// What is wrong at one place of a policy file, and what to do about it.
package struct PolicyProblem: Hashable, Sendable, CustomStringConvertible {
    package let place: SourcePlace
    /// What was met and why it cannot stand.
    package let message: String
    /// The next step.
    package let hint: String

    /// One line as compilers print it, such as `3:17: unknown cell "a.b"; write "a.c"`.
    package var description: String { "\(place): \(message); \(hint)" }
}

/// Everything found wrong in a policy file in one run, at most ``PolicyLimits/problems``, in the file's order.
package struct PolicyFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package let problems: [PolicyProblem]

    package var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// Problems as they are found: what stops the policy, and what only deserves a word.
struct ProblemList {
    private(set) var errors: [PolicyProblem] = []
    private(set) var warnings: [PolicyProblem] = []

    var isFull: Bool { errors.count >= PolicyLimits.problems }

    /// Notes an error; of several at one place the first tells enough.
    mutating func error(_ place: SourcePlace, _ message: String, _ hint: String) {
        guard !isFull, !errors.contains(where: { $0.place == place }) else { return }
        errors.append(PolicyProblem(place: place, message: message, hint: hint))
    }

    mutating func warning(_ place: SourcePlace, _ message: String, _ hint: String) {
        guard warnings.count < PolicyLimits.warnings else { return }
        warnings.append(PolicyProblem(place: place, message: message, hint: hint))
    }
}
