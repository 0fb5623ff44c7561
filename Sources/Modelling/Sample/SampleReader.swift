internal import Vocabulary

/// Reads a sample strictly: every row as long as the first, every value one that has an order.
struct SampleReader {
    private let header: SampleHeader
    private var columns: [ColumnReader]
    private var table = TrainingTable()
    private var copies: [UInt64: UInt64] = [:]

    static func read(_ csv: [UInt8], options: TrainingOptions) throws(Problem) -> TrainingTable {
        guard csv.count <= SampleLimits.maximumBytes else { throw tooLarge("bytes", SampleLimits.maximumBytes) }
        var source = CSVFields(csv, maximumFields: SampleLimits.maximumColumns)
        var fields: [ArraySlice<UInt8>] = []
        guard try next(&source, &fields) else { throw Problem(.invalidField, "The sample is empty.") }
        var reader = SampleReader(header: try SampleHeader(fields, options: options))
        while try next(&source, &fields) { try reader.add(fields, line: source.line) }
        return reader.finished()
    }

    private init(header: SampleHeader) {
        self.header = header
        columns = header.candidates.map { ColumnReader(name: header.names[$0]) }
        table.unitsPerRow = header.weight == nil ? 1 : 1000
    }

    private static func next(
        _ source: inout CSVFields, _ fields: inout [ArraySlice<UInt8>]
    ) throws(Problem) -> Bool {
        do { return try source.next(into: &fields) } catch {
            let why =
                switch error {
                case .strayQuote: "has a quotation mark where none belongs"
                case .openQuote: "has a quotation mark that is not closed"
                case .tooManyFields: "has more than \(SampleLimits.maximumColumns) columns"
                }
            throw Problem(.invalidField, "Line \(source.line) \(why).", path: "line \(source.line)")
        }
    }

    private mutating func add(_ fields: [ArraySlice<UInt8>], line: Int) throws(Problem) {
        guard fields.count == header.names.count else {
            throw Problem(
                .invalidField, "Line \(line) has \(fields.count) columns where the first has \(header.names.count).",
                path: "line \(line)")
        }
        guard table.rowCount < SampleLimits.maximumRows else { throw Self.tooLarge("rows", SampleLimits.maximumRows) }
        guard table.rowCount * fields.count < SampleLimits.maximumCells else {
            throw Self.tooLarge("cells", SampleLimits.maximumCells)
        }
        table.isBad.append(try outcome(fields[header.outcome], line))
        table.weights.append(try weight(fields, line))
        table.splitHashes.append(try splitHash(fields, line))
        for (number, place) in header.candidates.enumerated() {
            let isKnown = try columns[number].add(fields[place])
            guard isKnown else { throw refusal(line, place, "neither a number nor a band such as 3-4, 10+ or 7-30d") }
        }
    }

    private func outcome(_ field: ArraySlice<UInt8>, _ line: Int) throws(Problem) -> Bool {
        guard field.count == 1, let digit = field.first, digit == 48 || digit == 49 else {
            throw refusal(line, header.outcome, "not an outcome: 0 for good, 1 for bad")
        }
        return digit == 49
    }

    private func weight(_ fields: [ArraySlice<UInt8>], _ line: Int) throws(Problem) -> Int {
        guard let place = header.weight else { return 1 }
        guard let value = BandValue(ascii: fields[place]), value.lower == value.upper,
            1...(SampleLimits.maximumWeight * 1000) ~= Int(value.lower)
        else {
            throw refusal(
                line, place, "not a weight above 0 and up to \(SampleLimits.maximumWeight), with at most three decimals"
            )
        }
        return Int(value.lower)
    }

    /// Rows with one id fall on one side. Without ids each row goes by its content and, where several are equal, by
    /// which of them it is: the order of the rows does not matter either way.
    private mutating func splitHash(_ fields: [ArraySlice<UInt8>], _ line: Int) throws(Problem) -> UInt64 {
        var hash = StableHash()
        if let place = header.id {
            guard 1...SampleLimits.maximumIDBytes ~= fields[place].count else {
                throw refusal(line, place, "not an id of 1 to \(SampleLimits.maximumIDBytes) bytes")
            }
            hash.add(fields[place])
            return hash.value
        }
        for field in fields {
            hash.add(field)
            hash.add(CollectionOfOne(0))
        }
        let copy = copies[hash.value, default: 0]
        copies[hash.value] = copy + 1
        hash.add(copy)
        return hash.value
    }

    private func refusal(_ line: Int, _ place: Int, _ why: String) -> Problem {
        Problem(
            .invalidField, "Line \(line), column \(place + 1) (\(header.names[place])) is \(why).",
            path: "line \(line), column \(place + 1)")
    }

    private static func tooLarge(_ what: String, _ limit: Int) -> Problem {
        Problem(
            .bodyTooLarge, "The sample has more than \(limit) \(what).", hint: "Draw a smaller sample of the rows.")
    }

    private consuming func finished() -> TrainingTable {
        table.columns = columns.map { $0.finished() }
        return table
    }
}
