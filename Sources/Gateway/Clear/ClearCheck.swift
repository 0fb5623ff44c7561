package import Identity
internal import Lending
package import Records
package import Vocabulary

/// A check ready to be asked, and what of the applicant was left out.
package struct PreparedCheck: Sendable {
    package let check: Check<IdentifierInput>
    package let dropped: [DroppedField]

    /// What makes two checks the same: everything but when they were made. The profile is that which the caller asked
    /// for: another default makes no other question.
    var content: JSON {
        .object([
            "purpose": .string(check.purpose.rawValue), "mode": .string(check.mode.name),
            "applicationRef": .string(check.applicationRef.text), "consent": .string(check.consent.base64),
            "product": .optional(check.product?.text), "profile": .optional(check.profile), "asOf": check.asOf?.json,
            "identifiers": .array(
                check.subject.identifiers.map {
                    .strings([$0.kind.name, $0.role.name, $0.value])
                }),
        ])
    }
}

extension ClearReader {
    /// Reads the document of `schemas/gateway/check.schema.json`.
    package func check(
        _ json: JSON, consortium: String, member: MemberID
    ) throws(Problem) -> PreparedCheck {
        let applicant: Applicant
        let make: (Subject<IdentifierInput>) -> Check<IdentifierInput>
        do throws(FieldFailure) {
            var reader = try ObjectReader(json)
            let given = try reader.optionalParsed("check") { text throws(DecodingFailure) in try RecordID(text) }
            let id = given ?? newID()
            let purpose = try reader.choice("purpose", expected: Self.purposeNames, Self.purpose)
            let mode = try reader.choice("mode", expected: "hard, soft") { name in
                CheckMode.allCases.first { $0.name == name }
            }
            let reference = try reader.parsed("applicationRef", as: OpaqueReference.init)
            let consent = try reader.parsed("consent") { text throws(DecodingFailure) in
                try Bytes32(Base64.decode(text))
            }
            let product = try reader.optionalParsed("product", as: ListedName.init)
            let profile = try Self.profile(&reader)
            let asOf = try self.asOf(&reader, mode)
            applicant = try Applicant(try reader.required("applicant"), path: "applicant")
            try reader.finish()
            make = { subject in
                Check(
                    consortium: consortium, member: member, check: id, madeAt: now, purpose: purpose, mode: mode,
                    profile: profile, applicationRef: reference, consent: consent, product: product, asOf: asOf,
                    subject: subject)
            }
        } catch { throw Problem(error) }
        let derived = try derive(applicant, exactly: false, path: "applicant")
        let check = make(Subject(role: .borrower, identifiers: derived.inputs))
        do throws(AdmissionFailure) { try Admission.check(check, policy: policy, now: now) } catch {
            throw Problem(error)
        }
        return PreparedCheck(check: check, dropped: derived.dropped)
    }

    private static func profile(_ reader: inout ObjectReader) throws(FieldFailure) -> String? {
        guard let name = try reader.optionalString("profile") else { return nil }
        guard Catalogue.current.profile(named: name) != nil else {
            let names = Catalogue.current.profiles.map(\.name).joined(separator: ", ")
            throw reader.failure("profile", .malformed("the profiles are \(names)"))
        }
        return name
    }

    /// The past moment asked about: of a soft check, and not later than now.
    private func asOf(_ reader: inout ObjectReader, _ mode: CheckMode) throws(FieldFailure) -> AsOf? {
        guard var fields = try reader.optionalObject("asOf") else { return nil }
        guard mode == .soft else { throw reader.failure("asOf", .malformed("only a soft check asks about the past")) }
        let instant = try fields.parsed("instant", as: Instant.init)
        guard instant <= now else { throw fields.failure("instant", .malformed("in the future")) }
        let basis =
            fields.optional("basis") == nil
            ? nil
            : try fields.choice("basis", expected: "received, events") { name in
                AsOf.Basis.allCases.first { $0.name == name }
            }
        try fields.finish()
        return AsOf(instant: instant, basis: basis ?? .received)
    }

    private static let purposes = Purpose.allCases.filter { $0 != .furnish }
    private static let purposeNames = purposes.map(\.rawValue).joined(separator: ", ")
    private static func purpose(_ name: String) -> Purpose? { purposes.first { $0.rawValue == name } }
}
