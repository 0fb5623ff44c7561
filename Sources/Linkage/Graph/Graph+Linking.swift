import Vocabulary

extension Graph {
    /// Whether two subjects are joined, by what they both own at present and on whose word.
    ///
    /// They share identifiers that are not demoted. Believing everybody, one of a kind that may union is enough.
    /// Otherwise either one such must be backed by two members on both sides, or what they share must be of two kinds:
    /// so no link rests on one member's word about one kind.
    package func isLinked(_ left: SubjectNumber, _ right: SubjectNumber) -> Bool {
        left != right && isLinked(left.rawValue, right.rawValue)
    }

    func isLinked(_ left: UInt32, _ right: UInt32) -> Bool {
        let (short, long) = inOrderOfLength(left, right)
        var (unions, kind, isOfTwoKinds) = (false, UInt8(0), false)
        for position in 0..<Int(subjects.rows[Int(short)].own) {
            let entry = subjects[Int(short), position]
            guard let other = ownEdge(of: long, at: entry.neighbour), links(entry.neighbour) else { continue }
            let row = identifiers.rows[Int(entry.neighbour)]
            let facts = facts[Int(row.kind)]
            if facts.unions {
                if !rules.needsCorroboration { return true }
                if edges.rows[Int(entry.edge)].isBacked, edges.rows[Int(other)].isBacked { return true }
                unions = true
            }
            if facts.corroborates, kind != row.kind {
                isOfTwoKinds = isOfTwoKinds || kind != 0
                kind = row.kind
            }
            if unions, isOfTwoKinds { return true }
        }
        return false
    }

    /// The same for two that were not linked before they came to share an identifier, one side of which is not backed.
    ///
    /// What they shared before was of one kind, or could not union; so the first that is found tells for all. It is
    /// looked for from the end, where new edges stand: two subjects with thousands of identifiers that share more and
    /// more of them are not looked through each time.
    private mutating func isLinked(_ left: UInt32, _ right: UInt32, byNew identifier: UInt32) -> Bool {
        let (short, long) = inOrderOfLength(left, right)
        let (kind, unions) = (identifiers.rows[Int(identifier)].kind, facts(of: identifier).unions)
        var position = Int(subjects.rows[Int(short)].own)
        while position > 0 {
            position -= 1
            comparisons += 1
            let other = subjects[Int(short), position].neighbour
            guard other != identifier, ownEdge(of: long, at: other) != nil, links(other) else { continue }
            return identifiers.rows[Int(other)].kind != kind && (unions || facts(of: other).unions)
        }
        return false
    }

    @inline(__always)
    private func inOrderOfLength(_ left: UInt32, _ right: UInt32) -> (short: UInt32, long: UInt32) {
        subjects.rows[Int(left)].own <= subjects.rows[Int(right)].own ? (left, right) : (right, left)
    }

    @inline(__always)
    private func ownEdge(of subject: UInt32, at identifier: UInt32) -> UInt32? {
        if subjects.rows[Int(subject)].flags & AdjacencyRow.isHeavy != 0 {
            return find(Edge(SubjectNumber(subject), IdentifierNumber(identifier)))
        }
        return subjects.position(of: identifier, roleBits: 0, in: Int(subject))
            .map { subjects[Int(subject), $0].edge }
    }

    /// Joins a subject with those it has become linked to among the ones that share an identifier with it.
    ///
    /// The order in which several components are joined decides nothing but names; it is that of the subjects' numbers,
    /// so that it does not depend on the past.
    /// - Parameter isNew: the subject has the identifier only now; otherwise a second member has come to back it.
    mutating func joinThose(sharing identifier: UInt32, with subject: UInt32, isNew: Bool) {
        let unions = facts(of: identifier).unions
        if !rules.needsCorroboration, unions {
            // All the others are in one component already: any of them stands for it.
            let first = identifiers[Int(identifier), 0].neighbour
            return join(subject, first == subject ? identifiers[Int(identifier), 1].neighbour : first)
        }
        var linked: (one: UInt32, more: [UInt32])?
        for position in 0..<Int(identifiers.rows[Int(identifier)].own) {
            let entry = identifiers[Int(identifier), position]
            let other = entry.neighbour
            guard components.label[Int(other)] != components.label[Int(subject)] else { continue }
            let isLinked = isNew
                ? isLinked(subject, other, byNew: identifier) : unions && edges.rows[Int(entry.edge)].isBacked
            guard isLinked else { continue }
            if linked == nil { linked = (other, []) } else { linked?.more.append(other) }
        }
        guard let linked else { return }
        guard !linked.more.isEmpty else { return join(subject, linked.one) }
        for other in ([linked.one] + linked.more).sorted() { join(subject, other) }
    }

    /// Joins all that are linked among those that share an identifier.
    mutating func joinAll(sharing identifier: UInt32, naming: Bool = true) {
        let owners = owners(of: identifier)
        for (index, left) in owners.enumerated() {
            for right in owners[(index + 1)...] where components.label[Int(left)] != components.label[Int(right)] {
                comparisons += 1
                if isLinked(left, right) { join(left, right, naming: naming) }
            }
        }
    }

    /// The subjects whose own an identifier is, sorted.
    func owners(of identifier: UInt32) -> [UInt32] {
        (0..<Int(identifiers.rows[Int(identifier)].own)).map { identifiers[Int(identifier), $0].neighbour }.sorted()
    }

    private mutating func join(_ left: UInt32, _ right: UInt32, naming: Bool = true) {
        let (leftLabel, rightLabel) = (components.label[Int(left)], components.label[Int(right)])
        guard leftLabel != rightLabel else { return }
        let ring = naming ? nameAfterJoining(leftLabel, rightLabel) : 0
        let label = components.join(leftLabel, rightLabel, at: left, right)
        components.ring[Int(label)] = ring
        if naming, ring == 0 { nameIfLarge(label, with: left) }
    }
}
