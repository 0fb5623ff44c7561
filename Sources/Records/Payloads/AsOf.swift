package import Vocabulary

/// The past moment that a check asks about, for back-testing: only a check that leaves no trace may.
package struct AsOf: Hashable, Sendable {
    /// What is left out of the answer.
    package enum Basis: UInt8, Hashable, Sendable, CaseIterable {
        /// What the node had not received by then: the answer that it would have given.
        case received = 1
        /// What is dated after then: everything else counts, also what was told later.
        case events

        static let names = NameTable(allCases)
        package var name: String { Self.names.name(of: self) }
    }

    package let instant: Instant
    /// The log's size at that moment, where the asker knows it: it decides among entries of one millisecond.
    package let size: UInt64?
    package let basis: Basis

    package init(instant: Instant, size: UInt64? = nil, basis: Basis = .received) {
        (self.instant, self.size, self.basis) = (instant, size, basis)
    }
}

extension AsOf {
    static let maximumSize = Int64(UInt32.max)

    /// Reads `{"instant":…,"size":…,"basis":…}`; without a basis it is `received`.
    init(reading reader: inout ObjectReader) throws(FieldFailure) {
        instant = try reader.parsed("instant", as: Instant.init)
        size = try reader.optionalInteger("size", in: 0...Self.maximumSize).map { UInt64($0) }
        basis = try reader.optionalChoice("basis", Basis.names) ?? .received
        guard size == nil || basis == .received else {
            throw reader.failure("size", .malformed("a log size goes with the basis received alone"))
        }
        try reader.finish()
    }

    package var json: JSON {
        .object([
            "instant": .string(instant.description), "size": size.map { .number($0) }, "basis": .string(basis.name),
        ])
    }
}
