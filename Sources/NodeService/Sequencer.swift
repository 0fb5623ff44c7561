internal import Dispatch
internal import Exchange
internal import Records
internal import Registry
package import Sodium
package import Store
internal import Synchronization
package import TransparencyLog
package import Vocabulary

/// The one writer: every decision that depends on stored facts, in one order, each durable before it is told.
///
/// Requests wait in a queue; whatever waits when the writer comes round shares one transaction. Where a transaction
/// fails, nothing of it is told to anybody: the facts in memory are dropped, and rebuilt from the store before the
/// next.
package final class Sequencer: Sendable {
    /// How many requests may wait; more are refused as `overloaded`.
    private static let queueLimit = 4096
    private static let batchLimit = 512

    private let queue = DispatchQueue(label: "counterfoil.sequencer")
    private let waiting = Mutex<[any Job]>([])
    /// Touched on `queue` alone.
    private let writer: Confined<Writer>
    let log: PublishedLog

    package struct Parameters {
        package var signer: NoteSigner
        package var answerKey: SigningKey
        package var references: KeyedHash
        package var rings: KeyedHash
        /// Where the graph is kept for the next start; `nil` to build it anew each time.
        package var snapshots: LinkageSnapshotFile?
        package var now: @Sendable () -> Instant
        package var random: @Sendable () -> Bytes32

        package init(
            signer: NoteSigner, answerKey: SigningKey, references: KeyedHash, rings: KeyedHash,
            snapshots: LinkageSnapshotFile? = nil, now: @escaping @Sendable () -> Instant,
            random: @escaping @Sendable () -> Bytes32 = SystemRandom.bytes32
        ) {
            (self.signer, self.answerKey, self.references) = (signer, answerKey, references)
            (self.rings, self.snapshots, self.now, self.random) = (rings, snapshots, now, random)
        }
    }

    /// Replays the store, and refuses one that contradicts the last checkpoint it signed.
    init(
        store: sending any EntryStore, parameters: sending Parameters, bell: NoticeBell, compiled: RulesCache,
        rules: AnswerRules
    ) throws(StoreFailure) {
        let log = PublishedLog()
        let writer = Writer(
            store: store, parameters: parameters, log: log, bell: bell, compiled: compiled, rules: rules)
        try writer.recover()
        self.writer = Confined(writer)
        self.log = log
    }

    /// Runs a decision with others in one transaction, and returns once it is durable.
    func perform<Outcome: Sendable>(
        _ decide: @escaping @Sendable (Writer) throws(Problem) -> Outcome
    ) async throws(Problem) -> Outcome {
        try await enqueue(phase: .decision, decide)
    }

    /// Runs what is about the store as it is: nothing of a batch in the making is there, and nothing may be added.
    func performBetweenBatches<Outcome: Sendable>(
        _ work: @escaping @Sendable (Writer) throws(Problem) -> Outcome
    ) async throws(Problem) -> Outcome {
        try await enqueue(phase: .betweenBatches, work)
    }

    private func enqueue<Outcome: Sendable>(
        phase: JobPhase, _ decide: @escaping @Sendable (Writer) throws(Problem) -> Outcome
    ) async throws(Problem) -> Outcome {
        let result: Result<Outcome, Problem> = await withCheckedContinuation { continuation in
            enqueue(Decision(phase: phase, decide: decide, continuation: continuation))
        }
        return try result.get()
    }

    private func enqueue(_ job: any Job) {
        let (accepted, isFirst) = waiting.withLock { jobs -> (Bool, Bool) in
            guard jobs.count < Self.queueLimit else { return (false, false) }
            jobs.append(job)
            return (true, jobs.count == 1)
        }
        guard accepted else {
            return job.finish(
                with: Problem(.overloaded, "Too many requests are waiting.", hint: "Try again in a few seconds."))
        }
        if isFirst { queue.async { self.drain() } }
    }

    private func drain() {
        let jobs = waiting.withLock { jobs in
            let taken = Array(jobs.prefix(Self.batchLimit))
            jobs.removeFirst(taken.count)
            return taken
        }
        writer.value.run(jobs)
        if waiting.withLock({ !$0.isEmpty }) { queue.async { self.drain() } }
    }
}

/// Lets a value that is no `Sendable` be kept by one that is.
///
/// Unchecked because the value is touched on the sequencer's serial queue alone, after `init` handed it over.
private struct Confined<Value>: @unchecked Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }
}

enum JobPhase: Sendable {
    /// Part of a batch: told of once the batch is durable.
    case decision
    case betweenBatches
}

/// One waiting request.
protocol Job: Sendable {
    var phase: JobPhase { get }
    /// Decides; what it changes becomes durable with the batch. - Returns: what to call once it is.
    func decide(_ writer: Writer) -> (@Sendable () -> Void)
    func finish(with problem: Problem)
}

private struct Decision<Outcome: Sendable>: Job {
    let phase: JobPhase
    let decide: @Sendable (Writer) throws(Problem) -> Outcome
    let continuation: CheckedContinuation<Result<Outcome, Problem>, Never>

    func decide(_ writer: Writer) -> (@Sendable () -> Void) {
        let result: Result<Outcome, Problem>
        do throws(Problem) { result = .success(try decide(writer)) } catch { result = .failure(error) }
        return { continuation.resume(returning: result) }
    }

    func finish(with problem: Problem) { continuation.resume(returning: .failure(problem)) }
}
