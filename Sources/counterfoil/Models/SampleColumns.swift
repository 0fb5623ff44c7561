/// The columns of a sample's file.
struct SampleColumns {
    /// What stands beside the statistics in the gateway's rows of answers: nothing to make a model of.
    private static let ofAnswers: Set<String> = [
        "row", "check", "status", "computedAt", "knownSize", "outcome", "score", "confidence", "signals", "findings",
        "profile", "catalogue",
    ]

    private let names: [String]

    init(_ csv: [UInt8]) {
        let start = csv.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let line = csv[start...].prefix { $0 != 10 && $0 != 13 }
        names = CSVCells.split(line) ?? []
    }

    /// Those of an answer that no option has named.
    func beside(_ named: [String]) -> [String] {
        names.filter { Self.ofAnswers.contains($0) && !named.contains($0) }
    }
}
