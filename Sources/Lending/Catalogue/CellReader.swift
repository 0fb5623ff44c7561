/// Reads names of cells, and multiplies out the profiles' families.
struct CellReader {
    static let maximumBytes = 128

    struct Refusal: Error {
        let reason: String
        /// Whether every word is known and only the combination has no meaning.
        var isCombination = false
    }

    let text: CatalogueText
    let windows: [CellWindow]

    func cell(named name: String) throws(Refusal) -> Cell {
        guard name.utf8.count <= Self.maximumBytes, name.utf8.allSatisfy({ (33...126).contains($0) }) else {
            throw Refusal(reason: "a name is at most \(Self.maximumBytes) ASCII characters without spaces")
        }
        let words = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        switch (words[0], words.count) {
        case ("exposure", 3): return try measure(name, words, text.exposure, ExposureMeasure.self, Cell.Body.exposure)
        case ("stacking", 3): return try measure(name, words, text.stacking, StackingMeasure.self, Cell.Body.stacking)
        case ("identity", 2):
            let (identity, form) = try known(words[1], text.identity, IdentityMeasure.self, "measure of identity")
            return Cell(name: name, body: .identity(identity), form: form)
        case (_, 6): return try eventCell(words, named: name)
        default: throw Refusal(reason: Self.shapes)
        }
    }

    private static let shapes = """
        a name is <stage>.<split>.<kind>.<segment>.<window>.<statistic>, exposure.<split>.<measure>, \
        stacking.<split>.<measure> or identity.<measure>
        """

    private func eventCell(_ words: [String], named name: String) throws(Refusal) -> Cell {
        let (statistic, longer) = try statistic(words[5])
        let cell = EventCell(
            stage: try value(words[0], CellStage.self, "stage"), split: try value(words[1], CellSplit.self, "split"),
            kind: try value(words[2], CellKind.self, "kind"), segment: try segment(words[3]),
            window: try window(words[4]), statistic: statistic, longer: longer)
        if let reason = cell.refusal { throw Refusal(reason: reason, isCombination: true) }
        let form = text.statistics.first { $0.token == statistic.rawValue }?.form ?? .count
        return Cell(name: name, body: .events(cell), form: cell.kind == .disagree ? .number : form)
    }

    private func statistic(_ word: String) throws(Refusal) -> (CellStatistic, CellWindow?) {
        let prefix = CellStatistic.shareOf.rawValue
        if word.hasPrefix(prefix) { return (.shareOf, try window(String(word.dropFirst(prefix.count)))) }
        return (try value(word, CellStatistic.self, "statistic"), nil)
    }

    private func segment(_ word: String) throws(Refusal) -> CellSegment {
        switch word {
        case "all": return .all
        case "bank": return .bank
        case "nonBank": return .nonBank
        case "night": return .night
        case "weekend": return .weekend
        default: break
        }
        if let name = listedName(word, after: CellSegment.classPrefix) { return .memberClass(name) }
        if let name = listedName(word, after: CellSegment.productPrefix) { return .product(name) }
        throw unknown(word, "segment", text.segments.map(\.token))
    }

    /// The policy lists classes and products, so any name that it could list is one; what it does not list counts none.
    private func listedName(_ word: String, after prefix: String) -> String? {
        guard word.hasPrefix(prefix) else { return nil }
        let name = word.dropFirst(prefix.count)
        let isListed = name.utf8.allSatisfy { byte in
            (97...122).contains(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "-")
        }
        return isListed && (1...64).contains(name.utf8.count) ? String(name) : nil
    }

    private func window(_ word: String) throws(Refusal) -> CellWindow {
        guard let window = windows.first(where: { $0.token == word }) else {
            throw unknown(word, "window", windows.map(\.token))
        }
        return window
    }

    private func measure<Measure: RawRepresentable<String> & CaseIterable>(
        _ name: String, _ words: [String], _ wordings: [Wording], _ type: Measure.Type,
        _ body: (CellSplit, Measure) -> Cell.Body
    ) throws(Refusal) -> Cell {
        let split = try value(words[1], CellSplit.self, "split")
        let (measure, form) = try known(words[2], wordings, Measure.self, "measure")
        guard wordings.contains(where: { $0.token == words[2] && $0.splits.contains(split) }) else {
            throw Refusal(reason: "the asker is one member: there is nothing to count", isCombination: true)
        }
        return Cell(name: name, body: body(split, measure), form: form)
    }

    private func known<Measure: RawRepresentable<String> & CaseIterable>(
        _ word: String, _ wordings: [Wording], _ type: Measure.Type, _ dimension: String
    ) throws(Refusal) -> (Measure, CellForm) {
        let measure = try value(word, Measure.self, dimension)
        return (measure, wordings.first { $0.token == word }?.form ?? .count)
    }

    private func value<Value: RawRepresentable<String> & CaseIterable>(
        _ word: String, _ type: Value.Type, _ dimension: String
    ) throws(Refusal) -> Value {
        guard let value = Value(rawValue: word) else {
            throw unknown(word, dimension, Value.allCases.map(\.rawValue))
        }
        return value
    }

    private func unknown(_ word: String, _ dimension: String, _ known: [String]) -> Refusal {
        Refusal(reason: "'\(word)' is no \(dimension) (\(known.joined(separator: ", ")))")
    }
}

extension CellReader {
    /// A profile's cells in their published order: those it includes, the measures, then family by family.
    func cells(of entry: ProfileEntry, after included: [Cell]) throws(Refusal) -> [Cell] {
        var cells = included
        var names = Set(included.map(\.name))
        for name in (entry.hasMeasures ? measureNames : []) + entry.families.flatMap(\.names)
        where !names.contains(name) {
            do throws(Refusal) {
                cells.append(try cell(named: name))
                names.insert(name)
            } catch {
                guard error.isCombination else { throw error }
            }
        }
        return cells
    }

    private var measureNames: [String] {
        let exposure = names("exposure", text.exposure)
        return exposure + names("stacking", text.stacking) + text.identity.map { "identity.\($0.token)" }
    }

    private func names(_ group: String, _ wordings: [Wording]) -> [String] {
        CellSplit.allCases.flatMap { split in
            wordings.filter { $0.splits.contains(split) }.map { "\(group).\(split.rawValue).\($0.token)" }
        }
    }
}

extension Family {
    fileprivate var names: [String] { combinations.map { $0.joined(separator: ".") } }
}
