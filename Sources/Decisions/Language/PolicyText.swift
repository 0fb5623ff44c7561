/// A policy file's bytes as text.
enum PolicyText {
    /// - Returns: the text without a byte order mark, or `nil` with the problem noted.
    static func read(_ bytes: [UInt8], _ problems: inout ProblemList) -> String? {
        guard bytes.count <= PolicyLimits.fileBytes else {
            problems.error(
                SourcePlace(line: 1, column: 1), "the file has more than \(PolicyLimits.fileBytes) bytes",
                "divide the policy, or take out what no rule needs")
            return nil
        }
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        guard let text = String(validating: content, as: UTF8.self) else {
            problems.error(placeOfFirstFault(in: content), "the file is not UTF-8 here", "save it as UTF-8")
            return nil
        }
        return text
    }

    private static func placeOfFirstFault(in bytes: ArraySlice<UInt8>) -> SourcePlace {
        var (line, column) = (1, 1)
        var (input, decoder) = (bytes.makeIterator(), UTF8())
        while case .scalarValue(let scalar) = decoder.decode(&input) {
            if scalar == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
        }
        return SourcePlace(line: line, column: column)
    }
}
