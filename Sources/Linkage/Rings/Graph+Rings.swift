extension Graph {
    private var minimumRing: UInt32 { UInt32(clamping: max(rules.minimumRingSubjects, 2)) }

    /// Settles which name two components that are about to be joined will have: the larger one's, of two as large the
    /// smaller number; the other becomes an alias.
    /// - Returns: 0 where neither has one.
    mutating func nameAfterJoining(_ left: UInt32, _ right: UInt32) -> UInt32 {
        let (leftRing, rightRing) = (components.ring[Int(left)], components.ring[Int(right)])
        guard leftRing != 0, rightRing != 0 else { return max(leftRing, rightRing) }
        let (leftSize, rightSize) = (components.size[Int(left)], components.size[Int(right)])
        let isLeftKept = leftSize == rightSize ? leftRing < rightRing : leftSize > rightSize
        let (kept, gone) = isLeftKept ? (leftRing, rightRing) : (rightRing, leftRing)
        tell(.ringMerged(RingNumber(gone), into: RingNumber(kept)))
        return kept
    }

    /// Names a component that has become a ring.
    mutating func nameIfLarge(_ label: UInt32, with subject: UInt32) {
        guard components.size[Int(label)] >= minimumRing else { return }
        found(label, anchor: components.smallest(with: subject), from: nil)
    }

    private mutating func found(_ label: UInt32, anchor: UInt32, from: RingNumber?) {
        let ring = rings.next
        components.ring[Int(label)] = ring.rawValue
        tell(.ringFounded(ring, anchor: SubjectNumber(anchor), from: from))
    }

    /// Settles which fragment of a component keeps its name, and names the others that are rings.
    /// - Parameter fragments: a subject of each.
    mutating func nameAfterCutting(_ ring: UInt32, _ fragments: [UInt32]) {
        guard ring != 0 else { return }
        var parts: [(label: UInt32, size: UInt32, smallest: UInt32)] = []
        for subject in fragments {
            let label = components.label[Int(subject)]
            components.ring[Int(label)] = 0
            let size = components.size[Int(label)]
            if size >= minimumRing { parts.append((label, size, subject)) }
        }
        guard let largest = parts.map(\.size).max() else { return tell(.ringEnded(RingNumber(ring))) }
        // The smallest subject of the large rest is looked for only where something depends on it.
        let isTie = parts.count { $0.size == largest } > 1
        for index in parts.indices where isTie || parts[index].size != largest {
            parts[index].smallest = components.smallest(with: parts[index].smallest)
        }
        parts.sort { ($1.size, $0.smallest) < ($0.size, $1.smallest) }
        keep(RingNumber(ring), parts[0].label, with: parts[0].smallest)
        for part in parts.dropFirst() { found(part.label, anchor: part.smallest, from: RingNumber(ring)) }
    }

    private mutating func keep(_ ring: RingNumber, _ label: UInt32, with subject: UInt32) {
        components.ring[Int(label)] = ring.rawValue
        if case .live(let anchor) = rings.standing(of: ring), components.label[Int(anchor.rawValue)] == label { return }
        tell(.ringAnchored(ring, anchor: SubjectNumber(components.smallest(with: subject))))
    }

    /// Takes the names from a book, after the graph was made anew from its records: what was told and named meanwhile
    /// is forgotten. Where book and components disagree, since the policy or the day has moved on, that is told.
    package mutating func bind(_ book: RingBook) {
        rings = book
        events = []
        for label in components.ring.indices { components.ring[label] = 0 }
        for (ring, anchor) in book.live {
            guard Int(anchor.rawValue) < components.subjectCount else {
                tell(.ringEnded(ring))
                continue
            }
            let label = Int(components.label[Int(anchor.rawValue)])
            if components.ring[label] != 0 {
                tell(.ringMerged(ring, into: RingNumber(components.ring[label])))
            } else if components.size[label] < minimumRing {
                tell(.ringEnded(ring))
            } else {
                components.ring[label] = ring.rawValue
            }
        }
        foundUnnamed { _ in nil }
    }

    /// Names every component that is a ring and has no name, by its smallest subject's number.
    private mutating func foundUnnamed(from: (UInt32) -> RingNumber?) {
        for subject in components.label.indices {
            let label = components.label[subject]
            guard components.size[Int(label)] >= minimumRing, components.ring[Int(label)] == 0 else { continue }
            found(label, anchor: UInt32(subject), from: from(label))
        }
    }

    /// Names all components after they were made anew: a ring goes where most of its subjects are (of several as many,
    /// to the one with the smallest subject), and is an alias where a ring with more subjects there has gone, too.
    /// - Parameter former: each subject's ring before; 0 for none.
    mutating func nameAnew(_ former: [UInt32]) {
        var overlap: [UInt64: (count: UInt32, smallest: UInt32)] = [:]
        for (subject, ring) in former.enumerated() where ring != 0 {
            let label = components.label[subject]
            guard components.size[Int(label)] >= minimumRing else { continue }
            overlap[UInt64(ring) << 32 | UInt64(label), default: (0, UInt32(subject))].count += 1
        }
        var claims: [UInt32: (label: UInt32, count: UInt32, smallest: UInt32)] = [:]
        for (pair, share) in overlap {
            let (ring, label) = (UInt32(pair >> 32), UInt32(truncatingIfNeeded: pair))
            if let claim = claims[ring], (share.count, claim.smallest) < (claim.count, share.smallest) { continue }
            claims[ring] = (label, share.count, share.smallest)
        }
        var from: [UInt32: RingNumber] = [:]
        for (pair, _) in overlap.sorted(by: { ($0.value.count, $1.key) < ($1.value.count, $0.key) }) {
            from[UInt32(truncatingIfNeeded: pair)] = RingNumber(UInt32(pair >> 32))
        }
        settle(claims)
        foundUnnamed { from[$0] }
    }

    private mutating func settle(_ claims: [UInt32: (label: UInt32, count: UInt32, smallest: UInt32)]) {
        for (ring, _) in rings.live where claims[ring.rawValue] == nil { tell(.ringEnded(ring)) }
        for (ring, claim) in claims.sorted(by: { ($1.value.count, $0.key) < ($0.value.count, $1.key) }) {
            let taken = components.ring[Int(claim.label)]
            if taken == 0 {
                keep(RingNumber(ring), claim.label, with: claim.smallest)
            } else {
                tell(.ringMerged(RingNumber(ring), into: RingNumber(taken)))
            }
        }
    }
}
