import Vocabulary

/// What becomes of a value that breaks a rule of its kind.
package enum MalformedValue: Sendable {
    /// The applicant is refused, naming the field: what a check at the counter wants.
    case refuse
    /// The field is dropped and reported: what onboarding a book of old records wants.
    case drop
}

extension Applicant {
    /// Tokens of one subject, composites included (DESIGN §10).
    package static let maximumTokens = 24

    /// Every identifier and match key of this applicant: normalised, none twice, in a fixed order.
    ///
    /// - Parameter path: where the applicant stands in a larger document, the start of every path.
    /// - Throws: the first refused field; more identifiers than a subject may have; no identifier of their own.
    package func identifiers(
        _ normaliser: Normaliser, malformed: MalformedValue = .refuse, path: String = ""
    ) throws(IdentityFailure) -> DerivedIdentifiers {
        var derivation = Derivation(malformed: malformed, prefix: path)
        for claim in claims {
            let input = try derivation.take(claim.path) { () throws(NormalisationRule) in
                try normaliser.normalise(claim)
            }
            if let input { derivation.inputs.insert(input) }
        }
        let homes = try derivation.takeAll("addresses", addresses) { address throws(NormalisationRule) in
            try AddressForm(address)
        }
        for address in homes.compactMap(\.exact) {
            derivation.inputs.insert(IdentifierInput(kind: .address, role: .own, value: address))
        }
        guard derivation.inputs.count <= Self.maximumTokens else {
            throw .tooManyIdentifiers(limit: Self.maximumTokens)
        }
        let keys = try matchKeys(normaliser, homes: homes, &derivation)
        for key in keys.keys.prefix(Self.maximumTokens - derivation.inputs.count) {
            derivation.inputs.insert(IdentifierInput(kind: key.kind, role: .own, value: key.value))
        }
        guard derivation.inputs.contains(where: { $0.role == .own }) else { throw .noUsableIdentifier }
        return DerivedIdentifiers(inputs: derivation.inputs.sorted(), dropped: derivation.dropped)
    }

    private func matchKeys(
        _ normaliser: Normaliser, homes: [AddressForm], _ derivation: inout Derivation
    ) throws(IdentityFailure) -> MatchKeys {
        let forms = try derivation.takeAll("names", names) { name throws(NormalisationRule) in try NameForm(name) }
        var date: BirthDate?
        if let birthDate {
            date = try derivation.take(derivation.path("birthDate")) { () throws(NormalisationRule) in
                try BirthDate(birthDate, today: normaliser.today)
            }
        }
        let own = derivation.inputs.filter { $0.role == .own }.sorted()
        let unchecked = NationalIDScheme.allCases.filter { !$0.hasCheckDigit }.map { $0.rawValue + ":" }
        let numbers = own.filter { $0.kind == .nationalID }.map(\.value)
        return MatchKeys(
            names: forms, birthDate: date, addresses: homes,
            uncheckedIDs: numbers.filter { number in unchecked.contains { number.hasPrefix($0) } },
            phones: own.filter { $0.kind == .phone }.map(\.value))
    }
}

/// Collects inputs and dropped fields, and decides which broken rules refuse the applicant.
private struct Derivation {
    let malformed: MalformedValue
    let prefix: String
    var inputs: Set<IdentifierInput> = []
    var dropped: [DroppedField] = []

    func path(_ name: String) -> String { prefix.isEmpty ? name : "\(prefix).\(name)" }

    mutating func take<Value>(
        _ path: String, _ parse: () throws(NormalisationRule) -> Value
    ) throws(IdentityFailure) -> Value? {
        do throws(NormalisationRule) { return try parse() } catch {
            guard error == .placeholder || error == .empty || malformed == .drop else {
                throw .refused(path: path, rule: error)
            }
            dropped.append(DroppedField(path: path, rule: error))
            return nil
        }
    }

    mutating func takeAll<Given, Value>(
        _ name: String, _ elements: [Given], _ parse: (Given) throws(NormalisationRule) -> Value
    ) throws(IdentityFailure) -> [Value] {
        var values: [Value] = []
        for (index, element) in elements.enumerated() {
            let value = try take("\(path(name))[\(index)]") { () throws(NormalisationRule) in try parse(element) }
            if let value { values.append(value) }
        }
        return values
    }
}
