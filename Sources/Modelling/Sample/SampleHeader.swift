internal import Vocabulary

/// Which column of the file is what.
struct SampleHeader {
    let names: [String]
    let outcome: Int
    let weight: Int?
    let id: Int?
    /// The places of the candidate characteristics.
    let candidates: [Int]

    init(_ fields: [ArraySlice<UInt8>], options: TrainingOptions) throws(Problem) {
        var names: [String] = []
        for (place, field) in fields.enumerated() {
            guard let name = Self.name(field) else {
                throw Problem(
                    .invalidField, "Column \(place + 1) of the first row has no name that a column can have.",
                    hint: "The first row names the columns: a letter, then letters, digits, '.', '_', '-'.",
                    path: "row 1, column \(place + 1)")
            }
            names.append(name)
        }
        guard Set(names).count == names.count else {
            throw Problem(.invalidField, "Two columns of the first row have the same name.", path: "row 1")
        }
        self.names = names
        outcome = try Self.place(of: options.outcomeColumn, in: names, as: "outcome")
        weight = try Self.optionalPlace(of: options.weightColumn, in: names, as: "weight")
        id = try Self.optionalPlace(of: options.idColumn, in: names, as: "id")
        var used = [outcome] + [weight, id].compactMap(\.self)
        guard Set(used).count == used.count else {
            throw Problem(.configurationInvalid, "Outcome, weight and id must be three different columns.")
        }
        for name in options.ignoredColumns { used.append(try Self.place(of: name, in: names, as: "ignored")) }
        let taken = Set(used)
        candidates = names.indices.filter { !taken.contains($0) }
        guard !candidates.isEmpty else {
            throw Problem(.missingField, "The sample has no column beside the outcome to make a model of.")
        }
    }

    /// A name starts with a letter, so that a row of data is not taken for the header, and repeated in an error.
    private static func name(_ field: ArraySlice<UInt8>) -> String? {
        guard 1...120 ~= field.count, let first = field.first, isLetter(first) else { return nil }
        let isPlain = field.allSatisfy { isLetter($0) || 48...57 ~= $0 || [45, 46, 95].contains($0) }
        return isPlain ? String(decoding: field, as: UTF8.self) : nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool { 65...90 ~= byte || 97...122 ~= byte }

    private static func optionalPlace(
        of name: String?, in names: [String], as use: String
    ) throws(Problem) -> Int? {
        guard let name else { return nil }
        return try place(of: name, in: names, as: use)
    }

    private static func place(of name: String, in names: [String], as use: String) throws(Problem) -> Int {
        guard let place = names.firstIndex(of: name) else {
            throw Problem(
                .missingField, "The sample has no column of the name given as \(use) column.",
                hint: "The names of the columns stand in the first row.", path: use)
        }
        return place
    }
}
