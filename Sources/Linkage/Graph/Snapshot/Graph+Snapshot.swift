import Vocabulary

// A snapshot: a header; the identifiers; the subjects, each with the smallest of its component, its edges and their
// words; marks; counters of hubs; the book of rings; a check sum. Canonical: equal graphs write equal bytes, whatever
// became of them before (but for the counters of hubs, which keep what was seen).

/// The header's first bytes, the last of which is the format's version.
private let snapshotHeader: [UInt8] = Array("CFLinkage".utf8) + [1]

extension Graph {
    /// Writes everything that the graph is made of, in pieces of about 1 MiB.
    package func writeSnapshot(_ write: ([UInt8]) throws -> Void) rethrows {
        var columns = SnapshotColumns()
        for byte in snapshotHeader { columns.put(byte) }
        columns.put(rules.fingerprint)
        columns.put(today.rawValue)
        columns.put(identifierCount)
        for row in identifiers.rows {
            columns.put(UInt64(row.kind) << 1 | (row.flags & AdjacencyRow.isSeeded != 0 ? 1 : 0))
            if columns.isFull { try write(columns.take()) }
        }
        columns.put(subjectCount)
        let smallest = components.smallestByLabel()
        for subject in 0..<UInt32(subjectCount) {
            columns.put(subject - smallest[Int(components.label[Int(subject)])])
            writeEdges(of: subject, to: &columns)
            if columns.isFull { try write(columns.take()) }
        }
        columns.put(marksBySubject.count)
        for subject in marksBySubject.keys.sorted() {
            writeMarks(of: subject, to: &columns)
            if columns.isFull { try write(columns.take()) }
        }
        columns.put(hubs.count)
        for (identifier, hub) in hubs.sorted(by: { $0.key < $1.key }) {
            columns.put(identifier)
            hub.write(to: &columns)
            if columns.isFull { try write(columns.take()) }
        }
        rings.write(to: &columns)
        try write(columns.takeLast())
    }

    private func writeEdges(of subject: UInt32, to columns: inout SnapshotColumns) {
        let count = subjects.rows[Int(subject)].count
        columns.put(count)
        let entries = (0..<count).map { subjects[Int(subject), $0] }.sorted {
            ($0.neighbour, $0.roleBits) < ($1.neighbour, $1.roleBits)
        }
        var before: UInt32 = 0
        for entry in entries {
            columns.put(UInt64(entry.neighbour - before) << 3 | UInt64(entry.roleBits))
            before = entry.neighbour
            let row = edges.rows[Int(entry.edge)]
            guard row.next != EdgeRow.none else {
                columns.put(1)
                write(Evidence(caseNumber: row.caseNumber, member: row.member, day: GraphDay(row.day)), to: &columns)
                continue
            }
            let words = Array(edges.words(of: entry.edge))
            columns.put(words.count)
            for word in words.reversed() { write(word, to: &columns) }
        }
    }

    @inline(__always)
    private func write(_ word: Evidence, to columns: inout SnapshotColumns) {
        columns.put(word.caseNumber)
        columns.put(word.member)
        columns.put(word.day.rawValue)
    }

    private func writeMarks(of subject: UInt32, to columns: inout SnapshotColumns) {
        let marks = marksBySubject[subject] ?? []
        columns.put(subject)
        columns.put(marks.count)
        for mark in marks {
            columns.put(mark.caseNumber)
            columns.put(UInt64(mark.position) << 1 | (mark.isProtective ? 1 : 0))
        }
    }
}

// Reading.
extension Graph {
    /// Reads a snapshot. Where it was made under other rules, what follows from the edges is made anew.
    ///
    /// - Parameter read: the next piece, of any size; `nil` at the end.
    /// - Throws: `SnapshotFailure` for what is damaged, and whatever `read` throws.
    package init(rules: LinkageRules, snapshot read: () throws -> [UInt8]?) throws {
        self.init(rules: rules)
        let fingerprint = try withoutActuallyEscaping(read) { read in
            var reader = SnapshotReader(read)
            return try load(from: &reader)
        }
        if fingerprint != rules.fingerprint { adopt(rules) }
    }

    /// - Returns: the fingerprint of the rules that it was made under.
    private mutating func load(from reader: inout SnapshotReader) throws -> UInt64 {
        for byte in snapshotHeader where try reader.byte() != byte { throw SnapshotFailure.otherFormat }
        let fingerprint = try reader.long()
        today = GraphDay(try reader.exactly(UInt16.self))
        for _ in 0..<(try reader.number()) { try loadIdentifier(from: &reader) }
        for subject in 0..<(try reader.number()) { try loadSubject(subject, from: &reader) }
        try loadMarks(from: &reader)
        try loadHubs(from: &reader)
        let book = try RingBook(from: &reader)
        try reader.expectEnd()
        bind(book)
        return fingerprint
    }

    private mutating func loadIdentifier(from reader: inout SnapshotReader) throws {
        let value = try reader.exactly(UInt16.self)
        var row = AdjacencyRow()
        guard value >> 1 <= 255, IdentifierKind(rawValue: UInt8(value >> 1)) != nil else {
            throw SnapshotFailure.damaged
        }
        row.kind = UInt8(value >> 1)
        if value & 1 != 0 { row.flags = AdjacencyRow.isSeeded }
        identifiers.rows.append(row)
    }

    private mutating func loadSubject(_ subject: UInt32, from reader: inout SnapshotReader) throws {
        addSubject()
        let back = try reader.number()
        guard back <= subject else { throw SnapshotFailure.damaged }
        let smallest = subject - back
        if back > 0 {
            let (left, right) = (components.label[Int(smallest)], components.label[Int(subject)])
            _ = components.join(left, right, at: smallest, subject)
        }
        var before: UInt64 = 0
        for index in 0..<(try reader.number()) {
            let step = try reader.long()
            let (sum, overflows) = before.addingReportingOverflow(step)
            // Identifier and role grow together: each pair at most once.
            let identifier = (before >> 3) &+ (step >> 3)
            guard !overflows, identifier < UInt64(identifierCount), sum < 1 << 36,
                index == 0 || step >> 3 > 0 || step & 7 > before & 7,
                let role = IdentifierRole(rawValue: UInt8(step & 7) + 1)
            else { throw SnapshotFailure.damaged }
            before = identifier << 3 | step & 7
            let edge = Edge(SubjectNumber(subject), IdentifierNumber(UInt32(identifier)), role)
            try loadWords(of: edge, from: &reader)
        }
    }

    private mutating func loadWords(of edge: Edge, from reader: inout SnapshotReader) throws {
        guard edges.rows.count < 1 << 29 - 1 else { throw SnapshotFailure.damaged }
        let count = try reader.number()
        guard count > 0 else { throw SnapshotFailure.damaged }
        let facts = facts(of: edge.identifier.rawValue)
        var last: UInt32 = 0
        for index in 0..<count {
            let word = Evidence(
                caseNumber: try reader.number(), member: try reader.exactly(UInt16.self),
                day: GraphDay(try reader.exactly(UInt16.self)))
            let lastDay = facts.lastDay(of: word.day)
            if index == 0 {
                insert(edge, word, lastDay: lastDay)
            } else {
                guard word.caseNumber > last else { throw SnapshotFailure.damaged }
                let number = UInt32(edges.rows.count - 1)
                edges.addWord(word, to: number, lastDay: lastDay)
                if edge.role == .own, identifiers.rows[Int(edge.identifier.rawValue)].flags & AdjacencyRow.isHub != 0 {
                    hubs[edge.identifier.rawValue]?.count(word.member, isNew: false, word.day, today: today)
                }
            }
            last = word.caseNumber
        }
    }

    private mutating func loadMarks(from reader: inout SnapshotReader) throws {
        for _ in 0..<(try reader.number()) {
            let subject = SubjectNumber(try reader.number(below: subjectCount))
            for _ in 0..<(try reader.number()) {
                let caseNumber = try reader.number()
                let value = try reader.exactly(UInt16.self)
                guard value >> 1 <= 255 else { throw SnapshotFailure.damaged }
                mark(
                    subject,
                    Mark(caseNumber: caseNumber, position: UInt8(value >> 1), isProtective: value & 1 != 0))
            }
        }
    }

    private mutating func loadHubs(from reader: inout SnapshotReader) throws {
        for _ in 0..<(try reader.number()) {
            let identifier = try reader.number(below: identifierCount)
            makeHub(identifier)
            try hubs[identifier]?.readDays(from: &reader)
        }
    }
}
