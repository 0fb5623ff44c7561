internal import Records

/// The segments of the consortium of which others' events are told.
///
/// They are chosen together, for they add up to `all`: a segment that is told must not make a small one that is not
/// a matter of subtraction. Whatever offered segments are taken from each other, `minimum` lenders or none remain.
struct OfferedSegments {
    /// Whether the segments bank and nonBank are offered: both or neither, since together they are all.
    let offersHalves: Bool
    /// By the class's position.
    let classes: [Bool]

    /// - Parameters:
    ///   - counts: by class: its active members but for the asker.
    ///   - segments: by class: the half of the consortium that it belongs to.
    init(counts: [Int], segments: [MemberClass.Segment], minimum: Int) {
        let halves = MemberClass.Segment.allCases.map { half in segments.indices.filter { segments[$0] == half } }
        let isLarge = { (group: [Int]) in group.reduce(0) { $0 + counts[$1] } >= minimum }
        offersHalves = halves.allSatisfy(isLarge)
        var offered = [Bool](repeating: false, count: counts.count)
        for group in offersHalves ? halves : [Array(counts.indices)] where isLarge(group) {
            for position in Self.offered(among: group, counts, minimum) { offered[position] = true }
        }
        classes = offered
    }

    /// The classes large enough, less the smallest of them (of equal ones the first) until enough members or none
    /// belong to those that are withheld.
    private static func offered(among group: [Int], _ counts: [Int], _ minimum: Int) -> ArraySlice<Int> {
        let large = group.filter { counts[$0] >= minimum }.sorted { (counts[$0], $0) < (counts[$1], $1) }
        var withheld = group.reduce(0) { $0 + (counts[$1] < minimum ? counts[$1] : 0) }
        var offered = large[...]
        while withheld > 0, withheld < minimum, let smallest = offered.popFirst() { withheld += counts[smallest] }
        return offered
    }
}
