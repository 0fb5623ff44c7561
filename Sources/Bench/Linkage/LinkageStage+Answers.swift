internal import Linkage
internal import Vocabulary

extension LinkageStage {
    private static let calls = 20_000
    private static let hubDegree = 10_000

    /// Answers about anybody who applied, and about persons of rings.
    func measureAnswers(
        seconds: Double, _ primitives: MemoryPrimitives, _ progress: (String) -> Void
    ) -> [Figure] {
        progress("answers")
        let anybody = ask(among: planted.recordCount, seconds), rings = ask(among: planted.ringPersonCount, seconds)
        return anybody.latencies.figures(
            group, "answer about anybody", bound: 100,
            note: "hubs demoted; two hops, 2,000 edges at the most; \(anybody.hits) of \(anybody.latencies.count)"
                + " reach a report, \(anybody.truncated) are truncated; on average"
                + " \(primitives.reads(anybody.latencies.mean))")
            + rings.latencies.figures(
                group, "answer about a person of a ring", bound: 100,
                note: "\(rings.hits) of \(rings.latencies.count) reach a report, \(rings.truncated) are truncated")
    }

    /// - Parameter records: the first so many; the first records are the rings' persons.
    private func ask(
        among records: Int, _ seconds: Double
    ) -> (latencies: Latencies, hits: Int, truncated: Int) {
        var random = SeededRandom(seed: 1)
        var latencies = Latencies()
        var hits = 0, truncated = 0
        let began = Stopwatch.Clock.wall.seconds
        while latencies.count < Self.calls, Stopwatch.Clock.wall.seconds - began < seconds {
            let record = Int.random(in: 0..<records, using: &random)
            let question = Question(
                subject: subject(ofRecord: record), identifiers: identifiers(ofRecord: record))
            let result = latencies.time { graph.search(question, standing: Self.standing) }
            hits += result.nearest == nil ? 0 : 1
            truncated += result.isTruncated ? 1 : 0
        }
        return (latencies, hits, truncated)
    }

    private static func standing(_ mark: Mark) -> MarkStanding { .confirmed(family: 1, weight: 3) }

    /// Answers where a phone of ten thousand subjects is among what is asked, while applicants with it keep coming.
    mutating func measureHub(seconds: Double, _ progress: (String) -> Void) -> [Figure] {
        progress("answers with a hub")
        let hub = graph.addIdentifier(.phone)
        var random = SeededRandom(seed: 2)
        for subject in 0..<min(Self.hubDegree, graph.subjectCount / 2) {
            insert(SubjectNumber(UInt32(subject)), hub)
        }
        let began = Stopwatch.Clock.wall.seconds
        var answers = Latencies(), inserts = Latencies()
        while answers.count < Self.calls, Stopwatch.Clock.wall.seconds - began < seconds {
            let newcomer = graph.addSubject(), phone = graph.addIdentifier(.phone)
            let record = Int.random(in: 0..<planted.recordCount, using: &random)
            let identifiers = identifiers(ofRecord: record)
            inserts.time {
                insert(newcomer, hub)
                insert(newcomer, phone)
                insert(newcomer, identifiers[1])
            }
            let question = Question(subject: newcomer, identifiers: identifiers + [hub])
            let result = answers.time { graph.search(question, standing: Self.standing) }
            precondition(result.demotedKinds.contains(.phone), "The hub is not demoted.")
        }
        let degree = graph.degree(of: hub), newcomers = answers.count
        return answers.figures(
            group, "answer with a hub in the question", bound: 1000,
            note: "a phone of \(degree - newcomers) subjects first, \(degree) at the end: between two answers a new"
                + " applicant with it is inserted")
            + inserts.figures(group, "insert at the hub", note: "a new applicant: hub, own phone, another's phone")
    }

    private mutating func insert(_ subject: SubjectNumber, _ identifier: IdentifierNumber) {
        nextCase += 1
        let evidence = Evidence(caseNumber: nextCase, member: UInt16(nextCase % 30), day: graph.today)
        graph.add(Edge(subject, identifier), evidence)
    }

    /// A whole record taken back, and given again outside of the clock.
    ///
    /// - Throws: `internalError` where the graph is not afterwards what it was before.
    mutating func measureRetraction(
        seconds: Double, _ primitives: MemoryPrimitives, _ progress: (String) -> Void
    ) throws(Problem) -> [Figure] {
        progress("retraction")
        let before = graph.digest()
        let anybody = retract(among: planted.recordCount, seconds)
        let rings = retract(among: planted.ringPersonCount, seconds)
        progress("comparing the graph with what it was before")
        guard graph.digest() == before else {
            throw Problem(.internalError, "The graph is another one after retracting and inserting again.")
        }
        return anybody.figures(
            group, "retraction of a record", bound: 1000,
            note: "five edges; on average \(primitives.reads(anybody.mean)); given again, the graph is the same")
            + rings.figures(group, "retraction of a ring's record", bound: 1000, note: "five edges, many shared")
    }

    private mutating func retract(among records: Int, _ seconds: Double) -> Latencies {
        var random = SeededRandom(seed: 3)
        var latencies = Latencies()
        let began = Stopwatch.Clock.wall.seconds
        while latencies.count < Self.calls, Stopwatch.Clock.wall.seconds - began < seconds {
            let record = Int.random(in: 0..<records, using: &random)
            let subject = subject(ofRecord: record), identifiers = identifiers(ofRecord: record)
            latencies.time {
                for identifier in identifiers { graph.remove(Edge(subject, identifier), caseNumber: UInt32(record)) }
            }
            for identifier in identifiers { graph.add(Edge(subject, identifier), evidence(ofRecord: record)) }
        }
        return latencies
    }
}
