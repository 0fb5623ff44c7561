internal import Vocabulary

/// Why openings do not fit the payload they came with. The position counts identifiers in document order, from 0.
package enum OpeningFailure: Error, Equatable, Sendable, CustomStringConvertible {
    case tooFew(position: Int)
    case tooMany(expected: Int)
    case mismatch(position: Int)

    package var description: String {
        switch self {
        case .tooFew(let position): "There is no opening for the identifier at position \(position)."
        case .tooMany(let expected): "There are more openings than the payload's \(expected) identifiers."
        case .mismatch(let position): "The opening at position \(position) does not fit the commitment signed."
        }
    }
}

/// Opens one commitment after the other.
struct Opener {
    private let openings: [Opening]
    private var next = 0

    init(_ openings: [Opening]) { self.openings = openings }

    mutating func open(_ identifier: CommittedIdentifier) throws(OpeningFailure) -> OpenedIdentifier {
        guard next < openings.count else { throw .tooFew(position: next) }
        let opening = openings[next]
        guard Commitment.of(identifier.kind, opening) == identifier.commitment else {
            throw .mismatch(position: next)
        }
        next += 1
        return OpenedIdentifier(kind: identifier.kind, role: identifier.role, opening: opening)
    }

    func finish() throws(OpeningFailure) {
        guard next == openings.count else { throw .tooMany(expected: next) }
    }
}
