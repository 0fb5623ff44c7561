package import Linkage
package import Vocabulary

/// `counterfoil bench linkage`: the graph alone, one core, over planted applications, and others beside it.
package struct LinkageBench: Sendable {
    package struct Plan: Sendable {
        /// Of the graph that everything is asked of; five make a record.
        package var edges: Int
        /// Of a second graph, for intake and memory alone; `nil` for none.
        package var largeEdges: Int?
        package var rules: LinkageRules
        /// How long a primitive is timed, and how long questions are asked.
        package var seconds: Double
        /// Where a snapshot is written and removed again.
        package var folder: String
        /// `nil` measures us alone.
        package var peers: PeerBench.Plan?

        /// So many edges have 100 million identifiers in use.
        package static let edgesOfHundredMillionIdentifiers = 143_500_000

        package init(
            edges: Int, largeEdges: Int?, rules: LinkageRules, seconds: Double, folder: String, peers: PeerBench.Plan?
        ) {
            (self.edges, self.largeEdges, self.rules) = (edges, largeEdges, rules)
            (self.seconds, self.folder, self.peers) = (seconds, folder, peers)
        }
    }

    /// Each identifier may cost 120 bytes, and the generator's own numbers four.
    private static let bytesPerLargeEdge = 90

    private let plan: Plan
    private let progress: @Sendable (String) -> Void

    package init(_ plan: Plan, progress: @escaping @Sendable (String) -> Void) {
        (self.plan, self.progress) = (plan, progress)
    }

    package func run() throws(Problem) -> BenchReport {
        var report = BenchReport()
        for (name, value) in Conditions.current { report.note(name, value) }
        report.note("graph", "planted applications with hubs, \(short(plan.edges)) edges, of 30 members over 360 days")
        progress("timing memory")
        let primitives = MemoryPrimitives(seconds: min(0.5, plan.seconds))
        report.add(primitives.figures)
        try measure(primitives, &report)
        if let peers = plan.peers {
            try PeerBench(peers, edges: plan.edges, progress: progress).run(&report)
        }
        if let edges = plan.largeEdges { try measureLarge(edges, primitives, &report) }
        return report
    }

    /// Everything, over one graph.
    private func measure(_ primitives: MemoryPrimitives, _ report: inout BenchReport) throws(Problem) {
        var stage = LinkageStage(edges: plan.edges, rules: plan.rules)
        report.add(stage.fill(primitives, progress))
        report.add(stage.measureDiscovery(progress))
        stage.reportRings()
        report.add(try stage.measureSnapshot(folder: plan.folder, progress))
        report.add(stage.measureAnswers(seconds: plan.seconds, primitives, progress))
        report.add(try stage.measureRetraction(seconds: plan.seconds, primitives, progress))
        report.add(stage.measureHub(seconds: plan.seconds, progress))
    }

    /// Intake and memory at a size at which nothing is in a cache, and what is asked there.
    private func measureLarge(
        _ edges: Int, _ primitives: MemoryPrimitives, _ report: inout BenchReport
    ) throws(Problem) {
        let needed = edges * Self.bytesPerLargeEdge, available = MemoryProbe.availableBytes
        guard available >= needed else {
            return report.note(
                "not measured",
                "\(short(edges)) edges need \(gibibytes(needed)), and the machine has \(gibibytes(available)) left")
        }
        var stage = LinkageStage(edges: edges, rules: plan.rules)
        report.add(stage.fill(primitives, progress))
        stage.reportRings()
        report.add(stage.measureAnswers(seconds: plan.seconds, primitives, progress))
        report.add(try stage.measureRetraction(seconds: plan.seconds, primitives, progress))
    }
}

/// A round number of things, as people say it.
func short(_ count: Int) -> String {
    count >= 1_000_000 ? "\(decimal((Double(count) / 1e5).rounded() / 10)) M" : "\(count / 1000) k"
}

func gibibytes(_ bytes: Int) -> String { "\(decimal(Double(bytes) / 0x1p30)) GiB" }
