internal import Records
internal import Vocabulary

// A reservation and what is done about it, as records of the ledger.
extension SubmissionPlan {
    mutating func addReservation(
        _ request: VerifiedReservation, _ terms: ReservationTerms<IndexedIdentifier>, expiresAt: Instant
    ) {
        let parties = terms.subject.parties(subject: 0) { number(of: $0) }
        let facts = ReservationFacts(
            reservation: request.id, product: terms.product?.text, amountBand: terms.amountBand?.index ?? 255,
            expiresAt: expiresAt)
        append(
            RecordFacts(
                key: request.key, content: Self.content(of: request, terms, parties), eventTime: now,
                matter: .reservation(facts, parties: parties)))
    }

    mutating func addChange(
        _ request: VerifiedReservation, of caseNumber: UInt32, to status: ReservationState.Status, expiresAt: Instant
    ) {
        append(
            RecordFacts(
                key: request.changeKey, content: request.changeKey, eventTime: now,
                matter: .reservationChange(of: caseNumber, status, expiresAt: expiresAt)))
    }

    /// - Throws: `recordConflict` where the id was used for another reservation.
    func requireSame(
        _ request: VerifiedReservation, _ terms: ReservationTerms<IndexedIdentifier>, asRecord number: UInt32
    ) throws(Problem) {
        let parties = terms.subject.parties(subject: 0) { ledger.identifiers.number(of: $0.index) ?? .max }
        guard ledger.contents[Int(number)] == Self.content(of: request, terms, parties) else {
            throw Problem(
                .recordConflict, "This reservation id was used for another reservation.",
                hint: "Reserve under a new id.", path: "reservation")
        }
    }

    /// - Throws: `recordConflict` where the reservation was made for another application.
    func requireSameApplication(_ request: VerifiedReservation, asRecord number: UInt32) throws(Problem) {
        guard ledger.contents[Int(number)].high == Self.applicationDigest(of: request) else {
            throw Problem(
                .recordConflict, "This reservation was made for another application.",
                hint: "Name the applicationRef that it was made with.", path: "applicationRef")
        }
    }

    /// The upper half stands for the application alone, so that a confirmation can be held against it; the lower for
    /// everything.
    private static func content(
        of request: VerifiedReservation, _ terms: ReservationTerms<IndexedIdentifier>, _ parties: [Party]
    ) -> LookupKey {
        let words = [
            request.reservation.applicationRef.text, terms.product?.text ?? "", terms.amountBand?.label ?? "",
            terms.seconds.map { String($0) } ?? "",
        ]
        let whole = LookupKey.digest(
            "counterfoil/reservation-content/v1", words.map { Array($0.utf8) } + [bytes(of: parties)])
        return LookupKey(high: applicationDigest(of: request), low: whole.low)
    }

    private static func applicationDigest(of request: VerifiedReservation) -> UInt64 {
        LookupKey.digest(
            "counterfoil/reservation-application/v1", [Array(request.reservation.applicationRef.text.utf8)]
        ).high
    }
}

extension VerifiedReservation {
    /// Each action is taken once, in an entry of its own.
    package var entryKey: LookupKey { reservation.terms == nil ? changeKey : key }

    fileprivate var changeKey: LookupKey {
        var writer = ByteWriter()
        writer.put(key)
        return .digest("counterfoil/reservation-change/v1", [writer.bytes, Array(reservation.action.name.utf8)])
    }
}
