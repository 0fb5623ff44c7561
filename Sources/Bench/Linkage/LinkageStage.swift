internal import Linkage
internal import Vocabulary

/// A graph of planted applications, filled under the clock and then asked.
struct LinkageStage {
    private static let batch = 4096
    /// A quarter of the rings' persons were reported.
    private static let reportedShare: UInt64 = 4

    var graph: Graph
    var intake: PlantedIntake
    /// Cases that no record has.
    var nextCase: UInt32
    let group: String
    /// What the process held before the graph.
    private let emptyBytes: Int

    init(edges: Int, rules: LinkageRules) {
        intake = PlantedIntake(PlantedGraph(edges: edges, hubs: true))
        nextCase = UInt32(intake.planted.recordCount)
        group = "linkage, \(short(edges)) edges"
        MemoryProbe.resetPeak()
        emptyBytes = MemoryProbe.residentBytes
        graph = Graph(rules: rules, today: GraphDay(PlantedIntake.firstDay))
    }

    var planted: PlantedGraph { intake.planted }

    /// Furnishes every record: only what the graph does is timed, not the making of the edges.
    mutating func fill(_ primitives: MemoryPrimitives, _ progress: (String) -> Void) -> [Figure] {
        var spent = 0.0
        var start = 0, told = 0
        while start < planted.recordCount {
            let end = min(start + Self.batch, planted.recordCount)
            intake.prepare(start..<end)
            let before = Stopwatch.Clock.threadCPU.seconds
            intake.insert(into: &graph)
            spent += Stopwatch.Clock.threadCPU.seconds - before
            start = end
            if start - told >= 400_000 {
                told = start
                progress("\(short(start * 5)) of \(short(planted.edgeCount)) edges in \(decimal(spent)) s")
            }
        }
        let events = graph.takeEvents()
        return fillFigures(seconds: spent, events: events.count, primitives)
    }

    private func fillFigures(seconds: Double, events: Int, _ primitives: MemoryPrimitives) -> [Figure] {
        let edges = planted.edgeCount, identifiers = graph.identifierCount
        let bytes = MemoryProbe.residentBytes - emptyBytes, peak = MemoryProbe.peakBytes - emptyBytes
        let least = identifiers >= 50_000_000 ? 1e6 : 2e6
        return [
            Figure(
                group, "inserts", Double(edges) / seconds, "edges/s", bound: .atLeast(least),
                note: "one core; with new subjects, identifiers, expiry and \(events) ring and hub events;"
                    + " each \(primitives.reads(seconds / Double(edges)))"),
            Figure(
                group, "memory", Double(bytes) / Double(identifiers), "B/identifier", bound: .atMost(120),
                note: "resident, all in; \(short(identifiers)) identifiers, \(short(graph.subjectCount)) subjects,"
                    + " \(short(graph.edgeCount)) distinct edges, \(short(graph.evidenceCount)) words for them"),
            Figure(
                group, "memory in all", Double(bytes) / 0x1p30, "GiB", bound: .atMost(12),
                note: "\(gibibytes(peak)) at the most while growing"),
        ]
    }

    /// Marks some persons of the rings as reported: what answers are asked to find.
    mutating func reportRings() {
        for person in 0..<planted.ringPersonCount
        where PlantedGraph.mixed(UInt64(person)).isMultiple(of: Self.reportedShare) {
            graph.mark(
                SubjectNumber(UInt32(person)), Mark(caseNumber: UInt32(person), position: 0, isProtective: false))
        }
    }

    /// What a record's applicant is asked about with: the five identifiers, as the graph numbers them.
    func identifiers(ofRecord record: Int) -> [IdentifierNumber] {
        var numbers: [IdentifierNumber] = []
        numbers.reserveCapacity(5)
        planted.tokens(ofRecord: record).forEach { token in
            if let number = intake.identifier(ofToken: Int(token)) { numbers.append(number) }
        }
        return numbers
    }

    func subject(ofRecord record: Int) -> SubjectNumber { SubjectNumber(UInt32(planted.person(ofRecord: record))) }

    func evidence(ofRecord record: Int) -> Evidence {
        Evidence(
            caseNumber: UInt32(record), member: intake.member(ofRecord: record), day: intake.day(ofRecord: record))
    }
}
