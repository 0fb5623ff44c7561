package import Vocabulary

/// Why a record is not let in: where, which rule, and what would be.
package struct AdmissionFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// Such as `records[3].subjects[0].identifiers[2]`.
    package let path: String
    package let rule: AdmissionRule
    /// What would be admitted instead. It holds the policy's words and numbers, never a value of the record.
    package let hint: String

    package init(_ rule: AdmissionRule, path: String, hint: String) {
        (self.rule, self.path, self.hint) = (rule, path, hint)
    }

    /// The failure as seen from the document that holds the record.
    package func below(_ prefix: String) -> AdmissionFailure {
        AdmissionFailure(rule, path: path.isEmpty ? prefix : "\(prefix).\(path)", hint: hint)
    }

    package var description: String { "\(path): \(rule.sentence) \(hint)" }
}

extension Problem {
    package init(_ failure: AdmissionFailure) {
        self.init(
            failure.rule.code, "\(failure.rule.sentence) (rule \(failure.rule.rawValue))", hint: failure.hint,
            path: failure.path)
    }
}
