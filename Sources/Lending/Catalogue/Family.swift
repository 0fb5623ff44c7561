internal import Vocabulary

/// Cells that a profile lists by multiplying out tokens of every dimension.
struct Family: Hashable, Sendable {
    let stages: [String]
    let splits: [String]
    let kinds: [String]
    let segments: [String]
    let windows: [String]
    let statistics: [String]

    init(_ json: JSON, path: String) throws(FieldFailure) {
        var reader = try ObjectReader(json, path: path)
        stages = try reader.words("stages")
        splits = try reader.words("splits")
        kinds = try reader.words("kinds")
        segments = try reader.words("segments")
        windows = try reader.words("windows")
        statistics = try reader.words("statistics")
        try reader.finish()
    }

    /// The dimensions in the order in which they are multiplied out.
    var dimensions: [[String]] { [stages, splits, kinds, segments, windows, statistics] }

    /// All combinations, the last dimension running fastest.
    var combinations: [[String]] {
        dimensions.reduce([[]]) { heads, tokens in heads.flatMap { head in tokens.map { head + [$0] } } }
    }
}

/// A profile as the catalogue's file has it.
struct ProfileEntry: Hashable, Sendable {
    let name: String
    let english: String
    let chinese: String
    /// The profile whose cells come first.
    let includes: String?
    /// Whether all measures come first.
    let hasMeasures: Bool
    let families: [Family]

    init(_ json: JSON, path: String) throws(FieldFailure) {
        var reader = try ObjectReader(json, path: path)
        name = try reader.string("name")
        english = try reader.string("en")
        chinese = try reader.string("zh")
        includes = try reader.optionalString("includes")
        hasMeasures = try reader.optionalBool("measures") ?? false
        var families: [Family] = []
        for (index, element) in try reader.array("families", maximum: 256).enumerated() {
            families.append(try Family(element, path: "\(path).families[\(index)]"))
        }
        self.families = families
        try reader.finish()
    }
}

extension ObjectReader {
    fileprivate mutating func words(_ name: String) throws(FieldFailure) -> [String] {
        try string(name, maximumLength: 1024).split(separator: " ").map(String.init)
    }
}
