internal import Exchange
internal import OPRF
internal import Records
internal import Registry
internal import Sodium
internal import Vocabulary

/// One version's custodians at work on one batch after another: as many at once as the threshold, another for each
/// that fails.
struct Quorum: Sendable {
    let version: RegistryVersion
    let purpose: Purpose
    let grant: ListedName?
    let ranking: CustodianRanking
    let connect: Tokeniser.Connect
    let report: @Sendable (CustodianFailure) -> Void
    let now: @Sendable () -> Instant
    let random: @Sendable () -> Scalar

    /// - Parameter inputs: 1 to 1,024, all of one class.
    func tokens(of inputs: [KeyedInput]) async -> Result<[(KeyedInput, GroupElement)], Problem> {
        do throws(Problem) {
            let batch = try Self.translating { () throws(OPRFFailure) in
                try BlindedBatch(inputs: inputs.map(\.bytes), random: random)
            }
            let evaluations = try await evaluations(of: batch, keyClass: inputs[0].keyClass)
            let tokens = try Self.translating { () throws(OPRFFailure) in
                try batch.combine(evaluations, threshold: version.tokenKeys.threshold)
            }
            return .success(Array(zip(inputs, tokens)))
        } catch {
            return .failure(error)
        }
    }

    private func evaluations(
        of batch: BlindedBatch, keyClass: KeyClass
    ) async throws(Problem) -> [VerifiedEvaluation] {
        let threshold = version.tokenKeys.threshold
        var waiting = ranking.ordered(version.custodians.map(\.id), now: now())[...]
        var evaluations: [VerifiedEvaluation] = []
        var failures: [CustodianFailure] = []
        await withTaskGroup(of: Result<VerifiedEvaluation, CustodianFailure>.self) { group in
            func askNext() {
                guard let id = waiting.popFirst(), let custodian = version.custodian(id) else { return }
                group.addTask { await evaluation(of: batch, keyClass: keyClass, by: custodian) }
            }
            for _ in 0..<threshold { askNext() }
            for await result in group {
                switch result {
                case .success(let evaluation): evaluations.append(evaluation)
                case .failure(let failure):
                    failures.append(failure)
                    ranking.failed(failure.custodian, now: now())
                    report(failure)
                    askNext()
                }
            }
        }
        guard evaluations.count >= threshold else { throw Self.problem(of: failures, threshold: threshold) }
        return evaluations
    }

    /// Asks one custodian and checks what it says: its name, the epoch, the count and the proof.
    private func evaluation(
        of batch: BlindedBatch, keyClass: KeyClass, by custodian: RegisteredCustodian
    ) async -> Result<VerifiedEvaluation, CustodianFailure> {
        let started = now()
        do throws(Problem) {
            let request = EvaluationRequest(
                epoch: version.tokenEpoch, keyClass: keyClass, purpose: purpose, grant: grant,
                elements: batch.elements.elements)
            let evaluation = try await connect(custodian).evaluate(request)
            let elapsed = now().milliseconds - started.milliseconds
            let verified = try verify(evaluation, of: batch, keyClass: keyClass, by: custodian)
            ranking.succeeded(custodian.id, milliseconds: elapsed)
            return .success(verified)
        } catch {
            return .failure(CustodianFailure(custodian.id, error))
        }
    }

    private func verify(
        _ evaluation: Evaluation, of batch: BlindedBatch, keyClass: KeyClass, by custodian: RegisteredCustodian
    ) throws(Problem) -> VerifiedEvaluation {
        guard evaluation.custodian == custodian.id, evaluation.epoch == version.tokenEpoch,
            let publicShare = custodian.publicShares[keyClass]
        else {
            throw Problem(
                .invalidProof, "The custodian \(custodian.id) answered for another custodian, class or epoch.")
        }
        do throws(OPRFFailure) {
            let partial = PartialEvaluation(
                custodian: custodian.index, elements: try ElementBatch(evaluation.elements),
                proof: try Proof(bytes: evaluation.proof))
            return try batch.verify(partial, publicShare: publicShare)
        } catch {
            throw Problem(
                .invalidProof, "The evaluation of the custodian \(custodian.id) does not prove that its key was used.",
                hint: "Ask the custodian's operator; the others were used instead where they suffice.")
        }
    }

    /// What is wrong with this side is told as such; otherwise the custodians are away, each with its reason.
    private static func problem(of failures: [CustodianFailure], threshold: Int) -> Problem {
        let telling: [ErrorCode] = [.wrongEpoch, .budgetExhausted, .notEntitled, .suspendedMember, .clockSkew]
        for code in telling {
            if let failure = failures.first(where: { $0.problem.code == code }) {
                return Problem(
                    code, "The custodian \(failure.custodian) refuses: \(failure.problem.detail)",
                    hint: failure.problem.hint)
            }
        }
        let names = failures.map { "\($0.custodian) (\($0.problem.code.rawValue))" }.joined(separator: ", ")
        return Problem(
            .custodianUnavailable, "\(threshold) custodians are needed; of those asked these failed: \(names).",
            hint: "The log names what each custodian said.")
    }

    private static func translating<Result>(
        _ body: () throws(OPRFFailure) -> Result
    ) throws(Problem) -> Result {
        do throws(OPRFFailure) { return try body() } catch {
            switch error {
            case .inputTooLong, .inputMapsToIdentity:
                throw Problem(.invalidIdentifier, "An identifier cannot be hashed to the group.")
            case .wrongBatchSize, .wrongLength, .elementNotCanonical, .elementIsIdentity, .proofNotCanonical,
                .proofInvalid, .wrongElementCount, .evaluationOfAnotherBatch, .repeatedCustodian, .tooFewEvaluations,
                .combinationFailed, .shareIndexOutOfRange, .wrongThreshold, .wrongCommitmentCount,
                .shareDoesNotMatchCommitments, .secretNotUsable:
                throw Problem(.invalidProof, "The custodians' evaluations do not combine to tokens.")
            }
        }
    }
}
