/// Conditions: tests joined by `and`, `or` and `not`, within an answer or within one element of a list.
extension PolicyParser {
    /// - Parameter list: the list whose element is asked about; `nil` for the answer itself.
    mutating func condition(in list: ItemList?, depth: Int) throws(Abandoned) -> Condition {
        var parts = [try part(in: list, depth: depth)]
        guard token.isWord("and") || token.isWord("or") else { return parts[0] }
        let isAll = token.isWord("and")
        while token.isWord("and") || token.isWord("or") {
            guard token.isWord("and") == isAll else {
                try refuse(
                    "\"and\" and \"or\" stand side by side", "put parentheses around what belongs together")
            }
            advance()
            parts.append(try part(in: list, depth: depth))
        }
        return isAll ? .all(parts) : .any(parts)
    }

    private mutating func part(in list: ItemList?, depth: Int) throws(Abandoned) -> Condition {
        guard depth < PolicyLimits.depth else {
            try refuse("the condition is nested too deeply", "keep to \(PolicyLimits.depth) levels, or divide the rule")
        }
        if take("not") { return .negation(try part(in: list, depth: depth + 1)) }
        if take(sign: "(") {
            let inner = try condition(in: list, depth: depth + 1)
            try expect(sign: ")", "close the parenthesis, or join tests with \"and\" or \"or\"")
            return inner
        }
        testCount += 1
        guard testCount <= PolicyLimits.tests else {
            try refuse("the policy has more than \(PolicyLimits.tests) tests", "join or drop some rules")
        }
        guard let list else { return .test(try answerTest(depth: depth)) }
        return .test(try fieldTest(of: list))
    }

    private mutating func answerTest(depth: Int) throws(Abandoned) -> Test {
        let place = token.place
        let name = try word("a test", "ask for a \(ItemList.named), a cell, score, confidence or status")
        switch name {
        case "any": return try items(atLeast: 1, depth: depth)
        case "at":
            try expect("least", "write: at least 2 signals with (…)")
            let count = try number("the number after \"at least\"", in: 1...1_000, allowsDays: false)
            return try items(atLeast: Int(count), depth: depth)
        case "finding":
            let codes = try names(from: terms.findings, "finding")
            return .items(.finding, atLeast: 1, .test(.field(ItemField.findingCode, .names(codes))))
        case "status": return .status(try names(from: Lexicon(AnswerStatus.names), "status"))
        case "truncated": return .truncated
        case "score":
            let (comparison, number) = try comparison(of: "score", .exact(0...1000), bands: [])
            return .score(comparison, number)
        case "confidence":
            let (comparison, level) = try level(of: "confidence", among: ItemField.levels)
            return .confidence(comparison, level)
        default: return try cell(name, at: place)
        }
    }

    private mutating func items(atLeast count: Int, depth: Int) throws(Abandoned) -> Test {
        let hint = "write \(ItemList.named), such as: any signal with (severity >= 4)"
        guard case .word(let word) = token.content, let list = ItemList(word: word) else {
            try refuse("\(token.shown) is no list of the answer", hint)
        }
        advance()
        guard take("with") else { return .items(list, atLeast: count, .all([])) }
        try expect(sign: "(", "put what is asked of a \(word) in parentheses")
        let inner = try condition(in: list, depth: depth + 1)
        try expect(sign: ")", "close the parenthesis of \"with\", or join tests with \"and\" or \"or\"")
        return .items(list, atLeast: count, inner)
    }

    private mutating func cell(_ name: String, at place: SourcePlace) throws(Abandoned) -> Test {
        guard name.contains(".") else {
            problems.error(place, "\"\(name)\" is not something to ask of an answer", hintForAnswer(name))
            throw Abandoned()
        }
        if !terms.cells.contains(name) {
            let near = terms.cells.nearest(name).map { "did you mean \"\($0)\"?" }
            problems.error(
                place, "unknown cell \"\(name)\"", near ?? "look its name up in the catalogue of statistics")
        }
        if take("told") { return .told(name) }
        let scale = Scale(cell: name)
        let isBanded = scale == .amount || name.contains(".others.") || name.hasPrefix("identity.")
        let bands = isBanded ? scale.bands(countBands: terms.countBands) : []
        let (comparison, number) = try comparison(of: name, scale, bands: bands)
        return .cell(name, comparison, number)
    }

    private func hintForAnswer(_ name: String) -> String {
        if let list = ItemList.allCases.first(where: { $0.field(named: name) != nil }) {
            return "ask it of a \(list.rawValue): any \(list.rawValue) with (\(name) …)"
        }
        let known = ["any", "at least", "finding", "status", "truncated", "score", "confidence", "not"]
        return Lexicon.nearest(to: name, among: known).map { "did you mean \"\($0)\"?" }
            ?? "ask for any \(ItemList.named), a cell, score, confidence, status or truncated"
    }

    private mutating func fieldTest(of list: ItemList) throws(Abandoned) -> Test {
        let place = token.place
        let known = list.fields.map(\.name)
        let name = try word("a field of a \(list.rawValue)", "ask for one of: \(known.joined(separator: ", "))")
        guard let field = list.field(named: name) else {
            let isOutside = name.contains(".") || AnswerStatus.words.contains(name)
            let near = Lexicon.nearest(to: name, among: known).map { "did you mean \"\($0)\"?" }
            problems.error(
                place, "a \(list.rawValue) has no \"\(name)\"",
                isOutside
                    ? "close the parenthesis of \"with\" before it"
                    : near ?? "ask for one of: \(known.joined(separator: ", "))")
            throw Abandoned()
        }
        return .field(field, try demand(on: field))
    }

    private mutating func demand(on field: ItemField) throws(Abandoned) -> Demand {
        switch field.kind {
        case .number(let scale):
            let bands = scale.bands(countBands: terms.countBands)
            let (comparison, number) = try comparison(of: field.name, scale, bands: bands)
            return .number(comparison, number)
        case .level(let levels):
            let (comparison, level) = try level(of: field.name, among: levels)
            return .level(comparison, level)
        case .name(let names): return .names(try self.names(from: Lexicon(names), field.name))
        case .code(.reasons): return .names(try names(from: terms.codes, field.name))
        case .code(.findings): return .names(try names(from: terms.findings, field.name))
        case .family: return .names(try names(from: nil, field.name))
        case .flag, .state: return .isSo
        }
    }
}
