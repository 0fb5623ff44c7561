internal import Vocabulary

/// The catalogue's file, read: words, definitions and lists, before anything is made of them.
struct CatalogueText: Sendable {
    let version: Int
    let chapters: [Chapter]
    let sentences: Sentences
    let stages: [Wording]
    let splits: [Wording]
    let kinds: [Wording]
    let segments: [Wording]
    let classes: [Wording]
    let products: [Wording]
    let windows: [Wording]
    let statistics: [Wording]
    let exposure: [Wording]
    let stacking: [Wording]
    let identity: [Wording]
    let profiles: [ProfileEntry]

    init(_ json: JSON) throws(FieldFailure) {
        var reader = try ObjectReader(json)
        version = Int(try reader.integer("catalogue", in: 1...1_000_000))
        var chapters: [Chapter] = []
        for (index, element) in try reader.array("chapters", maximum: 16).enumerated() {
            chapters.append(try Chapter(element, path: "chapters[\(index)]"))
        }
        self.chapters = chapters
        sentences = try Sentences(reading: try reader.object("sentences"))
        stages = try reader.wordings("stages")
        splits = try reader.wordings("splits")
        kinds = try reader.wordings("kinds")
        segments = try reader.wordings("segments")
        classes = try reader.wordings("classes")
        products = try reader.wordings("products")
        windows = try reader.wordings("windows")
        statistics = try reader.wordings("statistics")
        exposure = try reader.wordings("exposure")
        stacking = try reader.wordings("stacking")
        identity = try reader.wordings("identity")
        var profiles: [ProfileEntry] = []
        for (index, element) in try reader.array("profiles", maximum: 16, minimum: 1).enumerated() {
            profiles.append(try ProfileEntry(element, path: "profiles[\(index)]"))
        }
        self.profiles = profiles
        try reader.finish()
    }

    /// What the documentation says beside the tables.
    struct Chapter: Sendable {
        let title: String
        let paragraphs: [String]

        init(_ json: JSON, path: String) throws(FieldFailure) {
            var reader = try ObjectReader(json, path: path)
            title = try reader.string("title")
            paragraphs = try reader.tokens("paragraphs")
            try reader.finish()
        }
    }

    /// The sentences that explain a cell, with a place for each dimension's words.
    struct Sentences: Sendable {
        let events: Sentence
        let measure: Sentence
        let identity: Sentence

        init(reading reader: consuming ObjectReader) throws(FieldFailure) {
            events = try Sentence(reading: try reader.object("events"))
            measure = try Sentence(reading: try reader.object("measure"))
            identity = try Sentence(reading: try reader.object("identity"))
            try reader.finish()
        }
    }

    struct Sentence: Sendable {
        let english: String
        let chinese: String

        init(reading reader: consuming ObjectReader) throws(FieldFailure) {
            english = try reader.string("en")
            chinese = try reader.string("zh")
            try reader.finish()
        }
    }
}
