internal import HTTPEdge
internal import Vocabulary

// Batches of checks, reservations and notices at the node, after the last stage.
extension NodeBench {
    private static let batchesPrepared = 100.0
    private static let reservationsPrepared = 5_000.0

    private var requests: RequestTraffic { RequestTraffic(consortium: stage.consortium, knownPersons: knownPersons) }

    mutating func measureBatches() async throws(Problem) {
        progress("preparing batches of checks")
        let prepared = await PreparedRequests.batches(
            requests, Int(Self.batchesPrepared * plan.checkSeconds), to: stage.origin)
        progress("checking in batches")
        let generator = try LoadGenerator(connections: 8)
        defer { generator.shutDown() }
        let before = stage.usage
        let result = await generator.send(prepared, within: plan.checkSeconds)
        try result.requireAllAccepted("batches of checks")
        let subjects = Double(result.count * RequestTraffic.checksPerBatch)
        let nodeCPU = spent(since: before) / subjects
        let floor = Double(CheckTraffic.identifiersPerCheck) * primitives.pointCheck
        figures.append(
            Figure(
                "batches", "hard checks/s, 100 a batch", subjects / result.seconds, "subjects/s",
                bound: .atLeast(3_000),
                note: "node \(decimal(nodeCPU * 1e6)) µs CPU a subject, of which six point checks "
                    + "\(decimal(floor * 1e6)); client \(decimal(result.clientCPUSeconds / subjects * 1e6)); "
                    + "a batch in \(milliseconds(result.latency(0.5))) p50, \(milliseconds(result.latency(0.99))) p99"))
    }

    mutating func measureReservations() async throws(Problem) {
        progress("preparing reservations")
        let prepared = await PreparedRequests.reservations(
            stage.consortium, Int(Self.reservationsPrepared * plan.checkSeconds), to: stage.origin)
        progress("reserving")
        let generator = try LoadGenerator(connections: plan.reservationConnections)
        defer { generator.shutDown() }
        let result = await generator.send(prepared, within: plan.checkSeconds)
        try result.requireAllAccepted("reservations")
        figures.append(
            Figure(
                "reservations", "reservations/s", result.perSecond, "reservations/s", bound: .atLeast(1_000),
                note: "durable, of three identifiers, each person by two members; "
                    + "\(plan.reservationConnections) connections"))
        figures.append(Figure("reservations", "median", result.latency(0.5) * 1e3, "ms"))
        figures.append(
            Figure("reservations", "99th percentile", result.latency(0.99) * 1e3, "ms", bound: .atMost(20)))
    }

    mutating func measureNotices() async throws(Problem) {
        progress("waiting for notices")
        let delays = try await NoticeTiming(stage, requests).delays(within: plan.checkSeconds)
        func share(_ share: Double) -> Double { delays[min(delays.count - 1, Int(Double(delays.count) * share))] }
        figures.append(
            Figure(
                "notices", "median after the receipt", share(0.5) * 1e3, "ms",
                note: "from the furnisher's receipt to the notice at an asker that waits, "
                    + "\(delays.count) times; 0 where the notice was first"))
        figures.append(Figure("notices", "99th percentile", share(0.99) * 1e3, "ms", bound: .atMost(1_000)))
    }
}
