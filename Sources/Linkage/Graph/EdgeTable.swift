/// One edge with its latest case's word, in 28 bytes. Its role stands in the adjacency.
struct EdgeRow: Sendable {
    var subject: UInt32
    var identifier: UInt32
    var caseNumber: UInt32
    var member: UInt16
    var day: UInt16
    /// The upper bit: two distinct members stand for the edge. The others: the next word; in a free row, the next row.
    var more: UInt32
    /// Where the edge stands in its subject's and in its identifier's list.
    var subjectPosition: UInt32
    var identifierPosition: UInt32

    static let backed: UInt32 = 1 << 31
    static let none: UInt32 = backed - 1
    /// The subject of a free row.
    static let vacant = UInt32.max

    @inline(__always)
    var isBacked: Bool { more & Self.backed != 0 }
    @inline(__always)
    var next: UInt32 { more & Self.none }
}

/// An edge's further word.
struct WordRow: Sendable {
    var caseNumber: UInt32
    var member: UInt16
    var day: UInt16
    var next: UInt32
}

/// The edges with what they rest on. An edge's words are chained with the latest case first, so that a new case, which
/// has the highest number so far, is added without looking at the others.
struct EdgeTable: Sendable {
    /// So many edges share one lowest day of expiry.
    static let zoneSize = 4096
    static let never = UInt16.max

    var rows: [EdgeRow] = []
    private var words: [WordRow] = []
    private var freeRow = EdgeRow.none
    private var freeWord = EdgeRow.none
    private(set) var count = 0
    private(set) var wordCount = 0
    /// By zone: no word in it expires before; a lower bound.
    private(set) var zones: [UInt16] = []

    mutating func reserve(_ edges: Int) {
        rows.reserveCapacity(edges)
        zones.reserveCapacity(edges / Self.zoneSize + 1)
    }

    /// - Parameter lastDay: the last day on which the word counts.
    mutating func insert(subject: UInt32, identifier: UInt32, _ word: Evidence, lastDay: UInt16) -> UInt32 {
        let row = EdgeRow(
            subject: subject, identifier: identifier, caseNumber: word.caseNumber, member: word.member,
            day: word.day.rawValue, more: EdgeRow.none, subjectPosition: 0, identifierPosition: 0)
        count += 1
        wordCount += 1
        let number: UInt32
        if freeRow != EdgeRow.none {
            number = freeRow
            freeRow = rows[Int(number)].next
            rows[Int(number)] = row
        } else {
            number = UInt32(rows.count)
            precondition(number < 1 << 29, "An edge's number has 29 bits.")
            rows.append(row)
        }
        note(lastDay, for: number)
        return number
    }

    /// For an edge whose last word has gone.
    mutating func free(_ number: UInt32) {
        rows[Int(number)].subject = EdgeRow.vacant
        rows[Int(number)].more = freeRow
        freeRow = number
        count -= 1
    }

    @inline(__always)
    mutating func note(_ lastDay: UInt16, for number: UInt32) {
        let zone = Int(number) / Self.zoneSize
        if zone == zones.count { zones.append(Self.never) }
        if lastDay < zones[zone] { zones[zone] = lastDay }
    }

    mutating func setZone(_ zone: Int, _ lastDay: UInt16) { zones[zone] = lastDay }

    /// The words of an edge, the latest case first.
    func words(of number: UInt32) -> EvidenceChain {
        let row = rows[Int(number)]
        return EvidenceChain(
            first: Evidence(caseNumber: row.caseNumber, member: row.member, day: GraphDay(row.day)), next: row.next,
            words: words)
    }

    func word(of number: UInt32, caseNumber: UInt32) -> Evidence? {
        let row = rows[Int(number)]
        if row.caseNumber == caseNumber {
            return Evidence(caseNumber: caseNumber, member: row.member, day: GraphDay(row.day))
        }
        // A later case than the latest has no word yet: the usual one.
        if row.caseNumber < caseNumber { return nil }
        var next = row.next
        while next != EdgeRow.none, words[Int(next)].caseNumber > caseNumber { next = words[Int(next)].next }
        guard next != EdgeRow.none, words[Int(next)].caseNumber == caseNumber else { return nil }
        return Evidence(caseNumber: caseNumber, member: words[Int(next)].member, day: GraphDay(words[Int(next)].day))
    }
}

// Words.
extension EdgeTable {
    /// Adds a word of a case that has none on the edge.
    mutating func addWord(_ word: Evidence, to number: UInt32, lastDay: UInt16) {
        let row = rows[Int(number)]
        let backed = row.isBacked || row.member != word.member ? EdgeRow.backed : 0
        wordCount += 1
        note(lastDay, for: number)
        if word.caseNumber > row.caseNumber {
            let place = place(
                WordRow(caseNumber: row.caseNumber, member: row.member, day: row.day, next: row.next))
            rows[Int(number)].caseNumber = word.caseNumber
            rows[Int(number)].member = word.member
            rows[Int(number)].day = word.day.rawValue
            rows[Int(number)].more = place | backed
            return
        }
        var (before, after) = (EdgeRow.none, row.next)
        while after != EdgeRow.none, words[Int(after)].caseNumber > word.caseNumber {
            (before, after) = (after, words[Int(after)].next)
        }
        let place = place(
            WordRow(caseNumber: word.caseNumber, member: word.member, day: word.day.rawValue, next: after))
        rows[Int(number)].more = (before == EdgeRow.none ? place : row.next) | backed
        if before != EdgeRow.none { words[Int(before)].next = place }
    }

    /// Sets the day of a word that is there.
    mutating func setDay(_ day: GraphDay, of caseNumber: UInt32, on number: UInt32) {
        if rows[Int(number)].caseNumber == caseNumber { return rows[Int(number)].day = day.rawValue }
        var next = rows[Int(number)].next
        while words[Int(next)].caseNumber != caseNumber { next = words[Int(next)].next }
        words[Int(next)].day = day.rawValue
    }

    /// Takes away a word that is there.
    /// - Returns: whether it was the last: the edge then has to be freed.
    mutating func removeWord(of caseNumber: UInt32, from number: UInt32) -> Bool {
        wordCount -= 1
        var row = rows[Int(number)]
        if row.caseNumber == caseNumber {
            guard row.next != EdgeRow.none else { return true }
            let next = words[Int(row.next)]
            giveBack(row.next)
            (row.caseNumber, row.member, row.day) = (next.caseNumber, next.member, next.day)
            row.more = next.next | row.more & EdgeRow.backed
        } else {
            var (before, place) = (EdgeRow.none, row.next)
            while words[Int(place)].caseNumber != caseNumber { (before, place) = (place, words[Int(place)].next) }
            let after = words[Int(place)].next
            if before == EdgeRow.none {
                row.more = after | row.more & EdgeRow.backed
            } else {
                words[Int(before)].next = after
            }
            giveBack(place)
        }
        if row.isBacked, !hasTwoMembers(row) { row.more &= EdgeRow.none }
        rows[Int(number)] = row
        return false
    }

    private func hasTwoMembers(_ row: EdgeRow) -> Bool {
        var next = row.next
        while next != EdgeRow.none {
            if words[Int(next)].member != row.member { return true }
            next = words[Int(next)].next
        }
        return false
    }

    private mutating func place(_ word: WordRow) -> UInt32 {
        guard freeWord != EdgeRow.none else {
            words.append(word)
            precondition(words.count < Int(EdgeRow.none), "A word's place has 31 bits.")
            return UInt32(words.count - 1)
        }
        let place = freeWord
        freeWord = words[Int(place)].next
        words[Int(place)] = word
        return place
    }

    private mutating func giveBack(_ place: UInt32) {
        words[Int(place)].next = freeWord
        freeWord = place
    }
}
