package import Vocabulary

/// One thing that the node tells a member unasked. It comes out of a verified list alone.
package struct VerifiedNotice: Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Somebody stated something of a person asked about earlier.
        case alert
        /// What an earlier answer told no longer holds so.
        case correction
        /// Somebody else reserved the person.
        case reservation
        /// The person is applying at several members at once.
        case stacking
    }

    /// Whatever of the member's own it is about, by the id that the member gave it.
    package enum Matter: Hashable, Sendable {
        case check(RecordID)
        case reservation(RecordID)
        case watch(RecordID)
    }

    package enum Change: String, Hashable, Sendable, CaseIterable {
        case retracted, amended, disputed, decided
    }

    package let sequence: UInt64
    package let kind: Kind
    package let releasedAt: Instant
    package let about: Matter
    /// What became of the signal; with a correction alone.
    package let change: Change?
    /// As in answers.
    package let signal: JSON?
    /// As in answers.
    package let finding: JSON?
    /// The notice as signed, with fields that this version does not know.
    package let payload: JSON

    init(_ json: JSON, path: String) throws(FieldFailure) {
        payload = json
        var reader = try ObjectReader(json, path: path)
        sequence = UInt64(try reader.integer("sequence", in: 0...Int64.max))
        kind = try reader.choice(
            "kind", expected: "alert, correction, reservation, stacking", Kind.init(rawValue:))
        releasedAt = try reader.parsed("releasedAt", as: Instant.init)
        about = try Matter(try reader.object("about"))
        let change = try reader.optionalString("change")
        self.change = change.flatMap(Change.init(rawValue:))
        guard (kind == .correction) == (self.change != nil), change == nil || self.change != nil else {
            throw reader.failure("change", .malformed("a correction says what became of the signal, and it alone"))
        }
        signal = try reader.optionalObject("signal").map { _ in json["signal"] ?? .null }
        finding = try reader.optionalObject("finding").map { _ in json["finding"] ?? .null }
    }
}

extension VerifiedNotice.Matter {
    /// Reads `{"check":…}`, `{"reservation":…}` or `{"watch":…}`.
    fileprivate init(_ reader: consuming ObjectReader) throws(FieldFailure) {
        let names = ["check", "reservation", "watch"].filter { reader.optional($0) != nil }
        guard names.count == 1 else {
            throw FieldFailure(
                path: reader.path, rule: .malformed("a notice is about one check, one reservation or one watch"))
        }
        let id = try reader.recordID(names[0])
        self =
            switch names[0] {
            case "check": .check(id)
            case "reservation": .reservation(id)
            default: .watch(id)
            }
    }
}
