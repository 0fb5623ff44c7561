internal import HTTPEdge
package import Vocabulary

/// The node under load, over real HTTP, as a child process on the same cores as the load generator.
///
/// Records are furnished through the wire, stage by stage; at the end of each stage checks are timed.
package struct NodeBench {
    package struct Plan: Sendable {
        /// Records stored at the end of each stage, rising.
        package var stages: [Int]
        package var checkSeconds: Double
        package var checkConnections = 32
        package var submissionConnections = 128
        package var reservationConnections = 16

        package init(stages: [Int], checkSeconds: Double) {
            (self.stages, self.checkSeconds) = (stages, checkSeconds)
        }
    }

    private static let recordsPerSubmission = 100
    /// More than a machine of two cores answers in a second.
    private static let checksPrepared = 8_000

    let stage: NodeStage
    let plan: Plan
    let primitives: Primitives
    let progress: @Sendable (String) -> Void
    private let traffic: SubmissionTraffic
    private var submitted = 0
    private var checked = 0
    private var emptyRoute = 0.0
    /// CPU of node and client for one request to the empty route.
    private var emptyRouteCPU = 0.0
    var figures: [Figure] = []

    package init(
        _ stage: NodeStage, _ plan: Plan, _ primitives: Primitives, progress: @escaping @Sendable (String) -> Void
    ) {
        (self.stage, self.plan, self.primitives, self.progress) = (stage, plan, primitives, progress)
        traffic = SubmissionTraffic(
            stage.consortium, recordsPerSubmission: Self.recordsPerSubmission, startedAt: SystemTime.now())
    }

    /// Runs every stage on one node. The node is stopped at the end, whatever happens.
    package mutating func run() async throws(Problem) -> [Figure] {
        defer { stage.kill() }
        try await stage.start()
        try await timeEmptyRoute()
        for records in plan.stages {
            try await furnish(upTo: records)
            if records == plan.stages.last { diskFigure() }
            try await check(records: records, isLast: records == plan.stages.last)
        }
        storageFigures()
        try await measureBatches()
        try await measureReservations()
        try await measureNotices()
        try await restart()
        return figures
    }

    /// Persons with a stored loan.
    var knownPersons: Int { submitted * traffic.newLoans }

    private mutating func timeEmptyRoute() async throws(Problem) {
        let generator = try LoadGenerator(connections: plan.checkConnections)
        defer { generator.shutDown() }
        _ = await generator.send(.emptyRoute(2_000, to: stage.origin))
        let before = stage.usage
        let result = await generator.send(.emptyRoute(200_000, to: stage.origin), within: plan.checkSeconds / 2)
        try result.requireAllAccepted("requests to the empty route")
        emptyRoute = 1 / result.perSecond
        emptyRouteCPU = (spent(since: before) + result.clientCPUSeconds) / Double(result.count)
        figures.append(
            Figure(
                "node", "empty route, \(plan.checkConnections) connections", result.perSecond, "requests/s",
                note: "GET /healthz of the node process by the same client"))
    }

    // MARK: Submissions

    private mutating func furnish(upTo records: Int) async throws(Problem) {
        let numbers = submitted..<max(submitted, records / Self.recordsPerSubmission)
        guard !numbers.isEmpty else { return }
        progress("preparing \(numbers.count) submissions of \(Self.recordsPerSubmission) records")
        let prepared = await PreparedRequests.submissions(traffic, numbers, to: stage.origin)
        progress("furnishing up to \(records) records")
        let generator = try LoadGenerator(connections: plan.submissionConnections)
        defer { generator.shutDown() }
        let before = stage.usage
        let result = await generator.send(prepared)
        try result.requireAllAccepted("submissions")
        submitted = numbers.upperBound
        let stored = Double(result.count * Self.recordsPerSubmission)
        let nodeCPU = spent(since: before)
        figures.append(
            Figure(
                "submissions", "records/s up to \(short(records))", stored / result.seconds, "records/s",
                bound: records == plan.stages.last ? .atLeast(10_000) : nil,
                note: "node \(decimal(nodeCPU / stored * 1e6)) µs CPU a record, client "
                    + "\(decimal(result.clientCPUSeconds / stored * 1e6)); receipt after "
                    + "\(milliseconds(result.latency(0.5))) p50, \(milliseconds(result.latency(0.99))) p99"))
    }

    /// What a stored event takes on disk, before anybody asks.
    private mutating func diskFigure() {
        figures.append(
            Figure(
                "node", "disk an event", Double(stage.databaseBytes) / Double(submitted * Self.recordsPerSubmission),
                "B", note: "database and write-ahead log: sealed envelopes, facts, tree; three in ten open a loan"))
    }

    // MARK: Checks

    private mutating func check(records: Int, isLast: Bool) async throws(Problem) {
        progress("preparing checks")
        let known = CheckTraffic(stage.consortium, knownPersons: knownPersons)
        let count = Int(Double(Self.checksPrepared) * plan.checkSeconds)
        let prepared = await PreparedRequests.checks(known, checked..<checked + count, to: stage.origin)
        progress("checking at \(records) records")
        let generator = try LoadGenerator(connections: plan.checkConnections)
        defer { generator.shutDown() }
        let before = stage.usage
        let result = await generator.send(prepared, within: plan.checkSeconds)
        try result.requireAllAccepted("checks")
        checked += count
        addCheckFigures(result, nodeCPU: spent(since: before), records, isLast)
    }

    /// The floor: the empty route's time, and the cryptography spread over two cores. Requests are signed beforehand,
    /// so the client's signatures are in neither.
    private mutating func addCheckFigures(_ result: LoadResult, nodeCPU: Double, _ records: Int, _ isLast: Bool) {
        let cryptography = 2 * primitives.verify + primitives.sign
            + Double(CheckTraffic.identifiersPerCheck) * primitives.pointCheck
        let floor = 1 / (emptyRoute + cryptography / 2)
        let count = Double(result.count)
        figures.append(
            Figure(
                "checks", "hard checks/s at \(short(records))", result.perSecond, "checks/s",
                ratio: result.perSecond / floor, bound: isLast ? .atLeast(0.5) : nil,
                note: "floor \(decimal(floor))/s: empty route, 2 verifications, 1 signature, 6 point checks on two "
                    + "cores; node \(decimal(nodeCPU / count * 1e6)) µs CPU, client "
                    + "\(decimal(result.clientCPUSeconds / count * 1e6))"))
        figures.append(
            Figure(
                "checks", "CPU a check at \(short(records))", (nodeCPU + result.clientCPUSeconds) / count * 1e6, "µs",
                ratio: (emptyRouteCPU + cryptography) / ((nodeCPU + result.clientCPUSeconds) / count),
                note: "node and client, against the same floor in CPU time: unmoved by what else the machine does"))
        figures.append(
            Figure("checks", "median at \(short(records))", result.latency(0.5) * 1e3, "ms"))
        figures.append(
            Figure(
                "checks", "99th percentile at \(short(records))", result.latency(0.99) * 1e3, "ms",
                bound: isLast ? .atMost(20) : nil))
    }

    // MARK: Size and restart

    private mutating func storageFigures() {
        let records = Double(submitted * Self.recordsPerSubmission)
        if let usage = stage.usage {
            figures.append(Figure("node", "resident memory", Double(usage.residentBytes) / 1e6, "MB"))
            figures.append(Figure("node", "peak resident memory", Double(usage.peakResidentBytes) / 1e6, "MB"))
        }
        figures.append(
            Figure(
                "node", "database", Double(stage.databaseBytes) / records, "B/record",
                note: "with write-ahead log and the inquiries of the checks"))
    }

    private mutating func restart() async throws(Problem) {
        progress("restarting")
        stage.kill()
        let seconds = try await stage.start()
        figures.append(
            Figure(
                "node", "restart with \(short(submitted * Self.recordsPerSubmission)) records", seconds, "s",
                bound: .atMost(5),
                note: "after SIGKILL, from the process's start until it listens; "
                    + "\(decimal(stage.usage?.cpuSeconds ?? 0)) s CPU"))
    }

    /// The node's CPU seconds since an earlier look.
    func spent(since before: ProcessUsage?) -> Double {
        (stage.usage?.cpuSeconds ?? 0) - (before?.cpuSeconds ?? 0)
    }

    func short(_ count: Int) -> String {
        count.isMultiple(of: 1_000_000) ? "\(count / 1_000_000) M" : "\(count / 1000) k"
    }

    func milliseconds(_ seconds: Double) -> String { "\(decimal(seconds * 1e3)) ms" }
}
