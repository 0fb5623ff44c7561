extension Catalogue {
    /// What a cell's value says, in complete sentences; the words come from the catalogue's file.
    package func explain(_ name: String) throws(CellNameFailure) -> (english: String, chinese: String) {
        explain(try cell(named: name))
    }

    package func explain(_ cell: Cell) -> (english: String, chinese: String) {
        switch cell.body {
        case .events(let body): sentence(text.sentences.events, words(of: body))
        case .exposure(let split, let measure): explain(split, measure.rawValue, text.exposure)
        case .stacking(let split, let measure): explain(split, measure.rawValue, text.stacking)
        case .identity(let measure):
            sentence(text.sentences.identity, [("measure", phrase(measure.rawValue, text.identity))])
        }
    }

    private func explain(
        _ split: CellSplit, _ measure: String, _ wordings: [Wording]
    ) -> (english: String, chinese: String) {
        sentence(
            text.sentences.measure,
            [("split", phrase(split.rawValue, text.splits)), ("measure", phrase(measure, wordings))])
    }

    private func words(of cell: EventCell) -> [(place: String, phrase: Phrase)] {
        var statistic = phrase(cell.statistic.rawValue, text.statistics)
        if let longer = cell.longer { statistic = statistic.with(phrase(longer.token, text.windows), at: "window") }
        return [
            ("stage", phrase(cell.stage.rawValue, text.stages)), ("split", phrase(cell.split.rawValue, text.splits)),
            ("kind", phrase(cell.kind.rawValue, text.kinds)), ("segment", phrase(of: cell.segment)),
            ("window", phrase(cell.window.token, text.windows)), ("statistic", statistic),
        ]
    }

    private func phrase(of segment: CellSegment) -> Phrase {
        switch segment {
        case .all: phrase("all", text.segments)
        case .bank: phrase("bank", text.segments)
        case .nonBank: phrase("nonBank", text.segments)
        case .night: phrase("night", text.segments)
        case .weekend: phrase("weekend", text.segments)
        case .memberClass(let name):
            phrase(CellSegment.classPrefix, text.segments).with(phrase(name, text.classes), at: "name")
        case .product(let name):
            phrase(CellSegment.productPrefix, text.segments).with(phrase(name, text.products), at: "name")
        }
    }

    /// The words for a token; a class or product that the policy added speaks for itself.
    private func phrase(_ token: String, _ wordings: [Wording]) -> Phrase {
        guard let wording = wordings.first(where: { $0.token == token }) else {
            return Phrase(english: token, chinese: token)
        }
        return Phrase(english: wording.english, chinese: wording.chinese)
    }

    private func sentence(
        _ sentence: CatalogueText.Sentence, _ words: [(place: String, phrase: Phrase)]
    ) -> (english: String, chinese: String) {
        var phrase = Phrase(english: sentence.english, chinese: sentence.chinese)
        for word in words { phrase = phrase.with(word.phrase, at: word.place) }
        return (phrase.english, phrase.chinese)
    }
}

/// Words in both languages, perhaps with places for others.
private struct Phrase {
    let english: String
    let chinese: String

    func with(_ other: Phrase, at place: String) -> Phrase {
        Phrase(
            english: Self.fill(english, "{\(place)}", other.english),
            chinese: Self.fill(chinese, "{\(place)}", other.chinese))
    }

    private static func fill(_ text: String, _ place: String, _ words: String) -> String {
        guard let range = text.firstRange(of: place) else { return text }
        return text.replacingCharacters(in: range, with: words)
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, with words: String) -> String {
        self[..<range.lowerBound] + words + self[range.upperBound...]
    }
}
