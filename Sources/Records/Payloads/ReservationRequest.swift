package import Vocabulary

/// What a member does about the person it is about to sign with: the payload of a reservation's envelope.
package struct ReservationRequest<ID: KindedIdentifier>: Hashable, Sendable {
    package enum Action: Hashable, Sendable {
        /// Register the person, atomically with being told who else has.
        case reserve(ReservationTerms<ID>)
        /// The loan was signed: it counts until it is furnished.
        case confirm
        case release

        package var name: String {
            switch self {
            case .reserve: "reserve"
            case .confirm: "confirm"
            case .release: "release"
            }
        }
    }

    package let consortium: String
    package let member: MemberID
    /// The member's own id, the same for all that it does about one reservation.
    package let reservation: RecordID
    package let madeAt: Instant
    package let action: Action
    package let applicationRef: OpaqueReference

    package init(
        consortium: String, member: MemberID, reservation: RecordID, madeAt: Instant, action: Action,
        applicationRef: OpaqueReference
    ) {
        (self.consortium, self.member, self.reservation) = (consortium, member, reservation)
        (self.madeAt, self.action, self.applicationRef) = (madeAt, action, applicationRef)
    }

    package var terms: ReservationTerms<ID>? {
        if case .reserve(let terms) = action { terms } else { nil }
    }

    package func mapIdentifiers<Other, Failure: Error>(
        _ transform: (ID) throws(Failure) -> Other
    ) throws(Failure) -> ReservationRequest<Other> {
        let mapped: ReservationRequest<Other>.Action =
            switch action {
            case .reserve(let terms): .reserve(try terms.mapIdentifiers(transform))
            case .confirm: .confirm
            case .release: .release
            }
        return ReservationRequest<Other>(
            consortium: consortium, member: member, reservation: reservation, madeAt: madeAt, action: mapped,
            applicationRef: applicationRef)
    }
}

/// What is reserved: the person, and what for.
package struct ReservationTerms<ID: KindedIdentifier>: Hashable, Sendable {
    package let product: ListedName?
    package let amountBand: AmountBand?
    /// How long it is to hold unless confirmed; without it the policy's default.
    package let seconds: Int64?
    package let subject: Subject<ID>

    /// A year: a policy allows less.
    package static var maximumSeconds: Int64 { 366 * 86_400 }

    package init(
        product: ListedName? = nil, amountBand: AmountBand? = nil, seconds: Int64? = nil, subject: Subject<ID>
    ) {
        (self.product, self.amountBand, self.seconds, self.subject) = (product, amountBand, seconds, subject)
    }

    package func mapIdentifiers<Other, Failure: Error>(
        _ transform: (ID) throws(Failure) -> Other
    ) throws(Failure) -> ReservationTerms<Other> {
        ReservationTerms<Other>(
            product: product, amountBand: amountBand, seconds: seconds, subject: try subject.mapIdentifiers(transform))
    }
}

extension ReservationRequest where ID == CommittedIdentifier {
    /// Reads exactly the bytes whose signature was checked.
    package init(_ payload: VerifiedPayload) throws(PayloadFailure) { try self.init(parsing: payload.bytes) }

    package init(parsing bytes: [UInt8]) throws(PayloadFailure) {
        let json = try PayloadFailure.reading(bytes)
        do throws(FieldFailure) { try self.init(json) } catch { throw .field(error) }
    }

    package init(_ json: JSON) throws(FieldFailure) {
        var reader = try ObjectReader(json)
        consortium = try reader.string("consortium", maximumLength: 64)
        member = try reader.parsed("member", as: MemberID.init)
        reservation = try reader.parsed("reservation", as: RecordID.init(reading:))
        madeAt = try reader.parsed("madeAt", as: Instant.init)
        switch try reader.choice("action", actions) {
        case "reserve": action = .reserve(try ReservationTerms(reading: &reader))
        case "confirm": action = .confirm
        default: action = .release
        }
        applicationRef = try reader.parsed("applicationRef", as: OpaqueReference.init)
        // Refuses what belongs to reserving with the other actions.
        try reader.finish()
    }

    package var json: JSON {
        let head: [JSON.Member] = JSON.members([
            "consortium": .string(consortium),
            "member": .string(member.name),
            "reservation": .string(reservation.description),
            "madeAt": .string(madeAt.description),
            "action": .string(action.name),
            "applicationRef": .string(applicationRef.text),
        ])
        return .object(head + (terms?.members ?? []))
    }

    /// The request with its commitments opened, each verified.
    package func opened(with openings: [Opening]) throws(OpeningFailure) -> ReservationRequest<OpenedIdentifier> {
        var opener = Opener(openings)
        let opened = try mapIdentifiers { (identifier: CommittedIdentifier) throws(OpeningFailure) in
            try opener.open(identifier)
        }
        try opener.finish()
        return opened
    }
}

extension ReservationTerms where ID == CommittedIdentifier {
    fileprivate init(reading reader: inout ObjectReader) throws(FieldFailure) {
        product = try reader.optionalParsed("product", as: ListedName.init)
        amountBand = try reader.optionalParsed("amountBand", as: AmountBand.init)
        seconds = try reader.optionalInteger("seconds", in: 1...Self.maximumSeconds)
        subject = try Subject(try reader.required("subject"), path: "subject")
    }

    fileprivate var members: [JSON.Member] {
        JSON.members([
            "product": .optional(product?.text),
            "amountBand": .optional(amountBand?.label),
            "seconds": seconds.map { .integer($0) },
            "subject": subject.json,
        ])
    }
}

private let actions = NameTable(["reserve", "confirm", "release"], name: \.self)
