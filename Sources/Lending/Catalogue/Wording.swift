internal import Vocabulary

/// One value of a dimension, or one measure, as the catalogue's file has it.
struct Wording: Hashable, Sendable {
    let token: String
    /// Part of a sentence, in both languages.
    let english: String
    let chinese: String
    /// Exactly what it is; empty where the words say it.
    let definition: String
    /// For statistics and measures.
    let form: CellForm?
    /// For windows; `nil` for the one without bound.
    let seconds: Int64?
    /// For measures.
    let splits: [CellSplit]

    init(_ json: JSON, path: String) throws(FieldFailure) {
        var reader = try ObjectReader(json, path: path)
        token = try reader.string("token")
        english = try reader.string("en", maximumLength: 512)
        chinese = try reader.string("zh", maximumLength: 512)
        definition = try reader.optionalString("definition", maximumLength: 2048) ?? ""
        form = try reader.optionalString("told").map { text throws(FieldFailure) in
            guard let form = CellForm(rawValue: text) else {
                throw FieldFailure(path: "\(path).told", rule: .malformed("not a form of a value"))
            }
            return form
        }
        seconds = try reader.optionalInteger("seconds", in: 1...(1 << 40))
        splits = try reader.tokens("splits").compactMap(CellSplit.init(rawValue:))
        try reader.finish()
    }
}

extension ObjectReader {
    /// A list of strings that may be left out.
    mutating func tokens(_ name: String) throws(FieldFailure) -> [String] {
        guard let list = optional(name) else { return [] }
        guard let elements = list.array else { throw failure(name, .wrongType(expected: "a list")) }
        return elements.compactMap(\.string)
    }

    mutating func wordings(_ name: String) throws(FieldFailure) -> [Wording] {
        var wordings: [Wording] = []
        for (index, element) in try array(name, maximum: 256, minimum: 1).enumerated() {
            wordings.append(try Wording(element, path: "\(path(of: name))[\(index)]"))
        }
        return wordings
    }
}
