package import Vocabulary

/// Takes an earlier record of the same member back; the original stays in history, answers lose it at once.
package struct Retraction: Hashable, Sendable {
    package var retracts: RecordID
    package var reason: RetractionReason

    package init(retracts: RecordID, reason: RetractionReason) {
        (self.retracts, self.reason) = (retracts, reason)
    }

    package init(reading reader: inout ObjectReader) throws(FieldFailure) {
        retracts = try reader.parsed("retracts", as: RecordID.init(reading:))
        reason = try reader.choice("reason", RetractionReason.names)
    }

    package var members: [JSON.Member] {
        JSON.members(["retracts": .string(retracts.description), "reason": .string(reason.name)])
    }
}

/// Why a record is taken back.
package enum RetractionReason: UInt8, Hashable, Sendable, CaseIterable {
    case error = 1
    case wrongSubject, notProven, disputeUpheld, subjectRequest, courtOrder, other

    static let names = NameTable(allCases)
    package var name: String { Self.names.name(of: self) }
}
