/// One line of an address: a leading house number, then words whose abbreviated street type is written out.
struct AddressLine {
    let number: String
    let text: String
    let endsWithStreetType: Bool

    init(_ line: String) {
        var words = TextFolding.words(line.map { $0 == "/" ? " " : String($0) }.joined())
        if TextFolding.containsHan(line) {
            (number, text, endsWithStreetType) = (TextFolding.digits(words.joined()), words.joined(), false)
            return
        }
        let heading = words.prefix { Self.unitWords.contains($0) || Self.isHouseNumber($0) }
        number = TextFolding.digits(heading.joined())
        words.removeFirst(heading.count)
        if words.count > 1, Self.leadingTypes.contains(words[0]) { words.removeFirst() }
        let type = words.last ?? ""
        let full = Self.streetTypes[type] ?? type
        endsWithStreetType = words.count > 1 && Self.fullTypes.contains(full)
        if endsWithStreetType { words[words.count - 1] = full }
        text = words.joined()
    }

    /// `12` or `12b`, but not the ordinal of `5th Avenue`.
    private static func isHouseNumber(_ word: String) -> Bool {
        let digits = word.utf8.prefix(while: TextFolding.isDigit)
        return !digits.isEmpty && word.utf8.count - digits.count <= 1
    }

    /// Street types that stand in front say nothing of the street.
    private static let leadingTypes: Set<String> = ["jl", "jln", "jalan"]
    private static let unitWords: Set<String> = [
        "unit", "flat", "apt", "apartment", "suite", "shop", "lot", "no", "number",
    ]
    private static let streetTypes: [String: String] = [
        "st": "street", "rd": "road", "av": "avenue", "ave": "avenue", "pl": "place", "cl": "close",
        "cr": "crescent", "cres": "crescent", "cct": "circuit", "ct": "court", "crt": "court", "dr": "drive",
        "drv": "drive", "ln": "lane", "pde": "parade", "tce": "terrace", "ter": "terrace", "hwy": "highway",
        "blvd": "boulevard", "cir": "circle", "sq": "square", "gr": "grove", "w": "way", "gdns": "gardens",
    ]
    private static let fullTypes = Set(streetTypes.values)
}
