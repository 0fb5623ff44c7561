internal import Vocabulary

/// Numbers a column's values as they come, and puts the numbers into natural order at the end.
struct ColumnReader {
    private let name: String
    private var numbers: [BandValue: UInt16] = [:]
    private var values: [BandValue] = []
    private var codes: [UInt16] = []
    /// Texts met before: what occurs a million times is read once.
    private var known: [SIMD2<UInt64>: UInt16] = [:]

    init(name: String) { self.name = name }

    /// - Returns: `false` for a field that is no value.
    mutating func add(_ field: ArraySlice<UInt8>) throws(Problem) -> Bool {
        guard !field.isEmpty else {
            codes.append(0)
            return true
        }
        let packed = Self.packed(field)
        if let packed, let code = known[packed] {
            codes.append(code)
            return true
        }
        guard let code = try code(of: field) else { return false }
        // No more texts than values are kept, whatever zeros stand behind the points.
        if let packed, known.count < SampleLimits.maximumValuesPerColumn { known[packed] = code }
        codes.append(code)
        return true
    }

    /// Up to fifteen bytes and their number; longer fields are read each time.
    private static func packed(_ field: ArraySlice<UInt8>) -> SIMD2<UInt64>? {
        guard field.count < 16 else { return nil }
        var packed = SIMD2<UInt64>(0, UInt64(field.count))
        for (place, byte) in field.enumerated() {
            packed[place < 8 ? 0 : 1] |= UInt64(byte) << UInt64(place < 8 ? place * 8 : (place - 7) * 8)
        }
        return packed
    }

    private mutating func code(of field: ArraySlice<UInt8>) throws(Problem) -> UInt16? {
        guard let value = BandValue(ascii: field) else { return nil }
        if let number = numbers[value] { return number }
        guard values.count < SampleLimits.maximumValuesPerColumn else {
            throw Problem(
                .invalidField,
                "The column \(name) has more than \(SampleLimits.maximumValuesPerColumn) different values.",
                hint: "Leave it out, or give it as the id column.", path: name)
        }
        values.append(value)
        let code = UInt16(values.count)
        numbers[value] = code
        return code
    }

    consuming func finished() -> TrainingTable.Column {
        let order = values.sorted()
        var renumbered = [UInt16](repeating: 0, count: order.count + 1)
        for (place, value) in order.enumerated() { renumbered[Int(numbers[value] ?? 0)] = UInt16(place + 1) }
        for row in codes.indices { codes[row] = renumbered[Int(codes[row])] }
        return TrainingTable.Column(name: name, values: order, codes: codes)
    }
}
