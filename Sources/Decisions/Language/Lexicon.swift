/// A list of names that a policy may use, and the nearest of them to a misspelt one.
package struct Lexicon: Sendable {
    let contains: @Sendable (String) -> Bool
    let nearest: @Sendable (String) -> String?

    package init(contains: @escaping @Sendable (String) -> Bool, nearest: @escaping @Sendable (String) -> String?) {
        (self.contains, self.nearest) = (contains, nearest)
    }

    /// A closed list; the nearest name is the one with the fewest changed characters, within a third of its length.
    package init(_ names: some Sequence<String>) {
        let names = Set(names)
        self.init(contains: { names.contains($0) }, nearest: { Self.nearest(to: $0, among: names) })
    }

    /// - Returns: the first in alphabetical order of the nearest names, or `nil` where none resembles the word.
    package static func nearest(to word: String, among names: some Sequence<String>) -> String? {
        let limit = max(2, word.utf8.count / 3)
        let ranked = names.compactMap { name -> (distance: Int, name: String)? in
            guard abs(name.utf8.count - word.utf8.count) <= limit else { return nil }
            let distance = distance(Array(word.utf8), Array(name.utf8))
            return distance <= limit ? (distance, name) : nil
        }
        return ranked.min { ($0.distance, $0.name) < ($1.distance, $1.name) }?.name
    }

    /// Characters to insert, delete or replace (Levenshtein); another case counts as no change.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (index, character) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (place, other) in right.enumerated() {
                let isSame = lowered(character) == lowered(other)
                let changed = min(diagonal + (isSame ? 0 : 1), row[place] + 1, row[place + 1] + 1)
                (diagonal, row[place + 1]) = (row[place + 1], changed)
            }
        }
        return row[right.count]
    }

    private static func lowered(_ character: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(character) ? character | 0x20 : character
    }
}

/// What the consortium gives a policy to speak of: the registry's names and bands.
package struct PolicyTerms: Sendable {
    /// Names of statistics cells.
    package let cells: Lexicon
    /// Reason codes of signals; `nil` takes any.
    package let codes: Lexicon?
    /// Codes of findings; `nil` takes any.
    package let findings: Lexicon?
    /// The lower bounds of the bands in which counts about others are told (`policy.countBands`).
    package let countBands: [Int64]

    package init(
        cells: Lexicon, codes: Lexicon? = nil, findings: Lexicon? = nil, countBands: [Int64] = [0, 1, 2, 3, 5, 10]
    ) {
        (self.cells, self.codes, self.findings, self.countBands) = (cells, codes, findings, countBands)
    }
}
