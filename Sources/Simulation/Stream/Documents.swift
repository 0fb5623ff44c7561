internal import Records
internal import Vocabulary

/// Writes what lenders post: records and checks in clear, as `schemas/gateway` has them.
struct Documents: Sendable {
    let withComposites: Bool

    func record(_ id: RecordID, at eventTime: Int64, _ body: RecordBody, subjects: [JSON] = []) -> JSON {
        var members = [
            JSON.Member("recordID", .string(id.description)), JSON.Member("kind", .string(body.kind.name)),
            JSON.Member("eventTime", .string(Instant(milliseconds: eventTime).description)),
        ]
        members += body.members
        if !subjects.isEmpty { members.append(JSON.Member("subjects", .array(subjects))) }
        return .object(members)
    }

    func subject(_ role: SubjectRole, _ applicant: JSON) -> JSON {
        .object(["role": .string(role.name), "applicant": applicant])
    }

    /// - Parameter contact: the phone slot of somebody whom the applicant names as a contact.
    func applicant(_ own: OwnIdentifiers, contact: Int? = nil, related: [RelatedPerson] = []) -> JSON {
        var members = [JSON.Member("nationalIDs", nationalIDs(own.nationalID))]
        members.append(JSON.Member("phones", .strings(own.phones.map(IdentifierRange.phone))))
        if let card = own.card { members.append(JSON.Member("cards", .strings([IdentifierRange.card(card)]))) }
        if let email = own.email { members.append(JSON.Member("emails", .strings([IdentifierRange.email(email)]))) }
        if let device = own.device { members.append(JSON.Member("devices", devices(device))) }
        if withComposites { members += composites(own) }
        let all = (contact.map { [RelatedPerson(role: .contact, phone: $0)] } ?? []) + related
        if !all.isEmpty { members.append(JSON.Member("related", .array(all.map(person)))) }
        return .object(members)
    }

    private func person(_ related: RelatedPerson) -> JSON {
        .object([
            "role": .string(related.role.name), "nationalIDs": related.nationalID.map(nationalIDs),
            "phones": related.phone.map { .strings([IdentifierRange.phone($0)]) },
        ])
    }

    private func composites(_ own: OwnIdentifiers) -> [JSON.Member] {
        [
            JSON.Member("names", .array([.object(["full": .string(IdentifierRange.name(own.name))])])),
            JSON.Member("birthDate", .string(IdentifierRange.birthDate(own.nationalID).description)),
            JSON.Member("addresses", .array([.object(["line": .string(IdentifierRange.address(own.address))])])),
            JSON.Member("employers", .strings([IdentifierRange.employer(own.employer)])),
        ]
    }

    /// The phone, card and device alone: what carries a report of impersonation.
    func instruments(_ own: OwnIdentifiers) -> JSON {
        var members = [JSON.Member("phones", .strings(own.phones.map(IdentifierRange.phone)))]
        if let card = own.card { members.append(JSON.Member("cards", .strings([IdentifierRange.card(card)]))) }
        if let device = own.device { members.append(JSON.Member("devices", devices(device))) }
        return .object(members)
    }

    /// Somebody who stands in the applications of others: an intermediary, or a lender's own staff.
    func related(_ role: IdentifierRole, _ own: OwnIdentifiers) -> JSON {
        let person = JSON.object([
            "role": .string(role.name),
            "nationalIDs": role == .staff ? nationalIDs(own.nationalID) : nil,
            "phones": .strings(own.phones.map(IdentifierRange.phone)),
        ])
        return .object(["related": .array([person])])
    }

    private func nationalIDs(_ slot: Int) -> JSON {
        .array([.object(["scheme": "cn-rid", "value": .string(IdentifierRange.nationalID(slot))])])
    }

    private func devices(_ slot: Int) -> JSON {
        .array([.object(["type": "opaque", "value": .string(IdentifierRange.device(slot))])])
    }
}
