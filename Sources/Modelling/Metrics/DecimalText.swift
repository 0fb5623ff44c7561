/// Fractions as decimal text of a fixed number of digits: JSON as exchanged here has whole numbers alone, and text cut
/// to a few digits is the same wherever the last bit of a logarithm differs.
enum DecimalText {
    /// Rounded to the nearest, halves away from zero; never "-0.000000".
    static func fixed(_ value: Double, digits: Int = 6) -> String {
        precondition(value.isFinite && 0...9 ~= digits, "Only finite numbers are written.")
        let scale = (0..<digits).reduce(1.0) { product, _ in product * 10 }
        let scaled = (value.magnitude * scale).rounded()
        precondition(scaled < 9e18, "A number too large to be written in fixed digits.")
        let text = String(UInt64(scaled))
        let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard digits > 0 else { return sign + padded }
        return sign + padded.dropLast(digits) + "." + padded.suffix(digits)
    }
}
