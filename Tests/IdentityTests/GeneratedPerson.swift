import Vocabulary

@testable import Identity

/// A person made of syllables and figures, and the errors that forms collect.
struct GeneratedPerson: Sendable {
    var given: String
    var family: String
    var number: String
    var street: String
    var locality: String
    var postcode: String
    var birthDate: String
    var nationalID: String

    init(_ random: inout some RandomNumberGenerator) {
        given = Self.word(&random)
        family = Self.word(&random)
        number = String(Int.random(in: 1...300, using: &random))
        street = Self.word(&random) + ["street", "place", "road"].map { " " + $0 }.randomElement(using: &random)!
        locality = Self.word(&random)
        postcode = String(Int.random(in: 2000...7999, using: &random))
        birthDate = Self.date(&random)
        nationalID = Self.figures(9, &random)
    }

    var applicant: Applicant {
        let address = PostalAddress.Parts(number: number, street: street, locality: locality, postcode: postcode)
        return Applicant(
            claims: [IdentifierClaim(.nationalID(scheme: "opaque", value: nationalID), path: "nationalIDs[0]")],
            names: [.parts(given: given, family: family)], birthDate: birthDate, addresses: [.parts(address)])
    }

    /// One error: a slip of a key, a moved house, an exchanged pair of fields, a missing value, a wrong number.
    mutating func makeError(_ random: inout some RandomNumberGenerator) {
        switch Int.random(in: 0..<12, using: &random) {
        case 0, 1: given = Self.slip(given, &random)
        case 2, 3: family = Self.slip(family, &random)
        case 4: street = Self.slip(street, &random)
        case 5: locality = Self.slip(locality, &random)
        case 6: number = Self.slip(number, &random)
        case 7: postcode = Self.exchange(postcode, &random)
        case 8: (given, family) = (family, given)
        case 9: nationalID = Self.exchange(nationalID, &random)
        case 10: nationalID = Self.figures(9, &random)
        default: birthDate = ["", Self.date(&random)].randomElement(using: &random)!
        }
    }

    private static func word(_ random: inout some RandomNumberGenerator) -> String {
        (0..<Int.random(in: 2...3, using: &random)).map { _ in
            String("bcdfghklmnprstvw".randomElement(using: &random)!) + String("aeiou".randomElement(using: &random)!)
                + ["", "", "n", "r", "s", "l", "t"].randomElement(using: &random)!
        }.joined()
    }

    private static func date(_ random: inout some RandomNumberGenerator) -> String {
        CalendarDate(daysSince1970: Int.random(in: -20_000...13_000, using: &random)).description
    }

    private static func figures(_ count: Int, _ random: inout some RandomNumberGenerator) -> String {
        (0..<count).map { _ in String(Int.random(in: 0...9, using: &random)) }.joined()
    }

    /// A letter left out, doubled, exchanged with the next or replaced.
    private static func slip(_ text: String, _ random: inout some RandomNumberGenerator) -> String {
        var letters = Array(text)
        let index = Int.random(in: letters.indices, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0 where letters.count > 1: letters.remove(at: index)
        case 1: letters.insert(letters[index], at: index)
        case 2: return exchange(text, &random)
        default:
            letters[index] = letters[index].isNumber ? "7" : "abcdefghijklmnoprstuvwy".randomElement(using: &random)!
        }
        return String(letters)
    }

    private static func exchange(_ text: String, _ random: inout some RandomNumberGenerator) -> String {
        var letters = Array(text)
        guard letters.count > 1 else { return text }
        let index = Int.random(in: 0..<letters.count - 1, using: &random)
        letters.swapAt(index, index + 1)
        return String(letters)
    }
}
