import Vocabulary

/// Composite identifiers: combinations of attributes that stay equal when one of a person's records has errors.
///
/// Every key is a plain value compared by equality after tokenising, so tolerance has to lie in the value: names by
/// sound or first letters and in sorted order, day and month sorted, digits sorted where figures get exchanged. Each
/// key leaves out what another one needs, so that an error in any attribute spares some of them. None but the exact
/// name with the exact birth date may match alone (`schemas/policy/identifier-kinds.json`). Two different ones do:
/// each pair says both who and where, or who and when, so that people who only share a household do not meet; twins
/// under one roof may.
struct MatchKeys {
    /// Per person (DESIGN §2).
    static let maximum = 12

    let names: [NameForm]
    let birthDate: BirthDate?
    let addresses: [AddressForm]
    /// Canonical numbers of schemes without a check digit, scheme in front.
    let uncheckedIDs: [String]
    let phones: [String]

    /// The keys in order of worth, at most `maximum`, none twice.
    var keys: [(kind: IdentifierKind, value: String)] {
        var collected = Collected()
        for name in names { collected.add(.nameBirthDate, name.whole, birthDate?.exact) }
        for (name, address) in combinations {
            addBirthDateKeys(name, address, to: &collected)
            addNameKeys(name, address, to: &collected)
            for number in uncheckedIDs { addNationalIDKeys(number, address, to: &collected) }
            for phone in phones { collected.add(.namePhone, name?.joined(by: Self.initials), phone) }
        }
        return Array(collected.keys.prefix(Self.maximum))
    }

    /// Every name with the first address, then the first name with the other addresses.
    private var combinations: [(NameForm?, AddressForm?)] {
        let name = names.first
        let address = addresses.first
        return [(name, address)] + names.dropFirst().map { ($0, address) } + addresses.dropFirst().map { (name, $0) }
    }

    private func addBirthDateKeys(_ name: NameForm?, _ address: AddressForm?, to collected: inout Collected) {
        let date = birthDate?.unordered
        for part in name?.tellingParts ?? [] {
            collected.add(.phoneticNameBirthDate, PhoneticCode.soundex(part, length: 3), date)
        }
        collected.add(.localityBirthDate, address?.area, date)
        for line in address?.lines ?? [] { collected.add(.streetBirthDate, Self.sound(ofLine: line), date) }
    }

    private func addNameKeys(_ name: NameForm?, _ address: AddressForm?, to collected: inout Collected) {
        let sounds = name?.joined { PhoneticCode.soundex($0, length: 3) }
        for line in address?.lines ?? [] { collected.add(.nameStreet, sounds, Self.sound(ofLine: line)) }
        collected.add(.nameLocality, name?.joined(by: Self.initials), address?.area)
        let given = name?.given.map { PhoneticCode.soundex($0, length: 4) }
        collected.add(.givenNameHouse, given, address?.number.sortedCharacters, address?.place)
    }

    private func addNationalIDKeys(_ number: String, _ address: AddressForm?, to collected: inout Collected) {
        let (scheme, digits) = (number.prefix { $0 != ":" }, number.drop { $0 != ":" }.dropFirst())
        let sorted = "\(scheme):\(String(digits).sortedCharacters)"
        collected.add(.nationalIDBirthDate, sorted, birthDate?.unordered)
        collected.add(.nationalIDLocality, sorted, address?.area)
    }

    private static func initials(_ part: String) -> String { PhoneticCode.prefix(part, length: 3) }
    private static func sound(ofLine line: String) -> String { PhoneticCode.soundex(line, length: 4) }

    private struct Collected {
        var keys: [(kind: IdentifierKind, value: String)] = []

        /// Joins the parts with `|`, which no part contains; adds nothing where one is missing.
        mutating func add(_ kind: IdentifierKind, _ parts: String?...) {
            let present = parts.compactMap { $0 }.filter { !$0.isEmpty }
            guard present.count == parts.count else { return }
            let value = present.joined(separator: "|")
            if !keys.contains(where: { $0 == (kind, value) }) { keys.append((kind, value)) }
        }
    }
}

extension AddressForm {
    /// The postcode with its characters sorted, or the sound of the place's name.
    fileprivate var area: String {
        postcode.isEmpty ? PhoneticCode.soundex(locality, length: 4) : postcode.sortedCharacters
    }

    /// The sound of the place's name, or the postcode.
    fileprivate var place: String {
        locality.isEmpty ? postcode.sortedCharacters : PhoneticCode.soundex(locality, length: 4)
    }
}

extension String {
    fileprivate var sortedCharacters: String { String(sorted()) }
}
