package import Vocabulary

/// Brings clear identifiers to their canonical values (version `TokenInput.normaliserVersion`).
///
/// A value type without clock: the day that birth dates must not exceed is given.
package struct Normaliser: Hashable, Sendable {
    package let defaultRegion: PhoneRegion
    package let today: CalendarDate

    package init(defaultRegion: PhoneRegion, today: CalendarDate) {
        (self.defaultRegion, self.today) = (defaultRegion, today)
    }

    /// The kind and canonical value of an exact identifier.
    ///
    /// - Throws: the rule that the value breaks; `.placeholder` where it is on the stop list.
    package func normalise(_ claim: IdentifierClaim) throws(NormalisationRule) -> IdentifierInput {
        let (kind, value) = try canonical(claim.content)
        guard claim.role == .staff else { return IdentifierInput(kind: kind, role: claim.role, value: value) }
        // A loan officer is met again by the own ID, phone or e-mail, under the key for staff.
        guard [.nationalID, .phone, .email].contains(kind) else { throw .notForRole }
        return IdentifierInput(kind: .staff, role: .staff, value: "\(kind.name):\(value)")
    }

    private func canonical(
        _ content: IdentifierClaim.Content
    ) throws(NormalisationRule) -> (kind: IdentifierKind, value: String) {
        switch content {
        case .nationalID(let name, let value):
            guard let scheme = NationalIDScheme(rawValue: name) else { throw .unknownScheme }
            return (.nationalID, "\(scheme.rawValue):\(try scheme.normalise(value, today: today))")
        case .phone(let value): return (.phone, try PhoneNumber(value, defaultRegion: defaultRegion).text)
        case .card(let value): return (.card, try CardNumber(value).digits)
        case .email(let value): return (.email, try EmailAddress(value).text)
        case .device(let name, let value):
            guard let type = DeviceType(rawValue: name) else { throw .unknownScheme }
            return (.device, "\(type.rawValue):\(try type.normalise(value))")
        case .employer(let value): return (.employer, try Self.employer(value))
        }
    }

    /// An employer's name without spaces, punctuation and the legal form at its end.
    private static func employer(_ text: String) throws(NormalisationRule) -> String {
        var words = TextFolding.words(text)
        guard !words.isEmpty else { throw .empty }
        if StopList.containsEmployer(words.joined()) { throw .placeholder }
        while words.count > 1, let last = words.last, legalForms.contains(last) { words.removeLast() }
        var name = words.joined()
        for form in hanLegalForms where name.hasSuffix(form) && name.count > form.count + 1 {
            name.removeLast(form.count)
            break
        }
        guard name.utf8.count <= 256 else { throw .tooLong }
        return name
    }

    private static let legalForms: Set<String> = [
        "ltd", "limited", "inc", "incorporated", "llc", "plc", "pty", "pvt", "private", "co", "company", "corp",
        "corporation", "gmbh", "ag", "sa", "tbk",
    ]
    private static let hanLegalForms = ["股份有限公司", "有限责任公司", "有限公司", "公司"]
}
