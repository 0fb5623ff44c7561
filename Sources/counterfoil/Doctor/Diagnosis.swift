import Vocabulary

/// What was looked at, what was found, and what to do where it is not as it should be.
struct Diagnosis {
    struct Finding {
        let what: String
        let detail: String
        /// `nil` where all is well.
        let problem: Problem?
    }

    private(set) var findings: [Finding] = []

    var isWell: Bool { findings.allSatisfy { $0.problem == nil } }

    /// Looks at one thing.
    ///
    /// - Parameter look: returns what is well about it, or throws what is not.
    /// - Returns: whether it is well.
    @discardableResult
    mutating func look(_ what: String, _ look: () throws(Problem) -> String) -> Bool {
        do throws(Problem) { add(what, try look(), nil) } catch { add(what, error.detail, error) }
        return findings[findings.count - 1].problem == nil
    }

    @discardableResult
    mutating func look(_ what: String, _ look: () async throws(Problem) -> String) async -> Bool {
        do throws(Problem) { add(what, try await look(), nil) } catch { add(what, error.detail, error) }
        return findings[findings.count - 1].problem == nil
    }

    private mutating func add(_ what: String, _ detail: String, _ problem: Problem?) {
        findings.append(Finding(what: what, detail: detail, problem: problem))
    }

    var json: JSON {
        .object([
            "well": .bool(isWell),
            "findings": .array(
                findings.map { finding in
                    .object([
                        "what": .string(finding.what), "well": .bool(finding.problem == nil),
                        "detail": .string(finding.detail), "code": .optional(finding.problem?.code.rawValue),
                        "hint": .optional(finding.problem?.hint),
                    ])
                }),
        ])
    }

    var text: String {
        let width = findings.map(\.what.count).max() ?? 0
        return findings.map { finding in
            let space = String(repeating: " ", count: width - finding.what.count + 2)
            let line = "\(finding.problem == nil ? "✓" : "✗") \(finding.what)\(space)\(finding.detail)\n"
            return line + (finding.problem?.hint.map { String(repeating: " ", count: width + 4) + "→ \($0)\n" } ?? "")
        }.joined()
    }
}
