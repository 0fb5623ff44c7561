package import Vocabulary

/// A subject's objection, taken in by any member with proof of identity (DOMAIN §2).
package struct Dispute: Hashable, Sendable {
    /// The signal, by the opaque reference that the asker's answer gave it. The subject is that answer's.
    package var signal: OpaqueReference
    package var grounds: DisputeGrounds
    /// SHA-256 of the member's file that proves who objects.
    package var identityDigest: Bytes32

    package init(signal: OpaqueReference, grounds: DisputeGrounds, identityDigest: Bytes32) {
        (self.signal, self.grounds, self.identityDigest) = (signal, grounds, identityDigest)
    }

    package init(reading reader: inout ObjectReader) throws(FieldFailure) {
        signal = try reader.parsed("signal", as: OpaqueReference.init)
        grounds = try reader.choice("grounds", DisputeGrounds.names)
        identityDigest = try reader.parsed("identityDigest", as: Base64.decode32)
    }

    package var members: [JSON.Member] {
        JSON.members([
            "signal": .string(signal.text),
            "grounds": .string(grounds.name),
            "identityDigest": .string(identityDigest.base64),
        ])
    }
}

/// What the subject objects to.
package enum DisputeGrounds: UInt8, Hashable, Sendable, CaseIterable {
    case notMe = 1
    case notTrue, impersonated, alreadySettled, outOfDate, other

    static let names = NameTable(allCases)
    package var name: String { Self.names.name(of: self) }
}

/// How the reporter decided a dispute of one of its own records.
package struct DisputeOutcome: Hashable, Sendable {
    /// The reporter's own record that was disputed.
    package var decides: RecordID
    /// The dispute, by the opaque reference that the reporter was given for it; absent, all open ones of the record.
    package var dispute: OpaqueReference?
    package var outcome: Outcome
    /// SHA-256 of the decision's file.
    package var evidenceDigest: Bytes32?

    package enum Outcome: UInt8, Hashable, Sendable, CaseIterable {
        /// The subject is right: the report is gone from answers.
        case upheld = 1
        /// The report stands.
        case rejected

        static let names = NameTable(allCases)
        package var name: String { Self.names.name(of: self) }
    }

    package init(
        decides: RecordID, dispute: OpaqueReference? = nil, outcome: Outcome, evidenceDigest: Bytes32? = nil
    ) {
        (self.decides, self.dispute, self.outcome) = (decides, dispute, outcome)
        self.evidenceDigest = evidenceDigest
    }

    package init(reading reader: inout ObjectReader) throws(FieldFailure) {
        decides = try reader.parsed("decides", as: RecordID.init(reading:))
        dispute = try reader.optionalParsed("dispute", as: OpaqueReference.init)
        outcome = try reader.choice("outcome", Outcome.names)
        evidenceDigest = try reader.optionalParsed("evidenceDigest", as: Base64.decode32)
    }

    package var members: [JSON.Member] {
        JSON.members([
            "decides": .string(decides.description),
            "dispute": .optional(dispute?.text),
            "outcome": .string(outcome.name),
            "evidenceDigest": .optional(evidenceDigest?.base64),
        ])
    }
}
