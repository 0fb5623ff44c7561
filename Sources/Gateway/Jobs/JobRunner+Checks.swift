internal import Exchange
internal import ExchangeClient
internal import Identity
internal import Records
internal import Registry
internal import Vocabulary

// A group of checks: tokens, one signature, one answer.
extension JobRunner {
    /// Reads the rows' documents, gets their tokens and signs one batch, kept before it is sent.
    ///
    /// - Returns: the group as signed; `nil` where no row of it could be asked.
    nonisolated func sign(_ group: JobGroup, of job: Job) async throws(Problem) -> JobGroup? {
        let prepared = prepare(group)
        guard let first = prepared.checks.first?.check.check else {
            try await parts.jobs.settle(group, batch: nil, results: [], errors: prepared.errors)
            return nil
        }
        let consortium = parts.consortium
        let inputs = Set(prepared.checks.flatMap(\.check.check.subject.identifiers).map { $0.keyedInput(consortium) })
        let purchase = try await parts.tokens.acquire(
            Array(inputs), purpose: first.purpose, grant: job.description.grant, for: job.id)
        let profile = parts.checker.profile(of: first)
        let batch = CheckBatch(
            consortium: consortium, member: parts.member, batch: ids.batch(of: group), madeAt: first.madeAt,
            purpose: first.purpose, mode: first.mode, profile: profile,
            checks: prepared.checks.map { $0.check.check.asking(profile) })
        let (request, _) = try parts.sealer.batch(batch, epoch: purchase.tokens.epoch) {
            (identifier: IdentifierInput) throws(Problem) in
            try purchase.tokens.token(of: identifier, consortium)
        }
        let rows = prepared.checks.map(\.row)
        try await parts.jobs.sign(
            group, request, rows: rows, errors: prepared.errors, reused: inputs.count - purchase.bought)
        return JobGroup(
            job: group.job, firstRow: group.firstRow, generation: group.generation, rows: rows,
            state: .signed(request))
    }

    private nonisolated func prepare(
        _ group: JobGroup
    ) -> (checks: [(row: JobRow, check: PreparedCheck)], errors: [JobRowError]) {
        let reader = parts.reader()
        var checks: [(row: JobRow, check: PreparedCheck)] = []
        var errors: [JobRowError] = []
        for row in group.rows {
            do throws(Problem) {
                checks.append(
                    (row, try reader.check(row.document, consortium: parts.consortium, member: parts.member)))
            } catch {
                errors.append(JobRowError(number: row.number, problem: error))
            }
        }
        return (checks, errors)
    }

    /// Sends what was signed and stores what came back, once it is verified.
    nonisolated func send(_ group: JobGroup, _ request: SealedRequest) async throws(Obstacle) {
        let envelope: Envelope
        do throws(Problem) { envelope = try await parts.node.check(batch: request) } catch {
            return try await refused(group, request, error)
        }
        do throws(Problem) { try await store(envelope, group, request) } catch { throw Obstacle(problem: error) }
    }

    private nonisolated func store(
        _ envelope: Envelope, _ group: JobGroup, _ request: SealedRequest
    ) async throws(Problem) {
        let asked = try request.asked()
        let answer = try await verified(envelope, asked)
        let reader = parts.reader()
        var results: [JobRowSettled] = []
        for (row, (element, check)) in zip(group.rows, zip(answer.answers, asked.checks)) {
            let prepared = try? reader.check(row.document, consortium: parts.consortium, member: parts.member)
            let told = try GatewayAnswer.told(
                answer.document(of: element), profile: asked.profile ?? "summary", dropped: prepared?.dropped ?? [],
                decisions: parts.checker.decisions, evidence: [:])
            let note = JobNote(told.json, place: results.count, check)
            results.append(JobRowSettled(row: row.number, note: note.json, check: element.check))
            parts.events.answered()
        }
        let evidence = JSON.object(["envelope": envelope.json, "request": request.json])
        try await parts.jobs.settle(group, batch: (asked.batch, evidence), results: results, errors: [])
    }

    /// A newer registry is looked for before an answer is disbelieved.
    private nonisolated func verified(
        _ envelope: Envelope, _ asked: CheckBatch<CommittedIdentifier>
    ) async throws(Problem) -> VerifiedBatchAnswer {
        let version = parts.watch.chain.current.number
        do throws(Problem) {
            return try AnswerVerifier(parts.watch.chain).verify(batch: envelope, asked: asked, now: parts.now())
        } catch {
            guard await parts.watch.look(beyond: version) else { throw error }
            return try AnswerVerifier(parts.watch.chain).verify(batch: envelope, asked: asked, now: parts.now())
        }
    }

    private nonisolated func refused(
        _ group: JobGroup, _ request: SealedRequest, _ problem: Problem
    ) async throws(Obstacle) {
        let rows = group.rows
        if let index = DeliveryVerdict.index(problem.path, in: "checks"), rows.indices.contains(index) {
            let error = JobRowError(number: rows[index].number, problem: problem.ofOne(of: "checks"))
            return try await regroup(group, [Array(rows[..<index]) + rows[(index + 1)...]], [error])
        }
        switch DeliveryVerdict(problem, count: rows.count, delay: .zero, list: "checks") {
        case .refuse, .divide:
            try await regroup(group, [Array(rows[..<(rows.count / 2)]), Array(rows[(rows.count / 2)...])])
        case .signAnew(let after):
            try await regroup(group, [rows])
            throw Obstacle(problem: problem, delay: after)
        case .retokenise:
            _ = await parts.watch.look()
            try await regroup(group, [rows])
            guard parts.watch.chain.current.tokenEpoch == request.epoch else { return }
            throw Obstacle(problem: problem)
        case .retry(let after):
            if problem.code == .unknownKey || problem.code == .unknownMember { await parts.watch.look() }
            throw Obstacle(problem: problem, delay: after)
        }
    }

    private nonisolated func regroup(
        _ group: JobGroup, _ parts: [[JobRow]], _ errors: [JobRowError] = []
    ) async throws(Obstacle) {
        do throws(Problem) {
            try await self.parts.jobs.regroup(group, into: parts, errors: errors)
        } catch { throw Obstacle(problem: error) }
    }
}

extension SealedRequest {
    /// The question of a batch's request that this gateway signed.
    func asked() throws(Problem) -> CheckBatch<CommittedIdentifier> {
        do throws(PayloadFailure) { return try CheckBatch(parsing: envelope.payload) } catch {
            throw Problem(.storageFailed, "A signed batch cannot be read back.")
        }
    }
}

/// What is kept of an answer beside its batch: its place there, and what the gateway itself said.
struct JobNote: Sendable {
    let place: Int
    /// The check that was answered, and the lender's own name of its application, for notices.
    let check: String
    let applicationRef: String
    let dropped: JSON
    let decision: JSON

    init(_ answer: JSON, place: Int, _ check: Check<CommittedIdentifier>) {
        (self.place, self.check, applicationRef) = (place, check.check.description, check.applicationRef.text)
        (dropped, decision) = (answer["droppedFields"] ?? [], answer["decision"] ?? .null)
    }

    init?(stored json: JSON) {
        guard let place = json["place"]?.integer, let check = json["check"]?.string,
            let applicationRef = json["applicationRef"]?.string, let dropped = json["dropped"],
            let decision = json["decision"]
        else { return nil }
        (self.place, self.check, self.applicationRef) = (Int(place), check, applicationRef)
        (self.dropped, self.decision) = (dropped, decision)
    }

    var json: JSON {
        .object([
            "place": .number(place), "check": .string(check), "applicationRef": .string(applicationRef),
            "dropped": dropped, "decision": decision,
        ])
    }
}
