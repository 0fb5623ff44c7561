internal import Vocabulary

/// Plays planted applications into a graph in the order of their records, as a consortium would furnish them.
///
/// Subjects have their persons' numbers, identifiers are numbered as they are first met: the ledger's work, done in
/// ``prepare(_:)`` so that ``insert(into:)`` alone can be timed. A record is a case of its own, of a member chosen by
/// the record's number out of thirty; the records cover 360 days.
package struct PlantedIntake: Sendable {
    package static let memberCount: UInt64 = 30
    package static let firstDay: UInt16 = 20_000
    package static let dayCount = 360
    private static let unmet = UInt32.max

    package let planted: PlantedGraph
    /// By token.
    private var numbers: [UInt32]
    package private(set) var identifierCount = 0
    private var subjectCount = 0
    // What is prepared and not inserted.
    private var records = 0..<0
    private var newKinds: [IdentifierKind] = []
    private var newSubjects = 0
    /// A record's subject and its five identifiers, one record after the other.
    private var rows: [UInt32] = []

    /// Takes four bytes for each token.
    package init(_ planted: PlantedGraph) {
        self.planted = planted
        numbers = Array(repeating: Self.unmet, count: planted.tokenCount)
    }

    /// - Returns: `nil` for a token that no prepared record names.
    package func identifier(ofToken token: Int) -> IdentifierNumber? {
        numbers[token] == Self.unmet ? nil : IdentifierNumber(numbers[token])
    }

    package func member(ofRecord record: Int) -> UInt16 {
        UInt16(PlantedGraph.mixed(UInt64(record)) % Self.memberCount)
    }

    package func day(ofRecord record: Int) -> GraphDay {
        GraphDay(Self.firstDay + UInt16(record * Self.dayCount / planted.recordCount))
    }

    /// Makes the edges of some records, the next ones, and numbers what is new in them.
    package mutating func prepare(_ records: Range<Int>) {
        precondition(records.lowerBound == self.records.upperBound, "Records come one after the other.")
        self.records = records
        newKinds.removeAll(keepingCapacity: true)
        rows.removeAll(keepingCapacity: true)
        newSubjects = max(0, min(records.upperBound, planted.personCount) - subjectCount)
        subjectCount += newSubjects
        for record in records {
            let tokens = planted.tokens(ofRecord: record)
            rows.append(tokens.nationalID)
            tokens.forEach { token in
                if numbers[Int(token)] == Self.unmet {
                    numbers[Int(token)] = UInt32(identifierCount)
                    identifierCount += 1
                    newKinds.append(planted.kind(ofToken: Int(token)))
                }
                rows.append(numbers[Int(token)])
            }
        }
    }

    /// Adds what was prepared: new subjects and identifiers, then every record's five edges with its word for them.
    package func insert(into graph: inout Graph) {
        for kind in newKinds { graph.addIdentifier(kind) }
        for _ in 0..<newSubjects { graph.addSubject() }
        var place = 0
        for record in records {
            let day = day(ofRecord: record)
            if graph.today < day { graph.advance(to: day) }
            let evidence = Evidence(caseNumber: UInt32(record), member: member(ofRecord: record), day: day)
            let subject = SubjectNumber(rows[place])
            for offset in 1...5 { graph.add(Edge(subject, IdentifierNumber(rows[place + offset])), evidence) }
            place += 6
        }
    }

    /// Prepares and adds everything that is left.
    package mutating func insertAll(into graph: inout Graph, batch: Int = 4096) {
        while records.upperBound < planted.recordCount {
            prepare(records.upperBound..<min(records.upperBound + batch, planted.recordCount))
            insert(into: &graph)
        }
    }

    /// What the graph says of the records and tokens inserted so far, to compare with ``PlantedReference``.
    ///
    /// A subject brings its records, a component its identifiers.
    package func sharing(in graph: Graph) -> PlantedSharing {
        var weights = [Int](repeating: 0, count: subjectCount)
        for record in 0..<records.upperBound { weights[planted.person(ofRecord: record)] += 1 }
        var component = [Int](repeating: -1, count: subjectCount)
        var sizes: [Int] = []
        for subject in 0..<subjectCount where component[subject] < 0 {
            var size = 0
            for member in graph.members(ofComponentOf: SubjectNumber(UInt32(subject))) {
                component[Int(member.rawValue)] = sizes.count
                size += weights[Int(member.rawValue)]
            }
            sizes.append(size)
        }
        for identifier in 0..<identifierCount {
            // An identifier whose subjects are apart would count in each, and the count would differ from the peers'.
            var last = -1
            for neighbour in graph.neighbours(of: IdentifierNumber(UInt32(identifier))) {
                let home = component[Int(neighbour.subject.rawValue)]
                if home != last { sizes[home] += 1 }
                last = home
            }
        }
        return PlantedSharing(sizes: sizes, lone: planted.tokenCount - identifierCount)
    }
}
