package import Identity
package import Records
package import Vocabulary

/// A request about a reservation ready to be sent, and what of the applicant was left out.
package struct PreparedReservation: Sendable {
    package let request: ReservationRequest<IdentifierInput>
    package let dropped: [DroppedField]

    /// What makes two requests of one action the same: everything but when they were made.
    var content: JSON {
        .object([
            "action": .string(request.action.name), "applicationRef": .string(request.applicationRef.text),
            "product": .optional(request.terms?.product?.text),
            "amountBand": .optional(request.terms?.amountBand?.label),
            "seconds": request.terms?.seconds.map { .integer($0) },
            "identifiers": .array(
                (request.terms?.subject.identifiers ?? []).map {
                    .strings([$0.kind.name, $0.role.name, $0.value])
                }),
        ])
    }
}

extension ClearReader {
    /// Reads the document of `schemas/gateway/reservation.schema.json`.
    package func reservation(
        _ json: JSON, consortium: String, member: MemberID
    ) throws(Problem) -> PreparedReservation {
        var applicant: Applicant?
        let make: (Subject<IdentifierInput>?) -> ReservationRequest<IdentifierInput>
        do throws(FieldFailure) {
            var reader = try ObjectReader(json)
            let given = try reader.optionalParsed("reservation") { text throws(DecodingFailure) in try RecordID(text) }
            let action = try reader.choice("action", expected: "reserve, confirm, release") { name in
                ["reserve", "confirm", "release"].contains(name) ? name : nil
            }
            guard let id = given ?? (action == "reserve" ? newID() : nil) else {
                throw reader.failure("reservation", .missing)
            }
            let reference = try reader.parsed("applicationRef", as: OpaqueReference.init)
            var product: ListedName?
            var band: AmountBand?
            var seconds: Int64?
            if action == "reserve" {
                product = try reader.optionalParsed("product", as: ListedName.init)
                band = try reader.optionalParsed("amountBand", as: AmountBand.init)
                seconds = try reader.optionalInteger(
                    "seconds", in: 1...Int64(policy.reservation.maximumSeconds))
                applicant = try Applicant(try reader.required("applicant"), path: "applicant")
            }
            // Refuses what belongs to reserving with the other actions.
            try reader.finish()
            make = { subject in
                let terms = subject.map {
                    ReservationTerms(product: product, amountBand: band, seconds: seconds, subject: $0)
                }
                return ReservationRequest(
                    consortium: consortium, member: member, reservation: id, madeAt: now,
                    action: terms.map { .reserve($0) } ?? (action == "confirm" ? .confirm : .release),
                    applicationRef: reference)
            }
        } catch { throw Problem(error) }
        guard let applicant else { return PreparedReservation(request: make(nil), dropped: []) }
        let derived = try derive(applicant, exactly: false, path: "applicant")
        let request = make(Subject(role: .borrower, identifiers: derived.inputs))
        try requireAdmissible(request)
        return PreparedReservation(request: request, dropped: derived.dropped)
    }

    /// The subject and the product keep to what a check's do.
    private func requireAdmissible(_ request: ReservationRequest<IdentifierInput>) throws(Problem) {
        guard let terms = request.terms else { return }
        let check = Check(
            consortium: request.consortium, member: request.member, check: request.reservation, madeAt: request.madeAt,
            purpose: .application, mode: .hard, applicationRef: request.applicationRef, consent: Bytes32(),
            product: terms.product, subject: terms.subject)
        do throws(AdmissionFailure) { try Admission.check(check, policy: policy, now: now) } catch {
            throw Problem(error)
        }
    }
}
