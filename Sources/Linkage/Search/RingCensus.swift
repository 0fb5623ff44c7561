import Vocabulary

/// Counts a ring's subjects one by one.
struct RingCensus {
    /// Of one edge no more words are read, the latest cases first.
    static let wordLimit = 256

    /// The member on whose words alone nothing is counted.
    private let asker: UInt16?
    private var budgetLeft: Int
    /// Whether the budget is used up, or something was left uncounted.
    var isSpent = false
    /// Whether an edge has words that were not read. Besides an asker counting goes on: the asker may have heaped them.
    private var isCut = false
    /// Of the asker's own words sixteen cost no more than another's: they must not use the budget up.
    private var askersWords = 0
    private var holders = NumberTable()
    private var identifiers: [IdentifierNumber] = []
    private var members = MemberSet()
    private var days: ClosedRange<GraphDay>?
    private var marks: [(mark: Mark, standing: MarkStanding, subject: SubjectNumber)] = []
    private var protected: Set<SubjectNumber> = []

    init(budget: Int, besides asker: UInt16?) { (budgetLeft, self.asker) = (budget, asker) }

    mutating func count(_ subject: SubjectNumber, in graph: Graph, _ standing: (Mark) -> MarkStanding) {
        let neighbours = graph.neighbours(of: subject)
        guard neighbours.ownCount <= budgetLeft else { return isSpent = true }
        budgetLeft -= neighbours.ownCount
        var isCounted = asker == nil
        for index in 0..<neighbours.ownCount {
            let next = neighbours[index]
            guard graph.rests(next.edge, onOthersThan: asker) else { continue }
            isCounted = true
            if holders.countOnce(next.identifier.rawValue) == 1 { identifiers.append(next.identifier) }
            readWords(of: next.edge, in: graph)
        }
        if isCounted, graph.hasMarks(subject) { readMarks(of: subject, in: graph, standing) }
        // So that all is counted exactly where all fits, in whatever order it comes.
        if budgetLeft < 0 { isSpent = true }
    }

    private mutating func readWords(of edge: EdgeNumber, in graph: Graph) {
        var left = Self.wordLimit
        for word in graph.evidence(of: edge) {
            guard left > 0 else {
                if asker == nil { isSpent = true } else { isCut = true }
                break
            }
            left -= 1
            if word.member == asker {
                askersWords += 1
                budgetLeft += askersWords.isMultiple(of: 16) ? 0 : 1
                continue
            }
            members.insert(word.member)
            days = days.map { min($0.lowerBound, word.day)...max($0.upperBound, word.day) } ?? word.day...word.day
        }
        budgetLeft -= Self.wordLimit - left
    }

    private mutating func readMarks(
        of subject: SubjectNumber, in graph: Graph, _ standing: (Mark) -> MarkStanding
    ) {
        for mark in graph.marks(of: subject) {
            budgetLeft -= 1
            let standing = standing(mark)
            if standing == .protective { protected.insert(subject) }
            marks.append((mark, standing, subject))
        }
    }

    func view(size: Int, in graph: Graph) -> RingView {
        RingView(
            size: size, members: members.count, identifiers: kindCounts(in: graph),
            marks: tallies { !$0.isConfirmed || !protected.contains($1) },
            protectedMarks: tallies { $0.isConfirmed && protected.contains($1) },
            firstDay: days?.lowerBound, lastDay: days?.upperBound, isTruncated: isSpent || isCut)
    }

    private func kindCounts(in graph: Graph) -> [RingView.KindCount] {
        var counts: [RingView.KindCount] = []
        for identifier in identifiers {
            let kind = graph.kind(of: identifier)
            let isShared = (holders[identifier.rawValue] ?? 0) > 1 && !graph.isDemoted(identifier)
            if let index = counts.firstIndex(where: { $0.kind == kind }) {
                counts[index].identifiers += 1
                counts[index].shared += isShared ? 1 : 0
            } else {
                counts.append(RingView.KindCount(kind: kind, identifiers: 1, shared: isShared ? 1 : 0))
            }
        }
        return counts.sorted { $0.kind < $1.kind }
    }

    private func tallies(_ isTold: (MarkStanding, SubjectNumber) -> Bool) -> [RingView.MarkTally] {
        let told = marks.filter { $0.standing != .gone && isTold($0.standing, $0.subject) }
        let groups = Dictionary(grouping: told) { each in
            // Confirmed reports by family, whatever their weight.
            if case .confirmed(let family, _) = each.standing { return Int(family) }
            return each.standing.order
        }
        let tallies = groups.values.map { group in
            RingView.MarkTally(
                standing: group.map(\.standing).min { $0.order < $1.order } ?? .gone,
                cases: Set(group.map(\.mark.caseNumber)).count, subjects: Set(group.map(\.subject)).count)
        }
        return tallies.sorted { $0.standing.order < $1.standing.order }
    }
}

extension Graph {
    /// Whether an edge rests on another member's word than `asker`'s; every edge does where nobody asks.
    func rests(_ edge: EdgeNumber, onOthersThan asker: UInt16?) -> Bool {
        guard let asker, !isBacked(edge) else { return true }
        // All its words are one member's.
        return evidence(of: edge).first { _ in true }?.member != asker
    }

    /// Whether one of a subject's own edges does.
    func isKnown(_ subject: SubjectNumber, toOthersThan asker: UInt16) -> Bool {
        let neighbours = neighbours(of: subject)
        return (0..<neighbours.ownCount).contains { rests(neighbours[$0].edge, onOthersThan: asker) }
    }
}

/// Members by number, a bit each.
struct MemberSet {
    private var words: [UInt64] = []
    private(set) var count = 0

    mutating func insert(_ member: UInt16) {
        let (word, bit) = (Int(member) >> 6, UInt64(1) << UInt64(member & 63))
        if word >= words.count { words.append(contentsOf: repeatElement(0, count: word + 1 - words.count)) }
        if words[word] & bit == 0 {
            words[word] |= bit
            count += 1
        }
    }
}
