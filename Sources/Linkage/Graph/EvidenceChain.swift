/// The words that an edge rests on, the latest case first.
package struct EvidenceChain: Sequence, Sendable {
    let first: Evidence
    let next: UInt32
    let words: [WordRow]

    package func makeIterator() -> Iterator { Iterator(words: words, word: first, upcoming: next) }

    package struct Iterator: IteratorProtocol {
        let words: [WordRow]
        var word: Evidence?
        var upcoming: UInt32

        package mutating func next() -> Evidence? {
            guard let now = word else { return nil }
            if upcoming == EdgeRow.none {
                word = nil
            } else {
                let row = words[Int(upcoming)]
                word = Evidence(caseNumber: row.caseNumber, member: row.member, day: GraphDay(row.day))
                upcoming = row.next
            }
            return now
        }
    }
}
