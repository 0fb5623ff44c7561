internal import OPRF
package import Vocabulary

/// A key ceremony with a dealer: fresh token keys for one epoch, divided among custodians who are named beforehand.
///
/// The dealer knows the keys for a moment, in guarded memory, and must be trusted to forget them. Generation without a
/// dealer and refreshing shares take this type's place in the registry's later rules; what they publish is the same.
package struct Ceremony: Sendable {
    /// A custodian that is to hold a share, in the order of the share indices.
    package struct Seat: Hashable, Sendable {
        package let id: CustodianID
        package let url: ServiceURL

        package init(id: CustodianID, url: ServiceURL) {
            (self.id, self.url) = (id, url)
        }
    }

    package let outcome: CeremonyOutcome
    /// What each custodian takes home, in the order of the seats.
    package let shares: [CustodianShares]

    package static func deal(
        consortium: String, epoch: KeyEpoch, threshold: Int, seats: [Seat]
    ) throws(Problem) -> Ceremony {
        guard (1...RegistryLimits.custodians).contains(seats.count), (1...seats.count).contains(threshold) else {
            throw Problem(
                .configurationInvalid, "A threshold of \(threshold) does not fit \(seats.count) custodians.",
                hint: "The threshold is between 1 and the number of custodians; 2 of 3 is usual.")
        }
        guard Set(seats.map(\.id)).count == seats.count else {
            throw Problem(.configurationInvalid, "Two custodians have the same name.")
        }
        do {
            return try divide(consortium: consortium, epoch: epoch, threshold: threshold, seats: seats)
        } catch {
            // Counts were checked above, so only a random source that returns unusable scalars leads here.
            throw Problem(.internalError, "The ceremony failed; nothing was written.")
        }
    }

    private static func divide(
        consortium: String, epoch: KeyEpoch, threshold: Int, seats: [Seat]
    ) throws -> Ceremony {
        let dealing = try Dealing.generate(threshold: threshold, count: seats.count)
        let keys = try TokenKeys(epoch: epoch, threshold: threshold, commitments: dealing.commitments)
        var custodians: [RegisteredCustodian] = []
        var shares: [CustodianShares] = []
        for (position, seat) in seats.enumerated() {
            let index = try ShareIndex(position + 1)
            let publicShares = try keys.publicShares(of: index)
            custodians.append(RegisteredCustodian(id: seat.id, index: index, url: seat.url, publicShares: publicShares))
            shares.append(
                CustodianShares(
                    consortium: consortium, custodian: seat.id, epoch: epoch, index: index,
                    shares: dealing.shares(of: index)))
        }
        let outcome = CeremonyOutcome(consortium: consortium, tokenKeys: keys, custodians: custodians)
        return Ceremony(outcome: outcome, shares: shares)
    }
}

/// The public side of a ceremony, as it goes into the registry.
package struct CeremonyOutcome: Equatable, Sendable {
    package let consortium: String
    package let tokenKeys: TokenKeys
    package let custodians: [RegisteredCustodian]
}

extension CeremonyOutcome {
    package var json: JSON {
        .object([
            "format": .string(Self.format), "consortium": .string(consortium),
            "tokenEpoch": .number(tokenKeys.epoch.number), "tokenThreshold": .number(tokenKeys.threshold),
            "tokenKeys": tokenKeys.json, "custodians": .array(custodians.map(\.json)),
        ])
    }

    package static func read(_ path: String) throws(Problem) -> CeremonyOutcome {
        try DocumentFile.read(path) { (json) throws(FieldFailure) in try CeremonyOutcome(json) }
    }

    private static let format = "counterfoil-ceremony-1"

    private init(_ json: JSON) throws(FieldFailure) {
        var reader = try ObjectReader(json)
        guard try reader.string("format") == Self.format else {
            throw reader.failure("format", .malformed("not \(Self.format)"))
        }
        consortium = try reader.string("consortium", maximumLength: 32)
        tokenKeys = try reader.tokenKeys()
        custodians = try reader.list("custodians", maximum: RegistryLimits.custodians, minimum: 1) {
            (reader) throws(FieldFailure) in try RegisteredCustodian(reader)
        }
        try reader.finish()
    }
}
