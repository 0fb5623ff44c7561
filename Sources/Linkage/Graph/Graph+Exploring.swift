extension Graph {
    /// One part of a component while it is explored: met and looked at, met and still to be looked at.
    private struct Search {
        var done: [UInt32] = []
        var open: [UInt32]
    }

    /// After links among them went: cuts the component of some subjects into what it has become.
    ///
    /// From each of the subjects a search goes on, in turns, through the links that are left. Two searches that meet go
    /// on as one; one that comes to its end has found a part that is cut off. When a single one is left, that is the
    /// rest, and is not explored to its end: the work is bound by the parts cut off, or by the way round.
    ///
    /// - Parameter subjects: of one component, at least one from each part that it may have fallen into.
    mutating func separate(_ subjects: [UInt32]) {
        let label = components.label[Int(subjects[0])]
        let base = startVisits(subjects.count)
        var searches: [Search] = subjects.map { Search(open: [$0]) }
        var leader = Array(searches.indices)
        for (index, subject) in subjects.enumerated() { visits[Int(subject)] = base + UInt32(index) }
        var live = Array(searches.indices)
        var turn = 0
        while live.count > 1 {
            if turn >= live.count { turn = 0 }
            let index = live[turn]
            guard let subject = searches[index].open.popLast() else {
                live.remove(at: turn)
                continue
            }
            searches[index].done.append(subject)
            let merged = look(from: subject, label: label, base: base, into: &searches, index, &leader)
            if merged { live.removeAll { leader[$0] != $0 } }
            turn += 1
        }
        let parts = searches.indices.filter { leader[$0] == $0 && !live.contains($0) }.map { searches[$0].done }
        // All can have come to their ends only if the last was not live any more; then it is whole, and stays.
        let rest = live.first.map { searches[$0].done.first ?? searches[$0].open[0] }
        cut(parts, rest: rest)
    }

    private mutating func startVisits(_ count: Int) -> UInt32 {
        if lastVisit > UInt32.max - UInt32(count) - 1 {
            for index in visits.indices { visits[index] = 0 }
            lastVisit = 0
        }
        let base = lastVisit + 1
        lastVisit += UInt32(count)
        return base
    }

    /// Meets all that a subject is linked to.
    /// - Returns: whether another search was met and taken over.
    private mutating func look(
        from subject: UInt32, label: UInt32, base: UInt32, into searches: inout [Search], _ index: Int,
        _ leader: inout [Int]
    ) -> Bool {
        var merged = false
        for position in 0..<Int(subjects.rows[Int(subject)].own) {
            let identifier = subjects[Int(subject), position].neighbour
            guard facts(of: identifier).unions, !isDemoted(identifier) else { continue }
            for place in 0..<Int(identifiers.rows[Int(identifier)].own) {
                let other = identifiers[Int(identifier), place].neighbour
                guard components.label[Int(other)] == label else { continue }
                let met = visits[Int(other)] >= base ? find(leader, Int(visits[Int(other)] - base)) : nil
                guard met != index else { continue }
                comparisons += 1
                guard isLinked(subject, other) else { continue }
                if let met {
                    searches[index].done += searches[met].done
                    searches[index].open += searches[met].open
                    searches[met] = Search(open: [])
                    leader[met] = index
                    merged = true
                } else {
                    visits[Int(other)] = base + UInt32(index)
                    searches[index].open.append(other)
                }
            }
        }
        return merged
    }

    private func find(_ leader: [Int], _ index: Int) -> Int {
        var index = index
        while leader[index] != index { index = leader[index] }
        return index
    }

    /// Gives the parts labels of their own and settles which part keeps the ring's name.
    private mutating func cut(_ parts: [[UInt32]], rest: UInt32?) {
        guard let rest, !parts.isEmpty else { return }
        let ring = components.ring[Int(components.label[Int(rest)])]
        var fragments = parts.map { $0[0] }
        for part in parts { _ = components.cut(part) }
        fragments.append(rest)
        nameAfterCutting(ring, fragments)
    }
}
