/// The raw values of a profile's cells, in its order.
package struct CellValues: Hashable, Sendable {
    /// What no statistic yields stands for an absent value.
    static let absent = Int64.min

    private var raw: [Int64]

    init(raw: [Int64]) { self.raw = raw }

    package var count: Int { raw.count }

    /// `nil` where the cell is absent, such as a gap between fewer than two events.
    package subscript(index: Int) -> Int64? { raw[index] == Self.absent ? nil : raw[index] }
}
