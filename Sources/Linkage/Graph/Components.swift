/// Which subjects are in one component: a label each, and every component's subjects in a ring of links, so that
/// joining relabels the smaller one only, and a part is cut off without looking at the rest.
struct Components: Sendable {
    private(set) var label: [UInt32] = []
    private var next: [UInt32] = []
    private var previous: [UInt32] = []
    /// By label.
    private(set) var size: [UInt32] = []
    /// By label: the number of the ring that the component is; 0 for none.
    var ring: [UInt32] = []
    private var freeLabels: [UInt32] = []

    var subjectCount: Int { label.count }

    mutating func reserve(_ subjects: Int) {
        label.reserveCapacity(subjects)
        next.reserveCapacity(subjects)
        previous.reserveCapacity(subjects)
        size.reserveCapacity(subjects)
        ring.reserveCapacity(subjects)
    }

    mutating func addSubject() {
        let subject = UInt32(label.count)
        label.append(newLabel(size: 1))
        next.append(subject)
        previous.append(subject)
    }

    private mutating func newLabel(size: UInt32) -> UInt32 {
        if let free = freeLabels.popLast() {
            self.size[Int(free)] = size
            ring[Int(free)] = 0
            return free
        }
        self.size.append(size)
        ring.append(0)
        return UInt32(self.size.count - 1)
    }

    /// The same subjects, each a component of its own without a name.
    func scattered() -> Components {
        var scattered = Components()
        scattered.reserve(subjectCount)
        for _ in 0..<subjectCount { scattered.addSubject() }
        return scattered
    }

    /// Joins the components of two labels.
    /// - Returns: the label that is left, the larger one's; its ring is as it was.
    @discardableResult
    mutating func join(_ left: UInt32, _ right: UInt32, at first: UInt32, _ second: UInt32) -> UInt32 {
        let isLeftLarger = size[Int(left)] >= size[Int(right)]
        let (kept, gone) = isLeftLarger ? (left, right) : (right, left)
        let (inKept, inGone) = isLeftLarger ? (first, second) : (second, first)
        var subject = inGone
        repeat {
            label[Int(subject)] = kept
            subject = next[Int(subject)]
        } while subject != inGone
        let (after, last) = (next[Int(inKept)], previous[Int(inGone)])
        next[Int(inKept)] = inGone
        previous[Int(inGone)] = inKept
        next[Int(last)] = after
        previous[Int(after)] = last
        size[Int(kept)] += size[Int(gone)]
        size[Int(gone)] = 0
        ring[Int(gone)] = 0
        freeLabels.append(gone)
        return kept
    }

    /// Cuts some of a component's subjects, not all, off as a component of their own.
    /// - Returns: its label.
    mutating func cut(_ subjects: [UInt32]) -> UInt32 {
        let old = label[Int(subjects[0])]
        let fresh = newLabel(size: UInt32(subjects.count))
        size[Int(old)] -= UInt32(subjects.count)
        for subject in subjects {
            let (before, after) = (previous[Int(subject)], next[Int(subject)])
            next[Int(before)] = after
            previous[Int(after)] = before
            label[Int(subject)] = fresh
        }
        for (index, subject) in subjects.enumerated() {
            let after = subjects[index + 1 == subjects.count ? 0 : index + 1]
            next[Int(subject)] = after
            previous[Int(after)] = subject
        }
        return fresh
    }

    func members(of subject: UInt32) -> ComponentMembers { ComponentMembers(first: subject, links: next) }

    /// The smallest subject's number in a subject's component; looks at all of it.
    func smallest(with subject: UInt32) -> UInt32 {
        var (smallest, each) = (subject, next[Int(subject)])
        while each != subject {
            smallest = min(smallest, each)
            each = next[Int(each)]
        }
        return smallest
    }

    /// By label: the smallest subject's number. Looks at everybody.
    func smallestByLabel() -> [UInt32] {
        var smallest = [UInt32](repeating: .max, count: size.count)
        for subject in label.indices.reversed() { smallest[Int(label[subject])] = UInt32(subject) }
        return smallest
    }
}

/// A component's subjects.
package struct ComponentMembers: Sequence, Sendable {
    let first: UInt32
    let links: [UInt32]

    package func makeIterator() -> Iterator { Iterator(links: links, first: first, upcoming: first) }

    package struct Iterator: IteratorProtocol {
        let links: [UInt32]
        let first: UInt32
        var upcoming: UInt32?

        package mutating func next() -> SubjectNumber? {
            guard let now = upcoming else { return nil }
            let after = links[Int(now)]
            upcoming = after == first ? nil : after
            return SubjectNumber(now)
        }
    }
}
