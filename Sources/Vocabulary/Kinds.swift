/// What sort of identifier a token stands for. The raw value is the byte in the OPRF input and in the commitment.
package enum IdentifierKind: UInt8, Hashable, Sendable, CaseIterable, Comparable {
    case nationalID = 1
    case phone = 2
    case card = 3
    case device = 4
    case email = 5
    case address = 6
    case employer = 7
    case staff = 8
    // Composites: match keys that the gateway derives (DESIGN §2). A composite alone is a possible match, never proof.
    /// All of a name's parts, sorted, with the exact birth date.
    case nameBirthDate = 32
    /// One name part by its sound, with the birth date whose day and month are sorted; one value a part.
    case phoneticNameBirthDate = 33
    case localityBirthDate = 34
    case streetBirthDate = 35
    case nameStreet = 36
    case nameLocality = 37
    case givenNameHouse = 38
    case nationalIDLocality = 39
    case nationalIDBirthDate = 40
    case namePhone = 41

    package init?(name: String) {
        guard let kind = Self.byName[name] else { return nil }
        self = kind
    }

    package var name: String { Self.names[Int(rawValue)] }
    package var isComposite: Bool { rawValue >= 32 }

    /// The key that turns this kind into tokens; one key a class gives each class a budget of its own.
    package var keyClass: KeyClass {
        switch self {
        case .nationalID: .nationalID
        case .phone: .phone
        case .card: .card
        case .device: .device
        case .email: .email
        case .address, .employer: .addressEmployer
        case .staff: .staff
        case .nameBirthDate, .phoneticNameBirthDate, .localityBirthDate, .streetBirthDate, .nameStreet, .nameLocality,
            .givenNameHouse, .nationalIDLocality, .nationalIDBirthDate, .namePhone:
            .composite
        }
    }

    package static func < (left: IdentifierKind, right: IdentifierKind) -> Bool { left.rawValue < right.rawValue }

    private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) })
    private static let names = caseNames(of: allCases)
}

/// A group of identifier kinds under one token key (DESIGN §2).
package enum KeyClass: String, Hashable, Sendable, CaseIterable, Comparable {
    case nationalID, phone, card, device, email, addressEmployer, staff, composite

    package static func < (left: KeyClass, right: KeyClass) -> Bool { left.rawValue < right.rawValue }
}

/// What an identifier is to the subject it stands with (DOMAIN §2). The raw value is the byte in stored facts.
package enum IdentifierRole: UInt8, Hashable, Sendable, CaseIterable {
    case own = 1
    case contact, guarantor, coBorrower, spouse, workplace, agent, staff

    package init?(name: String) {
        guard let role = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = role
    }

    package var name: String { Self.names[Int(rawValue)] }

    private static let names = caseNames(of: allCases)
}

/// What a subject is in a record: a borrower in a loan event, one of the others in a report (DOMAIN §2).
package enum SubjectRole: UInt8, Hashable, Sendable, CaseIterable {
    case borrower = 1
    case perpetrator, associate, victim

    package init?(name: String) {
        guard let role = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = role
    }

    package var name: String { Self.names[Int(rawValue)] }

    private static let names = caseNames(of: allCases)
}

/// The cases' names by raw value, made once: asking the runtime for a name costs as much as parsing a record's field.
private func caseNames<Case: RawRepresentable<UInt8>>(of cases: [Case]) -> [String] {
    var names = [String](repeating: "", count: 256)
    for each in cases { names[Int(each.rawValue)] = String(describing: each) }
    return names
}

/// Why a member asks. The node enforces it (DOMAIN §5).
package enum Purpose: String, Hashable, Sendable, CaseIterable {
    case application, monitoring, portfolioReview, guarantor, subjectAccess, preScreen
    /// Not a check: tokens for records that a member furnishes. Custodians count it apart.
    case furnish
}
