internal import Exchange
internal import ExchangeClient
internal import HTTPEdge
package import Records
internal import Registry
package import Vocabulary

/// Kills the node with SIGKILL at random moments under load, restarts it, and holds it to everything it ever said.
package struct CrashTest {
    package struct Summary: Sendable {
        package internal(set) var rounds = 0
        package internal(set) var killedAtStart = 0
        package internal(set) var submissions = 0
        package internal(set) var receipts = 0
        package internal(set) var answers = 0
        package internal(set) var reservations = 0
        package internal(set) var checkpoints = 0
        /// What did not hold, in sentences; empty is the only good outcome.
        package internal(set) var violations: [String] = []

        package var json: JSON {
            .object([
                "rounds": .number(rounds), "killedAtStart": .number(killedAtStart), "submissions": .number(submissions),
                "receiptsVerified": .number(receipts), "answersVerified": .number(answers),
                "reservationsHeld": .number(reservations), "checkpointsCompared": .number(checkpoints),
                "violations": .strings(violations),
            ])
        }
    }

    private static let olderSample = 12
    private static let recordsPerSubmission = 10

    private let stage: NodeStage
    private let testimony = Testimony()
    private let witness: NodeWitness
    private let numbers = Numbers()
    private let progress: @Sendable (String) -> Void
    private var random: SeededRandom
    /// Numbers of the submissions that were asked about once already.
    private var audited: Set<Int> = []
    /// Numbers of the reservations that were confirmed after a restart.
    private var confirmed: Set<Int> = []
    private var summary = Summary()

    /// - Parameter folder: for the node's files; made here, must not exist.
    package init(
        seed: UInt64, folder: String, policy: Policy, executable: String,
        progress: @escaping @Sendable (String) -> Void
    ) throws(Problem) {
        stage = try NodeStage(folder: folder, policy: try policy.withBeat(milliseconds: 40), executable: executable)
        let traffic = SubmissionTraffic(
            stage.consortium, recordsPerSubmission: Self.recordsPerSubmission, startedAt: SystemTime.now())
        witness = try NodeWitness(stage.consortium, origin: stage.origin, traffic: traffic, testimony: testimony)
        random = SeededRandom(seed: seed)
        self.progress = progress
    }

    /// - Throws: where the node does not come back at all, or refuses what it had promised to take.
    package mutating func run(rounds: Int) async throws(Problem) -> Summary {
        defer {
            stage.kill()
            witness.shutDown()
        }
        for round in 1...rounds {
            try await self.round()
            let violations = testimony.violations.count
            progress("round \(round) of \(rounds): \(audited.count) submissions held to, \(violations) violations")
            if !testimony.violations.isEmpty { break }
        }
        try await finish()
        return summary
    }

    private mutating func round() async throws(Problem) {
        if Int.random(in: 0..<4, using: &random) == 0 { try await killAtStart() }
        try await stage.start()
        try await audit(sample: Self.olderSample)
        let load = CrashLoad(witness: witness, numbers: numbers)
        let delay = Int.random(in: 5...900, using: &random)
        let stage = stage
        await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await load.run() }
            try? await Task.sleep(for: .milliseconds(delay))
            stage.kill()
        }
        summary.rounds += 1
    }

    /// In the middle of recovery, too.
    private mutating func killAtStart() async throws(Problem) {
        let child = try stage.spawn()
        let delay = Int.random(in: 0...60, using: &random)
        try? await Task.sleep(for: .milliseconds(delay))
        child.kill()
        summary.killedAtStart += 1
    }

    private mutating func audit(sample count: Int) async throws(Problem) {
        let acknowledged = testimony.furnished.filter { $0.logIndex != nil }
        var older = acknowledged.filter { audited.contains($0.number) }
        older.shuffle(using: &random)
        let recent = acknowledged.filter { !audited.contains($0.number) }
        try await NodeAudit(witness: witness, database: stage.databaseFile)
            .run(recent: recent, older: Array(older.prefix(count)))
        audited.formUnion(acknowledged.map(\.number))
        for reserved in testimony.reservations where !confirmed.contains(reserved.planned.number) {
            try await witness.confirm(reserved)
            confirmed.insert(reserved.planned.number)
        }
    }

    /// Everything once more, and the facts counted: no record is there twice.
    private mutating func finish() async throws(Problem) {
        try await stage.start()
        (audited, confirmed) = ([], [])
        try await audit(sample: 0)
        stage.kill()
        try countRecords()
        summary.submissions = testimony.furnished.count
        summary.receipts = testimony.receipts
        summary.answers = testimony.answers
        summary.reservations = testimony.reservations.count
        summary.checkpoints = testimony.roots.count
        summary.violations = testimony.violations
    }

    private func countRecords() throws(Problem) {
        let expected = Set(
            testimony.furnished.flatMap { furnished in
                furnished.records.map { LookupKey.record($0.recordID, of: witness.member(of: furnished.number)) }
            })
        let found = try StoredRecords(of: stage)
        if found.repeated > 0 { testimony.violated("\(found.repeated) records are stored twice.") }
        if found.keys != expected {
            let missing = expected.subtracting(found.keys).count, extra = found.keys.subtracting(expected).count
            testimony.violated("\(missing) records are missing, \(extra) are extra.")
        }
    }
}
