import ConsortiumSupport
import Records
import Vocabulary

extension AnswerSheet {
    /// The findings about identities, as the lender reads them.
    var identity: [JSON] { json["duplicates"]?.array ?? [] }
    var identityCodes: [String] { identity.compactMap { $0["code"]?.string } }
    func identity(_ code: String) -> JSON? { identity.first { $0["code"]?.string == code } }
}

extension JSON {
    /// The codes of a finding's reasons.
    var reasonCodes: [String] { self["reasons"]?.array?.compactMap { $0["code"]?.string } ?? [] }
}

extension CoreConsortium {
    /// A loan applied for so many days ago; the record is named as the loan.
    mutating func lend(_ loan: String, to person: Person, by member: Int, daysAgo: Int = 100) throws {
        try furnish(.loan(loan, .applied, of: person, at: ago(days: daysAgo), name: loan), by: member)
    }

    mutating func takeBack(_ loan: String, by member: Int) throws {
        try furnish(.retraction(of: loan, at: now), by: member)
    }

    /// The codes told to a member about a person.
    mutating func identityCodes(of person: Person, by member: Int = 0) throws -> [String] {
        try ask(about: person, by: member).identityCodes
    }
}

extension Person {
    /// A person by the texts of ID and of name with birth date.
    static func known(as id: String, named name: String, _ more: Invented...) -> Person {
        Person([Invented(.nationalID, id), Invented(.nameBirthDate, name)] + more)
    }
}
