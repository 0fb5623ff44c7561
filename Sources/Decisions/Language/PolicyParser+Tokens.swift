extension PolicyParser {
    var token: PolicyToken { tokens[index] }

    mutating func advance() { if token.content != .end { index += 1 } }

    /// Notes a problem at the present token and gives the rule up.
    mutating func refuse(_ message: String, _ hint: String) throws(Abandoned) -> Never {
        problems.error(token.place, message, hint)
        throw Abandoned()
    }

    mutating func take(_ word: String) -> Bool {
        guard token.isWord(word) else { return false }
        index += 1
        return true
    }

    mutating func take(sign: String) -> Bool {
        guard token.isSign(sign) else { return false }
        index += 1
        return true
    }

    mutating func expect(_ word: String, _ hint: String) throws(Abandoned) {
        guard take(word) else { try refuse("expected \"\(word)\", met \(token.shown)", hint) }
    }

    mutating func expect(sign: String, _ hint: String) throws(Abandoned) {
        guard take(sign: sign) else { try refuse("expected \"\(sign)\", met \(token.shown)", hint) }
    }

    mutating func text(_ what: String, _ hint: String) throws(Abandoned) -> String {
        guard case .text(let text) = token.content else {
            try refuse("expected \(what) in quotation marks, met \(token.shown)", hint)
        }
        index += 1
        return text
    }

    mutating func word(_ what: String, _ hint: String) throws(Abandoned) -> String {
        guard case .word(let word) = token.content, !Self.reserved.contains(word) else {
            try refuse("expected \(what), met \(token.shown)", hint)
        }
        index += 1
        return word
    }

    /// A number within a range; what lies outside is noted, and the range's start taken.
    mutating func number(
        _ what: String, in range: ClosedRange<Int64>, allowsDays: Bool
    ) throws(Abandoned) -> Int64 {
        guard case .number(let number, let isDays) = token.content else {
            try refuse("expected \(what), met \(token.shown)", "write a whole number")
        }
        if isDays, !allowsDays {
            problems.error(token.place, "\(what) is not counted in days", "write \(number) instead of \(number)d")
        }
        if !range.contains(number) {
            problems.error(
                token.place, "\(what) cannot be \(number)",
                "write a number from \(range.lowerBound) to \(range.upperBound)")
        }
        index += 1
        return range.contains(number) ? number : range.lowerBound
    }

    static let reserved: Set<String> = [
        "policy", "version", "rule", "when", "because", "otherwise", "unknown", "and", "or", "not", "with", "in", "is",
    ]
}
