/// How much names differ from one name, word by word; a word that a dimension repeats is compared once.
struct WordDistances {
    private let words: [[UInt8]]
    /// By place in the name.
    private var known: [[Substring: Int]]

    init(_ name: String) {
        words = name.split(separator: ".", omittingEmptySubsequences: false).map { Array($0.utf8) }
        known = Array(repeating: [:], count: words.count)
    }

    mutating func distance(to name: String) -> Int {
        var distance = 0
        var place = 0
        for word in name.split(separator: ".") {
            distance += self.distance(to: word, at: place)
            place += 1
        }
        return distance + words.dropFirst(place).reduce(0) { $0 + $1.count }
    }

    private mutating func distance(to word: Substring, at place: Int) -> Int {
        guard place < words.count else { return word.utf8.count }
        if let distance = known[place][word] { return distance }
        let distance = Self.editDistance(Array(word.utf8), words[place])
        known[place][word] = distance
        return distance
    }

    /// Levenshtein's.
    private static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (index, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in right.indices {
                let substituted = diagonal + (right[column] == byte ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(substituted, row[column] + 1, row[column + 1] + 1)
            }
        }
        return row[right.count]
    }
}
