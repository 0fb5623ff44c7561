import TestSupport
import Testing
import Vocabulary

@testable import Identity

/// Invented persons from a seed: the same claims as on published files, on data that nobody could have tuned to.
@Suite("Generated persons")
struct GeneratedPersonsTests {
    private let policy: MatchPolicy
    private let normaliser: Normaliser

    init() throws {
        policy = try MatchPolicy(OwnVectors.document("policy/identifier-kinds.json"))
        normaliser = Normaliser(
            defaultRegion: .australia, today: try #require(CalendarDate(year: 2026, month: 1, day: 1)))
    }

    private func linkage(_ persons: [(entity: Int, person: GeneratedPerson)]) throws -> Linkage {
        try Linkage(
            persons.map { entity, person in
                let inputs = try person.applicant.identifiers(normaliser, malformed: .drop).inputs
                return Person(entity: "\(entity)", inputs: inputs)
            }, policy: policy)
    }

    private func numbered(_ persons: [GeneratedPerson]) -> [(entity: Int, person: GeneratedPerson)] {
        persons.enumerated().map { (entity: $0.offset, person: $0.element) }
    }

    @Test("with up to four errors a record, persons are met again and strangers are not", arguments: [UInt64(1), 2, 3])
    func errorsAreTolerated(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let originals = (0..<800).map { _ in GeneratedPerson(&random) }
        let copies = originals.map { person in
            var copy = person
            for _ in 0..<Int.random(in: 1...4, using: &random) { copy.makeError(&random) }
            return copy
        }
        let found = try linkage(numbered(originals) + numbered(copies)).score()
        #expect(found.precision >= 0.999, "seed \(seed)")
        #expect(found.recall >= 0.985, "seed \(seed)")
    }

    @Test("people who only share a household do not meet", arguments: [UInt64(1), 2])
    func householdsStayApart(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let parents = (0..<400).map { _ in GeneratedPerson(&random) }
        let children = parents.map { parent in
            var child = GeneratedPerson(&random)
            (child.family, child.number, child.street) = (parent.family, parent.number, parent.street)
            (child.locality, child.postcode) = (parent.locality, parent.postcode)
            return child
        }
        let everybody = numbered(parents + children)
        // Given names that sound alike are the exception: one household in a hundred, and never proof.
        #expect(try linkage(everybody).pairs.filter(\.isMet).count <= 4, "seed \(seed)")
    }
}
