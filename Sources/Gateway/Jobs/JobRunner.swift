internal import Exchange
internal import ExchangeClient
internal import Vocabulary

/// Works jobs off, the oldest first: reads rows in portions, settles some groups at once, and waits where it must.
///
/// All that counts is in the store; here are only the window of the file being read and what each job waits for. Rows
/// in memory are bounded by the groups in flight, whatever the length of the file.
actor JobRunner {
    struct Parts: Sendable {
        var outbox: Outbox
        var node: any Node
        var tokens: TokenSource
        var sealer: RequestSealer
        var watch: RegistryWatch
        var events: GatewayEvents
        /// Asked single checks: a job's answers are the same.
        var checker: Checker
        var member: MemberID
        var consortium: String
        var now: @Sendable () -> Instant
        /// Reads clear documents by the policy of the moment.
        var reader: @Sendable () -> ClearReader
        /// Tells the delivery that records came in.
        var wake: @Sendable () -> Void
        var sizes = JobSizes()

        var jobs: JobStore { outbox.jobs }
    }

    /// What one step came to.
    enum Step: Equatable, Sendable {
        case idle
        /// Rows were read, or a group came further.
        case moved
        case waiting(until: Instant)
    }

    let parts: Parts
    let ids: JobIDs
    private var files: (job: RecordID, file: JobFile)?
    private var waits: [RecordID: Wait] = [:]
    /// Rows of groups in process now, and the most there ever were: what memory is bounded by.
    private(set) var heldRows = 0
    private(set) var mostHeldRows = 0
    private(set) var mostHeldBytes = 0

    private struct Wait {
        var backoff = Backoff()
        var until = Instant(milliseconds: .min)
        var obstacle: Problem?
    }

    /// Why a group did not come further.
    struct Obstacle: Error {
        let problem: Problem
        /// At least.
        var delay: Duration = .zero
        /// It goes by soon and by itself: the delay does not grow.
        var isBrief = false
    }

    init(_ parts: Parts) { (self.parts, ids) = (parts, JobIDs(parts.outbox.key)) }

    /// What keeps a job from going on, for whoever asks.
    func obstacle(of job: RecordID) -> Problem? { waits[job]?.obstacle }

    /// Works until nothing can be done now. - Returns: when to try again; `nil` where nothing waits.
    func drain() async -> Instant? {
        while !Task.isCancelled {
            switch await advance(inFlight: parts.sizes.groupsInFlight) {
            case .idle: return nil
            case .waiting(let until): return until
            case .moved: continue
            }
        }
        return nil
    }

    /// One portion read or one group brought one step further, durably; for tests that stop anywhere.
    func step() async -> Step { await advance(inFlight: 0) }

    /// - Parameter limit: groups at once, each to its end; 0 brings one group one step further.
    private func advance(inFlight limit: Int) async -> Step {
        var earliest: Instant?
        let jobs: [Job]
        do throws(Problem) { jobs = try await parts.jobs.running() } catch {
            return .waiting(until: parts.now().adding(seconds: 60))
        }
        for job in jobs {
            if let until = waits[job.id]?.until, until > parts.now() {
                earliest = min(earliest ?? until, until)
                continue
            }
            do throws(Obstacle) {
                try await limit == 0 ? singleStep(job) : work(job, limit)
                waits[job.id] = nil
                return .moved
            } catch {
                let until = postpone(job.id, error)
                earliest = min(earliest ?? until, until)
            }
        }
        return earliest.map { .waiting(until: $0) } ?? .idle
    }

    private func postpone(_ job: RecordID, _ obstacle: Obstacle) -> Instant {
        var wait = waits[job] ?? Wait()
        if obstacle.isBrief { wait.backoff.succeeded() } else { wait.backoff.failed() }
        let delay = max(wait.backoff.delay, obstacle.delay)
        (wait.until, wait.obstacle) = (parts.now().adding(seconds: delay.components.seconds), obstacle.problem)
        waits[job] = wait
        parts.events.postponed(obstacle.problem, delay)
        return wait.until
    }

    private func singleStep(_ job: Job) async throws(Obstacle) {
        let group: JobGroup?
        do throws(Problem) { group = try await parts.jobs.nextGroup(of: job.id, except: []) } catch {
            throw Obstacle(problem: error)
        }
        if let group {
            _ = try await settleStep(group, of: job)
        } else {
            try await requireRoom(for: job)
            _ = try await read(job.id)
        }
    }

    /// Some groups at once, until the job has ended or one of them cannot go on.
    private func work(_ job: Job, _ limit: Int) async throws(Obstacle) {
        var busy: Set<Int> = []
        var obstacle: Obstacle?
        await withTaskGroup(of: (Int, Obstacle?).self) { tasks in
            while true {
                while obstacle == nil, busy.count < limit, !Task.isCancelled {
                    do throws(Obstacle) {
                        guard let group = try await nextGroup(job, except: busy) else { break }
                        busy.insert(group.firstRow)
                        tasks.addTask { await self.settle(group, of: job) }
                    } catch { obstacle = error }
                }
                guard let (row, failure) = await tasks.next() else { break }
                busy.remove(row)
                obstacle = obstacle ?? failure
            }
        }
        if let obstacle { throw obstacle }
    }

    private func settle(_ group: JobGroup, of job: Job) async -> (Int, Obstacle?) {
        heldRows += group.rows.count
        mostHeldRows = max(mostHeldRows, heldRows)
        defer { heldRows -= group.rows.count }
        do throws(Obstacle) {
            var next: JobGroup? = group
            while let current = next, !Task.isCancelled { next = try await settleStep(current, of: job) }
            return (group.firstRow, nil)
        } catch { return (group.firstRow, error) }
    }

    /// - Returns: the group as it goes on; `nil` once it is settled or cut anew.
    private nonisolated func settleStep(_ group: JobGroup, of job: Job) async throws(Obstacle) -> JobGroup? {
        if case .signed(let request) = group.state {
            try await send(group, request)
            return nil
        }
        do throws(Problem) {
            if job.description.kind == .checks { return try await sign(group, of: job) }
            try await furnish(group, of: job)
            return nil
        } catch { throw Obstacle(problem: error) }
    }

    /// A group that waits, or one of rows that are read now; `nil` where there are none left, or the job has ended.
    private func nextGroup(_ job: Job, except busy: Set<Int>) async throws(Obstacle) -> JobGroup? {
        while true {
            do throws(Problem) {
                if let group = try await parts.jobs.nextGroup(of: job.id, except: busy) { return group }
            } catch { throw Obstacle(problem: error) }
            try await requireRoom(for: job)
            guard try await read(job.id) else { return nil }
        }
    }

    /// Reads a portion. - Returns: whether there was one.
    private func read(_ id: RecordID) async throws(Obstacle) -> Bool {
        do throws(Problem) {
            let job = try await parts.jobs.job(id)
            guard job.state == .running else { return false }
            guard !job.isFullyRead else {
                if try await parts.jobs.finish(id, now: parts.now()) { files = nil }
                return false
            }
            var file = try opened(job)
            files = nil
            let reading: JobReading
            let jobs = parts.jobs
            do throws(Problem) {
                reading = try await file.read(atMost: portion(of: job)) { number throws(Problem) in
                    try await jobs.chunk(number, of: id)
                }
            } catch {
                guard error.code != .storageFailed, error.code != .storageBusy else { throw error }
                try await jobs.fail(id, error, now: parts.now())
                return false
            }
            mostHeldBytes = max(mostHeldBytes, file.heldBytes)
            guard try await jobs.advance(id, reading) else { return false }
            files = (id, file)
            return true
        } catch { throw Obstacle(problem: error) }
    }

    private func opened(_ job: Job) throws(Problem) -> JobFile {
        if let files, files.job == job.id, files.file.stands(at: job) { return files.file }
        return try JobFile(job, ids: ids)
    }

    /// Records of a job wait in its file while the node is behind.
    private func requireRoom(for job: Job) async throws(Obstacle) {
        let limit = parts.sizes.undelivered
        guard job.description.kind == .records, await parts.outbox.queuedCount >= limit else { return }
        let problem = Problem(.overloaded, "More than \(limit) records wait for the node.")
        throw Obstacle(problem: problem, isBrief: true)
    }

    private func portion(of job: Job) -> Int {
        switch job.description.kind {
        case .records: parts.sizes.records
        case .checks:
            job.description.profile == "full" ? parts.sizes.longChecks : parts.sizes.checks
        }
    }
}
