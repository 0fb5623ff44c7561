internal import Vocabulary

/// An answer of the gateway as a policy asks about it.
///
/// An answer that says nothing about the person (`notEntitled`, `unavailable` …) leaves every test but that of its
/// status open, so that no rule takes silence for innocence.
struct AnswerFacts {
    /// One of ``AnswerStatus/names``; `nil` where the document has none that is known here.
    let status: String?
    /// Whether the node said what it knows about the person.
    let isAnswered: Bool
    private let answer: JSON
    private let cells: [String: JSON]

    /// - Parameter names: the cells that will be asked about.
    init(_ answer: JSON, cells names: Set<String>) {
        let said = answer["status"]?.string
        status = said.flatMap { text in AnswerStatus.names.first { $0.utf8.elementsEqual(text.utf8) } }
        isAnswered = status.map(AnswerStatus.answered.contains) ?? false
        self.answer = answer
        var cells: [String: JSON] = [:]
        if !names.isEmpty, let members = answer["statistics"]?["cells"]?.members {
            for member in members where names.contains(member.name) { cells[member.name] = member.value }
        }
        self.cells = cells
    }

    func truth(of condition: Condition) -> Truth { condition.truth { truth(of: $0) } }

    /// What makes the condition as true as it is known to be; slower than ``truth(of:)``, so asked of few.
    func behind(_ truth: Truth, _ condition: Condition) -> [DecisionFact] {
        let verdict = condition.verdict { test in
            let truth = self.truth(of: test)
            return Verdict(truth, facts(of: test, truth))
        }
        assert(verdict.truth == truth, "Both ways of asking give one truth.")
        return verdict.facts
    }

    private func truth(of test: Test) -> Truth {
        if case .status(let names) = test { return status.map { Truth(names.contains($0)) } ?? .unknown }
        guard isAnswered else { return .unknown }
        switch test {
        case .status, .field: preconditionFailure("A status is asked above, a field of an element of a list alone.")
        case .truncated: return answer["truncated"]?.bool.map { Truth($0) } ?? .unknown
        case .cell(let name, let comparison, let number):
            return comparison.holds(Scale(cell: name).interval(of: cells[name]), against: number)
        case .told(let name): return Truth(cells[name, default: .null] != .null)
        case .score(let comparison, let number):
            return comparison.holds(score?["points"]?.integer.map { Interval($0) }, against: number)
        case .confidence(let comparison, let level):
            let place = score?["confidence"]?.string.flatMap { ItemField.levels.firstIndex(of: $0) }
            return comparison.holds(place.map { Interval(Int64($0)) }, against: level)
        case .items(let list, let count, let condition):
            guard let elements = list.elements(in: answer) else { return .unknown }
            return .atLeast(count, of: elements.lazy.map { ItemFacts(list, $0).truth(of: condition) })
        }
    }

    private var score: JSON? { answer["score"] }

    private func facts(of test: Test, _ truth: Truth) -> [DecisionFact] {
        switch test {
        case .status: return [DecisionFact("status", .optional(status))]
        case .truncated: return [DecisionFact("truncated", answer["truncated"])]
        case .cell(let name, _, _), .told(let name): return [DecisionFact(name, cells[name])]
        case .score: return [DecisionFact("score", score?["points"])]
        case .confidence: return [DecisionFact("confidence", score?["confidence"])]
        case .items(let list, _, let condition): return facts(of: list, condition, truth)
        case .field: preconditionFailure("A field is asked of an element of a list alone.")
        }
    }

    /// The elements that satisfy the condition, or what they leave open; nothing stands for there being none.
    private func facts(of list: ItemList, _ condition: Condition, _ truth: Truth) -> [DecisionFact] {
        guard isAnswered, let elements = list.elements(in: answer) else { return [DecisionFact(list.rawValue, nil)] }
        let items = elements.map { ItemFacts(list, $0) }
        switch truth {
        case .isFalse: return []
        case .isTrue:
            let met = items.lazy.filter { $0.truth(of: condition) == .isTrue }
            return met.prefix(DecisionFact.limit).map(\.fact)
        case .unknown: return Verdict(.unknown, of: items.map { $0.verdict(on: condition) }).facts
        }
    }
}
