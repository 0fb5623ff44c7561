import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Identity

/// Published persons with typing errors and known truth, split over two lenders that share only tokens.
@Suite("Persons met again")
struct PersonLinkTests {
    @Test(
        "persons split over two lenders are met again by equal tokens alone",
        .enabled(if: Vectors.isPresent, "needs ../shared"), arguments: [1, 2, 3])
    func splitsAreMetAgain(dataset: Int) throws {
        let persons = try Self.sets.get()[dataset - 1]
        #expect(persons.allSatisfy { $0.inputs.filter(\.kind.isComposite).count <= 12 && $0.inputs.count <= 24 })
        let policy = try MatchPolicy(OwnVectors.document("policy/identifier-kinds.json"))
        let linkage = Linkage(persons, policy: policy)
        for seed in UInt64(1)...100 {
            var random = SeededGenerator(seed: seed)
            let (precision, recall) = linkage.score(across: persons.map { _ in Bool.random(using: &random) })
            #expect(precision >= 0.999, "set \(dataset), seed \(seed)")
            #expect(recall >= 0.985, "set \(dataset), seed \(seed)")
        }
    }

    @Test(
        "without the exact number, no two different persons of three files meet",
        .enabled(if: Vectors.isPresent, "needs ../shared"))
    func strangersDoNotMeet() throws {
        let everybody = try Self.sets.get().enumerated().flatMap { number, persons in
            persons.map { person in
                Person(entity: "\(number)/\(person.entity)", inputs: person.inputs.filter { $0.kind != .nationalID })
            }
        }
        let policy = try MatchPolicy(OwnVectors.document("policy/identifier-kinds.json"))
        let linkage = Linkage(everybody, policy: policy)
        #expect(!linkage.pairs.contains { $0.isMet && !$0.isSame })
    }

    private static let sets = Result { try (1...3).map { try persons(dataset: $0) } }

    /// Reads a file as a lender would map it; its dates that do not exist are dropped.
    private static func persons(dataset: Int) throws -> [Person] {
        let text = try String(contentsOf: Vectors.file("data/febrl/dataset\(dataset).csv"), encoding: .utf8)
        let today = try #require(CalendarDate(year: 2026, month: 1, day: 1))
        let normaliser = Normaliser(defaultRegion: .australia, today: today)
        return try text.split(whereSeparator: \.isNewline).dropFirst().map { line in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map { field -> String? in
                let trimmed = field.trimmingCharacters(in: .whitespaces)
                return trimmed.isEmpty ? nil : trimmed
            }
            let id = try #require(fields[0])
            let derived = try applicant(fields).identifiers(normaliser, malformed: .drop)
            return Person(entity: String(id.split(separator: "-")[1]), inputs: derived.inputs)
        }
    }

    private static func applicant(_ fields: [String?]) throws -> Applicant {
        let number = try #require(fields[10])
        let address = PostalAddress.Parts(
            number: fields[3], street: fields[4], extra: fields[5], locality: fields[6], postcode: fields[7],
            region: fields[8])
        return Applicant(
            claims: [IdentifierClaim(.nationalID(scheme: "opaque", value: number), path: "nationalIDs[0]")],
            names: fields[1] == nil && fields[2] == nil ? [] : [.parts(given: fields[1], family: fields[2])],
            birthDate: fields[9], addresses: [.parts(address)])
    }
}
