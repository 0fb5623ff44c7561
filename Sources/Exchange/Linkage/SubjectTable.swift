internal import Linkage
internal import Vocabulary

/// Who is which subject of the graph: a national-ID token, else one subject of one case, provisionally.
///
/// Numbers are given in the order of the cases, also to subjects of cases that no longer stand, so that a table built
/// anew has the same ones: rings are anchored in them.
struct SubjectTable: Sendable {
    static let none = UInt32.max
    /// By identifier.
    var ofNationalID: [UInt32] = []
    /// By case and position.
    var provisional: [UInt64: UInt32] = [:]
    var count: UInt32 = 0

    func subject(ofNationalID identifier: UInt32) -> SubjectNumber? {
        guard identifier < ofNationalID.count, ofNationalID[Int(identifier)] != Self.none else { return nil }
        return SubjectNumber(ofNationalID[Int(identifier)])
    }

    func subject(ofCase caseNumber: UInt32, position: UInt8) -> SubjectNumber? {
        provisional[Self.key(caseNumber, position)].map(SubjectNumber.init)
    }

    /// - Returns: the subject, and whether it is new.
    mutating func makeSubject(ofNationalID identifier: UInt32) -> (SubjectNumber, isNew: Bool) {
        if let known = subject(ofNationalID: identifier) { return (known, false) }
        if identifier >= ofNationalID.count {
            let missing = Int(identifier) + 1 - ofNationalID.count
            ofNationalID.append(contentsOf: repeatElement(Self.none, count: missing))
        }
        ofNationalID[Int(identifier)] = count
        count += 1
        return (SubjectNumber(count - 1), true)
    }

    mutating func makeSubject(ofCase caseNumber: UInt32, position: UInt8) -> (SubjectNumber, isNew: Bool) {
        if let known = subject(ofCase: caseNumber, position: position) { return (known, false) }
        provisional[Self.key(caseNumber, position)] = count
        count += 1
        return (SubjectNumber(count - 1), true)
    }

    private static func key(_ caseNumber: UInt32, _ position: UInt8) -> UInt64 {
        UInt64(caseNumber) << 8 | UInt64(position)
    }
}
