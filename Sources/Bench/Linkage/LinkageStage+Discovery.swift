internal import Linkage
internal import Vocabulary

extension LinkageStage {
    /// Discovery over the graph as it is, nobody reported, and what of the planted rings it finds.
    func measureDiscovery(_ progress: (String) -> Void) -> [Figure] {
        progress("discovery")
        let resident = MemoryProbe.residentBytes
        MemoryProbe.resetPeak()
        let wallBefore = Stopwatch.Clock.wall.seconds, before = Stopwatch.Clock.threadCPU.seconds
        var told = wallBefore
        let result = Discovery().candidates(
            in: graph,
            progress: { step in
                guard Stopwatch.Clock.wall.seconds - told > 2 else { return }
                told = Stopwatch.Clock.wall.seconds
                progress("discovery, \(step.stage): \(step.done) of \(step.total)")
            })
        let spent = Stopwatch.Clock.threadCPU.seconds - before
        let wall = Stopwatch.Clock.wall.seconds - wallBefore
        let peak = MemoryProbe.peakBytes - resident
        let found = Detection(of: result.candidates, planted)
        return [
            Figure(
                group, "discovery", spent, "s", bound: .atMost(60),
                note: "one core, \(decimal(wall)) s on the clock; \(result.candidates.count) candidates,"
                    + " \(result.ordinaryCount) groups left out as ordinary life"),
            Figure(group, "discovery, memory beside the graph", Double(peak) / 0x1p20, "MiB", note: "at the most"),
            Figure(
                group, "detection, precision", found.precision, "of records flagged", bound: .atLeast(0.99),
                note: "\(found.flaggedRecords) records flagged, \(found.ringRecords) planted in \(planted.ringCount)"
                    + " rings; planted rings say nothing about production precision"),
            Figure(
                group, "detection, recall", found.recall, "of records planted", bound: .atLeast(0.90),
                note: "with hubs; the same warning: planted rings say nothing about production"),
        ]
    }
}

/// Which records discovery flags, held against those that are a planted ring's.
struct Detection {
    private(set) var flaggedRecords = 0
    private(set) var ringRecords = 0
    private var rightRecords = 0

    /// A record is flagged where its applicant is in any candidate.
    init(of candidates: [RingCandidate], _ planted: PlantedGraph) {
        var flagged = [Bool](repeating: false, count: planted.personCount)
        for candidate in candidates {
            for subject in candidate.subjects { flagged[Int(subject.rawValue)] = true }
        }
        for record in 0..<planted.recordCount {
            let person = planted.person(ofRecord: record)
            let isRing = person < planted.ringPersonCount
            flaggedRecords += flagged[person] ? 1 : 0
            ringRecords += isRing ? 1 : 0
            rightRecords += flagged[person] && isRing ? 1 : 0
        }
    }

    var precision: Double { Double(rightRecords) / Double(max(1, flaggedRecords)) }
    var recall: Double { Double(rightRecords) / Double(max(1, ringRecords)) }
}
