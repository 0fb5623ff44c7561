/// What stands after a test's name: a comparison with a number or a level, or names.
extension PolicyParser {
    /// A comparison with a number, in the unit of the scale's told values.
    mutating func comparison(
        of name: String, _ scale: Scale, bands: [Interval]
    ) throws(Abandoned) -> (Comparison, Int64) {
        let comparison = try sign(after: name)
        let place = token.place
        let range = -PolicyLimits.number...PolicyLimits.number
        let number = try number("\"\(name)\"", in: range, allowsDays: scale == .days)
        warn(comparison, number, of: name, scale, bands: bands, at: place)
        return (comparison, number * scale.unit)
    }

    private mutating func sign(after name: String) throws(Abandoned) -> Comparison {
        guard case .sign(let sign) = token.content, let comparison = Comparison(rawValue: sign) else {
            let hint =
                switch token.content {
                case .sign("="): "write == for \"equal\""
                case .sign("!"), .sign("!="): "write \"not\" before the test, and =="
                case .word("is"): "write == and a number"
                default: "write >=, >, <=, < or == after \"\(name)\""
                }
            try refuse("expected a comparison, met \(token.shown)", hint)
        }
        advance()
        return comparison
    }

    /// Says where a threshold makes a test always or never true, or where a band leaves it open.
    private mutating func warn(
        _ comparison: Comparison, _ number: Int64, of name: String, _ scale: Scale, bands: [Interval],
        at place: SourcePlace
    ) {
        let threshold = number * scale.unit
        let whole = comparison.holds(scale.domain, against: threshold)
        if whole != .unknown {
            problems.warning(
                place, "\"\(name) \(comparison.rawValue) \(number)\" is \(whole == .isTrue ? "always" : "never") true",
                "compare with a number that \"\(name)\" can lie on both sides of")
        } else if let band = bands.first(where: { comparison.holds($0, against: threshold) == .unknown }) {
            let edges = [band.lower, band.upper.map { $0 + 1 }].compactMap { $0.map { $0 / scale.unit } }
                .filter { $0 > 0 || scale == .rise }
            let offer = edges.map(String.init).joined(separator: " or ")
            problems.warning(
                place, "\(number) does not lie on an edge of the bands in which \"\(name)\" is told about others",
                "inside its band the test stays undecided: compare by >= or < with an edge, here \(offer)")
        }
    }

    /// A comparison with a level by its place in the list, or `is` and a level.
    mutating func level(
        of name: String, among levels: [String]
    ) throws(Abandoned) -> (Comparison, Int64) {
        let comparison = take("is") ? .equal : try sign(after: name)
        let hint = "write one of: \(levels.joined(separator: ", "))"
        let place = token.place
        let word = try word("a level of \"\(name)\"", hint)
        if let level = levels.firstIndex(of: word) { return (comparison, Int64(level)) }
        problems.error(place, "\"\(word)\" is no level of \"\(name)\"", hint)
        return (comparison, 0)
    }

    /// One name, after `is` or not, or several after `in` in parentheses.
    mutating func names(from lexicon: Lexicon?, _ what: String) throws(Abandoned) -> Set<String> {
        guard take("in") else {
            if case .sign(let sign) = token.content, sign != "(", sign != ")" {
                try refuse(
                    "\"\(what)\" is not compared by \"\(sign)\"", "write \"\(what) is NAME\" or \"\(what) in (…)\"")
            }
            _ = take("is")
            return [try name(from: lexicon, what)]
        }
        try expect(sign: "(", "list the names in parentheses: \(what) in (A, B)")
        var names: Set<String> = []
        repeat {
            names.insert(try name(from: lexicon, what))
            guard names.count <= PolicyLimits.listedNames else {
                try refuse(
                    "the list has more than \(PolicyLimits.listedNames) names", "divide it, or ask for the family")
            }
        } while take(sign: ",")
        try expect(sign: ")", "close the list, or put a comma between names")
        return names
    }

    private mutating func name(from lexicon: Lexicon?, _ what: String) throws(Abandoned) -> String {
        let place = token.place
        let name = try word("a name of \"\(what)\"", "write \"\(what) is NAME\" or \"\(what) in (A, B)\"")
        if let lexicon, !lexicon.contains(name) {
            let near = lexicon.nearest(name).map { "did you mean \"\($0)\"?" }
            problems.error(place, "\"\(name)\" is no known \(what)", near ?? "look it up in the consortium's policy")
        }
        return name
    }
}
