internal import Exchange
package import Records
internal import Registry
package import Vocabulary

/// Kills a gateway with SIGKILL at random moments while it takes and delivers records: what it accepted arrives at the
/// node exactly once.
package struct GatewayCrashTest {
    package struct Summary: Sendable {
        package internal(set) var rounds = 0
        package internal(set) var accepted = 0
        package internal(set) var delivered = 0
        package internal(set) var violations: [String] = []

        package var json: JSON {
            .object([
                "rounds": .number(rounds), "accepted": .number(accepted), "delivered": .number(delivered),
                "violations": .strings(violations),
            ])
        }
    }

    private static let lenders = 4
    /// How long the last deliveries may make no headway.
    private static let patienceSeconds = 120.0
    private static let repeats = 200
    /// Few enough that a turn of questions is answered while deliveries keep the gateway busy.
    private static let turn = 50

    private let node: NodeStage
    private let gateway: GatewayStage
    private let lender: Lender
    private let progress: @Sendable (String) -> Void
    private var random: SeededRandom
    private var summary = Summary()

    /// - Parameter folder: for all files; made here, must not exist.
    package init(
        seed: UInt64, folder: String, policy: Policy, executable: String,
        progress: @escaping @Sendable (String) -> Void
    ) throws(Problem) {
        node = try NodeStage(folder: folder, policy: try policy.withBeat(milliseconds: 40), executable: executable)
        gateway = try GatewayStage(node)
        lender = try Lender(gateway.origin)
        random = SeededRandom(seed: seed)
        self.progress = progress
    }

    package mutating func run(rounds: Int) async throws(Problem) -> Summary {
        defer {
            gateway.killAll()
            node.kill()
        }
        try await node.start()
        try await gateway.startCustodians()
        for round in 1...rounds {
            try await self.round()
            progress("gateway round \(round) of \(rounds): \(lender.accepted.count) records accepted")
        }
        try await gateway.start()
        await deliverAll()
        gateway.killAll()
        node.kill()
        try countAtNode()
        return summary
    }

    private mutating func round() async throws(Problem) {
        try await gateway.start()
        let delay = Int.random(in: 5...500, using: &random)
        let (gateway, lender) = (gateway, lender)
        await withTaskGroup(of: Void.self) { tasks in
            for _ in 0..<Self.lenders { tasks.addTask { await lender.furnishUntilGone() } }
            try? await Task.sleep(for: .milliseconds(delay))
            gateway.kill()
        }
        summary.rounds += 1
    }

    /// Hands in once more what was not acknowledged and some of what was, as a lender does that is not sure; then waits
    /// as long as deliveries make headway.
    private mutating func deliverAll() async {
        let accepted = lender.accepted
        let unsure = lender.sent.filter { !accepted.contains($0.id) }
        let repeated = lender.sent.filter { accepted.contains($0.id) }.shuffled(using: &random).prefix(Self.repeats)
        for record in unsure + repeated { await lender.send(record) }
        var waiting = lender.sent
        var end = Stopwatch.Clock.wall.seconds + Self.patienceSeconds
        while !waiting.isEmpty, Stopwatch.Clock.wall.seconds < end {
            let left = await undelivered(of: waiting)
            if left.count < waiting.count { end = Stopwatch.Clock.wall.seconds + Self.patienceSeconds }
            waiting = left
            if !waiting.isEmpty { try? await Task.sleep(for: .milliseconds(50)) }
        }
        summary.accepted = lender.accepted.count
        summary.delivered = lender.sent.count - waiting.count
        summary.violations = lender.violations
        if !waiting.isEmpty {
            let obstacle = await lender.obstacle(of: waiting[0].id) ?? "nothing that it tells"
            summary.violations.append(
                "\(waiting.count) accepted records wait and are no longer delivered; the obstacle is \(obstacle).")
        }
    }

    /// Asks about a turn of them; those that still wait go to the end of the line.
    private func undelivered(of records: [Lender.Sent]) async -> [Lender.Sent] {
        var waiting: [Lender.Sent] = []
        for record in records.prefix(Self.turn) where await lender.status(of: record.id) != "delivered" {
            waiting.append(record)
        }
        return records.dropFirst(Self.turn) + waiting
    }

    /// What the node holds, from its facts: every record once, and no other.
    private mutating func countAtNode() throws(Problem) {
        let member = node.consortium.members[0].id
        let expected = Set(lender.sent.map { LookupKey.record($0.id, of: member) })
        let found = try StoredRecords(of: node)
        if found.repeated > 0 { summary.violations.append("\(found.repeated) records are at the node twice.") }
        if found.keys != expected {
            let missing = expected.subtracting(found.keys).count, extra = found.keys.subtracting(expected).count
            summary.violations.append("At the node \(missing) records are missing and \(extra) are extra.")
        }
    }
}
