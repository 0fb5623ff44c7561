internal import Exchange
internal import ExchangeClient
internal import HTTPEdge
internal import OPRF
package import Records
internal import Registry
internal import Sodium
package import Vocabulary

/// What it costs a gateway to tokenise 100 applicants of 6 identifiers with a quorum of two, without HTTP.
package struct GatewayBench: Sendable {
    private static let applicants = 100
    private static let classes: [KeyClass] = [.nationalID, .phone, .card, .device, .email, .addressEmployer]

    private let consortium: SampleConsortium
    private let primitives: Primitives

    package init(_ primitives: Primitives, policy: Policy) throws(Problem) {
        self.primitives = primitives
        consortium = try SampleConsortium.make(now: SystemTime.now(), policy: policy)
    }

    package func figures(seconds: Double) async throws(Problem) -> [Figure] {
        [try batch(seconds: seconds), try await wholePath(seconds: seconds)]
    }

    /// The gateway's own part: blind, verify two evaluations, combine.
    ///
    /// Group operations an identifier: one map and one multiplication to blind; two multiplications and two additions
    /// for each of two proofs; two multiplications and one addition to combine.
    private func batch(seconds: Double) throws(Problem) -> Figure {
        let shares = consortium.shares.prefix(2).compactMap { $0.shares[.nationalID] }
        let inputs = (0..<Self.applicants).map { Self.input($0, 0) }
        let perBatch: Double
        do {
            var random = [Scalar]()
            random = inputs.map { _ in Scalar.random() }
            // The custodians' answers to these blinds, made beforehand: their work is not the gateway's.
            let evaluations = try evaluations(of: inputs, blinds: random, by: shares)
            perBatch = try Stopwatch.secondsPerCall(for: seconds) { _ in
                var next = 0
                let batch = try BlindedBatch(inputs: inputs) {
                    defer { next += 1 }
                    return random[next]
                }
                let verified = try zip(shares, evaluations).map { share, evaluation in
                    try batch.verify(evaluation, publicShare: share.publicShare)
                }
                keep(try batch.combine(verified, threshold: 2))
            }
        } catch {
            throw Problem(.internalError, "The sample's own evaluations do not verify.")
        }
        let floor = primitives.map + 7 * primitives.multiply + 5 * primitives.add
        return figure(
            "an applicant of 6 identifiers, gateway's part", perBatch / Double(Self.applicants) * 6, floor: 6 * floor,
            note: "batch of 100; floor an identifier: 1 map, 7 multiplications, 5 additions")
    }

    private func evaluations(
        of inputs: [[UInt8]], blinds: [Scalar], by shares: [KeyShare]
    ) throws(OPRFFailure) -> [PartialEvaluation] {
        var next = 0
        let batch = try BlindedBatch(inputs: inputs) {
            defer { next += 1 }
            return blinds[next]
        }
        return shares.map { Evaluator(share: $0).evaluate(batch.elements) }
    }

    /// The same through `Tokeniser`, with two custodians in process whose work is counted too: two multiplications
    /// and one addition an identifier each.
    private func wholePath(seconds: Double) async throws(Problem) -> Figure {
        let shares = consortium.shares
        let tokeniser = Tokeniser(
            registry: RegistryFollower(consortium.chain),
            connect: { custodian throws(Problem) in
                guard let held = shares.first(where: { $0.custodian == custodian.id }) else {
                    throw Problem(.custodianUnavailable, "The sample has no such custodian.")
                }
                return LocalCustodian(shares: held)
            }, now: SystemTime.now)
        var runs: [Double] = []
        let end = Stopwatch.Clock.wall.seconds + seconds
        while runs.count < 3 || Stopwatch.Clock.wall.seconds < end {
            let inputs = (0..<Self.applicants).flatMap { applicant in
                Self.classes.indices.map {
                    KeyedInput(keyClass: Self.classes[$0], bytes: Self.input(applicant + runs.count * 1000, $0))
                }
            }
            let start = Stopwatch.Clock.processCPU.seconds
            keep(try await tokeniser.tokens(for: inputs, purpose: .application))
            runs.append((Stopwatch.Clock.processCPU.seconds - start) / Double(Self.applicants))
        }
        let floor = primitives.map + 11 * primitives.multiply + 7 * primitives.add
        return figure(
            "the same with both custodians in process", Stopwatch.median(runs), floor: 6 * floor,
            note: "through Tokeniser, CPU of all threads; floor an identifier: 1 map, 11 multiplications, 7 additions")
    }

    private func figure(_ name: String, _ seconds: Double, floor: Double, note: String) -> Figure {
        Figure("gateway", name, seconds * 1e3, "ms CPU", ratio: seconds / floor, bound: .atMost(1.25), note: note)
    }

    private static func input(_ applicant: Int, _ position: Int) -> [UInt8] {
        Array("an invented applicant \(applicant), identifier \(position)".utf8)
    }
}

/// A custodian in this process, without budgets and HTTP.
private struct LocalCustodian: Custodian {
    let shares: CustodianShares

    func evaluate(_ request: EvaluationRequest) async throws(Problem) -> Evaluation {
        guard let share = shares.shares[request.keyClass], let batch = try? ElementBatch(request.elements) else {
            throw Problem(.custodianUnavailable, "The sample's custodian cannot evaluate this.")
        }
        let answer = Evaluator(share: share).evaluate(batch)
        return Evaluation(
            custodian: shares.custodian, epoch: shares.epoch, elements: answer.elements.elements,
            proof: answer.proof.bytes)
    }

    func registry() async throws(Problem) -> [UInt8] {
        throw Problem(.custodianUnavailable, "The sample's custodian has no registry to hand out.")
    }
}
