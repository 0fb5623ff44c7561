internal import Lending
package import Vocabulary

/// An answer as one row of a table, for people who build models: a column a statistic, in the profile's order.
package enum AnswerRow {
    private static let head = [
        "check", "status", "computedAt", "knownSize", "outcome", "score", "confidence", "signals", "findings",
        "profile", "catalogue",
    ]

    /// The columns of a profile's rows. Those of a longer profile begin with those of a shorter one.
    ///
    /// - Parameter profile: `summary`, `standard` or `full`.
    package static func columns(_ profile: String) -> [String] {
        head + (Catalogue.current.profile(named: profile)?.names ?? [])
    }

    /// The cells of an answer for the columns of a profile; those that the answer does not tell are empty.
    package static func cells(_ answer: JSON, _ profile: String) -> [String] {
        let statistics = answer["statistics"]
        let first: [JSON?] = [
            answer["check"], answer["status"], answer["computedAt"], answer["knownSize"],
            answer["decision"]?["outcome"], answer["score"]?["points"], answer["score"]?["confidence"],
            codes(answer["signals"]), codes(answer["findings"]), statistics?["profile"], statistics?["catalogue"],
        ]
        // The members stand in the profile's order, and shorter profiles begin longer ones: no name is looked for.
        let told = statistics?["cells"]?.members ?? []
        let names = Catalogue.current.profile(named: profile)?.cells ?? []
        let values = names.enumerated().map { place, cell in
            place < told.count && told[place].name == cell.name ? told[place].value : nil
        }
        return (first + values).map { UploadResult.cell($0) }
    }

    /// The header row and the answer's row (RFC 4180).
    package static func table(_ answer: JSON) -> String {
        let profile = answer["statistics"]?["profile"]?.string ?? Catalogue.current.profiles[0].name
        return [columns(profile), cells(answer, profile)].map { $0.joined(separator: ",") + "\r\n" }.joined()
    }

    private static func codes(_ list: JSON?) -> JSON {
        .string((list?.array ?? []).compactMap { $0["code"]?.string }.joined(separator: ";"))
    }
}
