import Testing
import Vocabulary

@testable import Identity

/// A person of a file with known truth: records of one entity are the same person.
struct Person: Sendable {
    let entity: String
    let inputs: [IdentifierInput]
}

/// Which kinds may match, read from the policy's data.
struct MatchPolicy {
    let alone: Set<IdentifierKind>
    let corroborated: Set<IdentifierKind>

    init(_ json: JSON) throws {
        var kinds: [String: Set<IdentifierKind>] = [:]
        for entry in try #require(json.array) {
            let kind = try #require(entry["kind"]?.string.flatMap(IdentifierKind.init(name:)))
            kinds[try #require(entry["match"]?.string), default: []].insert(kind)
        }
        alone = kinds["alone"] ?? []
        corroborated = kinds["corroborated"] ?? []
    }

    func matches(_ equal: Set<IdentifierKind>) -> Bool {
        !equal.isDisjoint(with: alone) || equal.intersection(corroborated).count >= 2
    }
}

/// The pairs of persons that meet by equal token inputs, and those that should.
struct Linkage {
    struct Pair {
        let first: Int
        let second: Int
        let isMet: Bool
        let isSame: Bool
    }

    private(set) var pairs: [Pair] = []

    init(_ persons: [Person], policy: MatchPolicy) {
        var holders: [[UInt8]: [Int]] = [:]
        var entities: [String: [Int]] = [:]
        for (index, person) in persons.enumerated() {
            var equal: [Int: Set<IdentifierKind>] = [:]
            for input in person.inputs {
                let token = input.tokenInput(consortiumID: "test")
                for other in holders[token] ?? [] { equal[other, default: []].insert(input.kind) }
                holders[token, default: []].append(index)
            }
            let met = Set(equal.filter { policy.matches($0.value) }.keys)
            let same = Set(entities[person.entity] ?? [])
            for other in met.union(same) {
                pairs.append(
                    Pair(first: other, second: index, isMet: met.contains(other), isSame: same.contains(other)))
            }
            entities[person.entity, default: []].append(index)
        }
    }

    /// Pairwise precision and recall among the pairs that a split puts on two sides.
    func score(across sides: [Bool]) -> (precision: Double, recall: Double) {
        score { sides[$0.first] != sides[$0.second] }
    }

    func score(of isCounted: (Pair) -> Bool = { _ in true }) -> (precision: Double, recall: Double) {
        var met = 0
        var same = 0
        var right = 0
        for pair in pairs where isCounted(pair) {
            if pair.isMet { met += 1 }
            if pair.isSame { same += 1 }
            if pair.isMet, pair.isSame { right += 1 }
        }
        return (met == 0 ? 1 : Double(right) / Double(met), same == 0 ? 1 : Double(right) / Double(same))
    }
}
