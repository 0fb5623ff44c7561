/// Reads tokens into rules by recursive descent. A fault in a rule's form gives that rule up and goes on with the next,
/// a fault in a name or a number is noted and reading goes on at once, so that one run tells them all.
struct PolicyParser {
    /// A policy as written, before it is known to be free of faults.
    struct Draft {
        var name = ""
        var version = 0
        var rules: [DecisionRule] = []
        var otherwise = Outcome.review
        var otherwiseReason: DecisionReason?
    }

    /// Given up: the problem is noted already.
    struct Abandoned: Error {}

    let terms: PolicyTerms
    var problems: ProblemList
    var testCount = 0
    let tokens: [PolicyToken]
    /// Of the present token; the last one, `end`, is never passed.
    var index = 0
    private var draft = Draft()
    private var otherwisePlace: SourcePlace?
    private var ruleNames: [String: SourcePlace] = [:]
    private var reasons: [String: DecisionReason] = [:]

    /// - Parameter tokens: end with an `end`.
    init(_ tokens: [PolicyToken], terms: PolicyTerms, problems: ProblemList) {
        (self.tokens, self.terms, self.problems) = (tokens, terms, problems)
    }

    /// - Returns: the policy; of no use where there are errors among the problems.
    mutating func parse() -> Draft? {
        attempt { parser throws(Abandoned) in try parser.header() }
        while token.content != .end, !problems.isFull {
            if token.isWord("rule") {
                attempt { parser throws(Abandoned) in try parser.rule() }
            } else if token.isWord("otherwise") {
                attempt { parser throws(Abandoned) in try parser.otherwise() }
            } else {
                let hint = "start the next rule with \"rule\", or end the policy with \"otherwise\""
                attempt { parser throws(Abandoned) in try parser.refuse("\(parser.token.shown) starts no rule", hint) }
            }
        }
        guard !problems.isFull else { return nil }
        if otherwisePlace == nil {
            problems.error(token.place, "the policy has no \"otherwise\"", "end it with \"otherwise accept\"")
        }
        if ruleNames.isEmpty {
            problems.error(token.place, "the policy has no rule", "write at least one rule before \"otherwise\"")
        }
        return draft
    }

    /// Runs a part; where it is given up, goes on with the next rule.
    private mutating func attempt(_ part: (inout PolicyParser) throws(Abandoned) -> Void) {
        do throws(Abandoned) { try part(&self) } catch {
            while token.content != .end, !token.isWord("rule"), !token.isWord("otherwise") { index += 1 }
        }
    }

    // MARK: Parts of the file

    private mutating func header() throws(Abandoned) {
        let start = "start the file with: policy \"name\" version 1"
        try expect("policy", start)
        let place = token.place
        draft.name = try text("the policy's name", start)
        if draft.name.isEmpty { problems.error(place, "the policy's name is empty", start) }
        try expect("version", "write the policy's version after its name, as: version 1")
        let version = try number("the policy's version", in: 1...1_000_000_000, allowsDays: false)
        draft.version = Int(version)
    }

    private mutating func rule() throws(Abandoned) {
        let start = token.place
        index += 1
        if let otherwisePlace {
            problems.error(start, "a rule stands after \"otherwise\"", "move it above line \(otherwisePlace.line)")
        }
        let name = try ruleName()
        let action = try action()
        try expect("when", "write the rule's condition after \"when\"")
        let condition = try condition(in: nil, depth: 0)
        let reason = try reason(isNeeded: action != .accept, by: "a rule that may \(action.rawValue)")
        let reviewsUnknown = try unknown()
        if ruleNames.count > PolicyLimits.rules {
            problems.error(start, "the policy has more than \(PolicyLimits.rules) rules", "join or drop some")
            throw Abandoned()
        }
        draft.rules.append(
            DecisionRule(
                name: name, action: action, reason: reason, reviewsUnknown: reviewsUnknown, line: start.line,
                condition: condition))
    }

    private mutating func ruleName() throws(Abandoned) -> String {
        let place = token.place
        let name = try word("the rule's name", "name the rule after \"rule\", as: rule FRAUD refuse when …")
        if name.utf8.count > PolicyLimits.nameCharacters {
            problems.error(
                place, "the rule's name is too long", "keep it to \(PolicyLimits.nameCharacters) characters")
        }
        if let first = ruleNames[name] {
            problems.error(
                place, "a rule \"\(name)\" stands on line \(first.line) already", "give every rule its own name")
        }
        ruleNames[name] = place
        return name
    }

    private mutating func action() throws(Abandoned) -> DecisionRule.Action {
        guard case .word(let word) = token.content, let action = DecisionRule.Action(rawValue: word) else {
            try refuse("\(token.shown) is no action", "write accept, review, hold or refuse after the rule's name")
        }
        index += 1
        return action
    }

    private mutating func otherwise() throws(Abandoned) {
        if let first = otherwisePlace {
            problems.error(token.place, "\"otherwise\" stands on line \(first.line) already", "keep one of the two")
        }
        otherwisePlace = token.place
        index += 1
        guard case .word(let word) = token.content, let outcome = Outcome(rawValue: word) else {
            try refuse("\(token.shown) is no outcome", "write accept, review or refuse after \"otherwise\"")
        }
        index += 1
        draft.otherwise = outcome
        draft.otherwiseReason = try reason(isNeeded: outcome != .accept, by: "\"otherwise \(word)\"")
    }

    private mutating func unknown() throws(Abandoned) -> Bool {
        guard take("unknown") else { return false }
        try expect("review", "write \"unknown review\", or leave \"unknown\" out: an open rule then does nothing")
        return true
    }

    // MARK: Reasons

    private mutating func reason(isNeeded: Bool, by what: String) throws(Abandoned) -> DecisionReason? {
        let form = "write: because \"code\" en \"…\" zh \"…\""
        guard token.isWord("because") else {
            guard isNeeded else { return nil }
            let isNext = token.content == .end || token.isWord("rule") || token.isWord("otherwise")
            if isNext || token.isWord("unknown") {
                problems.error(token.place, "\(what) needs a reason here", form)
                return nil
            }
            try refuse(
                "\(token.shown) does not continue the condition", "join tests with \"and\" or \"or\", or \(form)")
        }
        index += 1
        let place = token.place
        let code = try text("the reason's code", form)
        if !Self.isReasonCode(code) {
            problems.error(place, "the reason's code is not valid", "use 2 to 32 of a-z, 0-9 and '-', from a letter")
        }
        try expect("en", form)
        let english = try label("the English words of the reason", form)
        try expect("zh", form)
        let chinese = try label("the Chinese words of the reason", form)
        let reason = DecisionReason(code: code, english: english, chinese: chinese)
        if reasons[code, default: reason] != reason {
            problems.error(
                place, "the reason \"\(code)\" has other words elsewhere", "give one code the same words everywhere")
        }
        reasons[code] = reason
        return reason
    }

    private mutating func label(_ what: String, _ hint: String) throws(Abandoned) -> String {
        let place = token.place
        let text = try text(what, hint)
        if text.allSatisfy(\.isWhitespace) { problems.error(place, "\(what) are missing", hint) }
        return text
    }

    private static func isReasonCode(_ code: String) -> Bool {
        let characters = Array(code.unicodeScalars)
        guard (2...32).contains(characters.count), ("a"..."z").contains(characters[0]) else { return false }
        return characters.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" }
    }
}
