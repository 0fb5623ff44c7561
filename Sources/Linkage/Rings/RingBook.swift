/// The rings' names: given once, kept through merges (as aliases) and splits. Facts of their own, replayed from events.
package struct RingBook: Hashable, Sendable {
    package enum Standing: Hashable, Sendable {
        case live(anchor: SubjectNumber)
        case alias(of: RingNumber)
        case ended
    }

    /// By the ring's number less one.
    private var rings: [Standing] = []
    /// Identifiers whose demotion has been told, and whose promotion has not.
    package internal(set) var toldDemoted: Set<IdentifierNumber> = []

    package init() {}

    /// How many names were ever given; rings are numbered from 1.
    package var count: Int { rings.count }

    package func standing(of ring: RingNumber) -> Standing? {
        ring.rawValue > 0 && ring.rawValue <= rings.count ? rings[Int(ring.rawValue) - 1] : nil
    }

    /// The live ring that a name stands for today, through its aliases; `nil` where that ring has ended.
    package func current(_ ring: RingNumber) -> RingNumber? {
        var ring = ring
        for _ in 0...rings.count {
            switch standing(of: ring) {
            case .live: return ring
            case .alias(let other): ring = other
            case .ended, nil: return nil
            }
        }
        return nil
    }

    /// The live rings with their anchors, by number.
    package var live: [(ring: RingNumber, anchor: SubjectNumber)] {
        rings.indices.compactMap { index in
            guard case .live(let anchor) = rings[index] else { return nil }
            return (RingNumber(UInt32(index + 1)), anchor)
        }
    }

    /// Replays one fact; one about a ring that is not known yet makes room for it.
    package mutating func apply(_ event: LinkageEvent) {
        switch event {
        case .ringFounded(let ring, let anchor, _), .ringAnchored(let ring, let anchor):
            set(ring, .live(anchor: anchor))
        case .ringMerged(let ring, let other): set(ring, .alias(of: other))
        case .ringEnded(let ring): set(ring, .ended)
        case .demoted(let identifier, _): toldDemoted.insert(identifier)
        case .promoted(let identifier): toldDemoted.remove(identifier)
        case .hubBurst: break
        }
    }

    private mutating func set(_ ring: RingNumber, _ standing: Standing) {
        precondition(ring.rawValue > 0, "Rings are numbered from 1.")
        while rings.count < Int(ring.rawValue) { rings.append(.ended) }
        rings[Int(ring.rawValue) - 1] = standing
    }

    /// The next name to be given.
    var next: RingNumber { RingNumber(UInt32(rings.count + 1)) }
}
