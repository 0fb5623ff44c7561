package import Vocabulary

/// A lender's rules for what to do about an application, read from a file. `schemas/decisions/README.md` is the
/// reference of its language.
///
/// It runs in the lender's own process on an answer; the exchange gives facts and never decides.
package struct DecisionPolicy: Sendable {
    package let name: String
    package let version: Int
    /// Of the file's exact bytes, so that a decision on file can be traced to the text that made it.
    package let digest: Hash
    package let rules: [DecisionRule]
    /// What happens where no rule's condition is true and the node did answer.
    package let otherwise: Outcome
    /// Given with every decision that `otherwise` made; for accepting there may be none.
    package let otherwiseReason: DecisionReason?
    /// Thresholds that bands leave open and the like: the policy stands, but deserves a look.
    package let warnings: [PolicyProblem]
    /// The statistics cells that the rules ask about: an answer's profile should have them.
    package let cells: Set<String>

    /// Reads a policy file.
    ///
    /// - Parameters:
    ///   - terms: the names that the consortium's registry and catalogue know.
    ///   - hash: SHA-256.
    /// - Throws: everything wrong with it, each with line, column and a next step.
    package init(parsing bytes: [UInt8], terms: PolicyTerms, hash: ([UInt8]) -> Hash) throws(PolicyFailure) {
        var problems = ProblemList()
        guard let text = PolicyText.read(bytes, &problems) else { throw PolicyFailure(problems: problems.errors) }
        var lexer = PolicyLexer(text)
        lexer.run(&problems)
        var parser = PolicyParser(lexer.tokens, terms: terms, problems: problems)
        let draft = parser.parse()
        guard parser.problems.errors.isEmpty, let draft else {
            throw PolicyFailure(problems: parser.problems.errors.sorted { $0.place < $1.place })
        }
        (name, version, digest) = (draft.name, draft.version, hash(bytes))
        rules = draft.rules
        (otherwise, otherwiseReason) = (draft.otherwise, draft.otherwiseReason)
        warnings = parser.problems.warnings
        cells = draft.rules.reduce(into: []) { $0.formUnion($1.condition.cells) }
    }

    /// The policy that ships: `schemas/decisions/default.policy`, compiled in.
    package static var shippedText: [UInt8] { PackageResources.default_policy }
}
