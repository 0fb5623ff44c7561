import Vocabulary

/// A canonical summary of a graph's state, for tests: equal for equal live edges, evidence, marks, components and
/// demotions, whatever their order and history. No protection against somebody who looks for collisions.
package struct GraphDigest: Hashable, Sendable {
    package private(set) var rawValue: UInt64 = 0

    /// Adds a statement; their order does not matter.
    fileprivate mutating func add(_ topic: UInt64, _ values: UInt64...) {
        var mixed = topic
        for value in values {
            mixed = (mixed ^ value) &* 0x9E37_79B9_7F4A_7C15
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            mixed ^= mixed >> 31
        }
        rawValue &+= mixed
    }
}

extension Graph {
    /// Looks at everything; for tests.
    package func digest() -> GraphDigest {
        var digest = GraphDigest()
        digest.add(1, UInt64(subjectCount), UInt64(identifierCount), UInt64(edgeCount), UInt64(evidenceCount))
        let smallest = components.smallestByLabel()
        for subject in 0..<subjectCount {
            digest.add(2, UInt64(subject), UInt64(smallest[Int(components.label[subject])]))
            for neighbour in neighbours(of: SubjectNumber(UInt32(subject))) {
                for word in evidence(of: neighbour.edge) {
                    digest.add(
                        3, UInt64(subject), UInt64(neighbour.identifier.rawValue), UInt64(neighbour.role.rawValue),
                        UInt64(word.caseNumber), UInt64(word.member), UInt64(word.day.rawValue))
                }
            }
        }
        for (subject, marks) in marksBySubject {
            for mark in marks {
                digest.add(
                    4, UInt64(subject), UInt64(mark.caseNumber), UInt64(mark.position), mark.isProtective ? 1 : 0)
            }
        }
        for (identifier, row) in identifiers.rows.enumerated() {
            let number = IdentifierNumber(UInt32(identifier))
            let standing: UInt64 = (isSeeded(number) ? 1 : 0) | (isDemoted(number) ? 2 : 0)
            digest.add(5, UInt64(identifier), UInt64(row.kind), UInt64(row.own), standing)
        }
        return digest
    }
}
