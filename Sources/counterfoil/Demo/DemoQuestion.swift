import Sodium
import Vocabulary

/// One question of the demo, with what must come back for the demo to count as passed.
struct DemoQuestion: Sendable {
    enum Expected: Sendable {
        case answer(status: String, signals: [Signal], liveApplications: String, decision: String)
        case refusal(ErrorCode, path: String)
    }

    struct Signal: Sendable, Equatable {
        let code: String
        let reporters: String
    }

    let title: String
    let person: DemoPerson
    let expected: Expected

    static let all = [
        DemoQuestion(
            title: "Clean: nobody has met this applicant", person: .clean,
            expected: .answer(status: "noRecord", signals: [], liveApplications: "0", decision: "accept")),
        DemoQuestion(
            title: "Stacked: live applications at four other lenders", person: .stacked,
            expected: .answer(status: "found", signals: [], liveApplications: "3-4", decision: "refuse")),
        DemoQuestion(
            title: "Reported by two lenders", person: .reported,
            expected: .answer(
                status: "found", signals: [Signal(code: "FRD-FIRST-PARTY", reporters: "2")], liveApplications: "0",
                decision: "refuse")),
        DemoQuestion(
            title: "Victim of impersonation: protected, not suspected", person: .victim,
            expected: .answer(
                status: "found", signals: [Signal(code: "VIC-IMPERSONATED", reporters: "1")], liveApplications: "0",
                decision: "review")),
        DemoQuestion(
            title: "Mistyped: a wrong digit in the ID, refused by the gateway itself", person: .mistyped,
            expected: .refusal(.invalidIdentifier, path: "applicant.nationalIDs[0]")),
    ]

    var document: JSON { Self.document(asking: person) }

    static func document(asking person: DemoPerson) -> JSON {
        .object([
            "check": .string(RecordID(random: SystemRandom.bytes(16)).description), "purpose": "application",
            "mode": "hard", "applicationRef": "demo-application", "consent": .string(DemoRecords.digest("consent")),
            "product": "cash-loan", "applicant": person.applicant,
        ])
    }
}

/// What came back.
struct DemoAnswer: Sendable {
    let question: DemoQuestion
    let outcome: Result<JSON, Problem>

    /// What differs from what must come back, or `nil`.
    var difference: String? {
        switch (question.expected, outcome) {
        case (.answer(let status, let signals, let applications, let decision), .success(let answer)):
            guard answer["status"]?.string == status else { return "the status is not \(status)" }
            let found = (answer["signals"]?.array ?? []).map {
                DemoQuestion.Signal(code: $0["code"]?.string ?? "", reporters: $0["reporters"]?.string ?? "")
            }
            guard found == signals else { return "the signals are \(found.map(\.code)) and not \(signals.map(\.code))" }
            let live = answer["statistics"]?["cells"]?["exposure.others.liveApplications"]?.string
            guard live == applications else { return "the live applications are \(live ?? "not told")" }
            let outcome = answer["decision"]?["outcome"]?.string
            return outcome == decision ? nil : "the decision is \(outcome ?? "missing")"
        case (.refusal(let code, let path), .failure(let problem)):
            guard problem.code == code else { return "it was refused with \(problem.code.rawValue)" }
            return problem.path == path ? nil : "the refusal names another field"
        case (.answer, .failure(let problem)): return "it was refused with \(problem.code.rawValue)"
        case (.refusal, .success): return "it was not refused"
        }
    }

    var json: JSON {
        let (answer, problem): (JSON?, JSON?) =
            switch outcome {
            case .success(let answer): (answer, nil)
            case .failure(let problem):
                (
                    nil,
                    .object([
                        "code": .string(problem.code.rawValue), "detail": .string(problem.detail),
                        "path": .optional(problem.path), "hint": .optional(problem.hint),
                    ])
                )
            }
        return .object([
            "title": .string(question.title), "asExpected": .bool(difference == nil), "answer": answer,
            "refusal": problem,
        ])
    }

    func text(number: Int) -> String {
        let body =
            switch outcome {
            case .success(let answer): AnswerText(answer).text
            case .failure(let problem):
                "REFUSED: \(problem.detail)\n" + (problem.hint.map { "\($0)\n" } ?? "")
            }
        let lines = body.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        return "\(number). \(question.title)\n" + lines.map { $0.isEmpty ? "\n" : "   \($0)\n" }.joined()
    }
}
