import Testing
import Vocabulary

@testable import Identity

@Suite("The policy's list of identifier kinds")
struct KindPolicyTests {
    @Test("every kind stands in the list once, with its number and key class")
    func everyKindIsListed() throws {
        let entries = try #require(OwnVectors.document("policy/identifier-kinds.json").array)
        #expect(entries.map { $0["kind"]?.string } == IdentifierKind.allCases.map(\.name))
        #expect(entries.map { $0["number"]?.integer } == IdentifierKind.allCases.map { Int64($0.rawValue) })
        #expect(entries.map { $0["keyClass"]?.string } == IdentifierKind.allCases.map(\.keyClass.rawValue))
    }

    @Test("no match key joins a ring or carries a search, and only name with birth date matches alone")
    func matchKeysAreNeverProof() throws {
        let entries = try #require(OwnVectors.document("policy/identifier-kinds.json").array)
        let composites = entries.filter { ($0["number"]?.integer ?? 0) >= 32 }
        #expect(composites.allSatisfy { $0["union"] == false && $0["forward"] == false })
        #expect(composites.filter { $0["match"] == "alone" }.map { $0["kind"] } == ["nameBirthDate"])
    }

    @Test("the vectors' person with errors in five fields meets the one without, and their neighbour does not")
    func vectorsMeet() throws {
        let cases = OwnVectors.cases("match-keys.json")
        let policy = try MatchPolicy(OwnVectors.document("policy/identifier-kinds.json"))
        let today = try #require(CalendarDate(year: 2026, month: 1, day: 1))
        let normaliser = Normaliser(defaultRegion: .australia, today: today)
        var persons = try cases.prefix(2).map { vector in
            let applicant = try Applicant(#require(vector.json["applicant"]))
            return Person(entity: "one", inputs: try applicant.identifiers(normaliser).inputs)
        }
        let neighbour = try JSON(
            parsing: """
                {"names":[{"given":"Ines","family":"Merkwell"}],"birthDate":"1990-05-06",
                "addresses":[{"number":"51","street":"Alder Street","locality":"Oakbridge","postcode":"6241"}]}
                """)
        persons.append(Person(entity: "two", inputs: try Applicant(neighbour).identifiers(normaliser).inputs))
        #expect(Linkage(persons, policy: policy).score() == (1, 1))
    }
}
