internal import Exchange
internal import ExchangeClient
internal import Identity
internal import Records
internal import Registry
internal import Vocabulary

/// Asks the node to reserve a person, to confirm or to release, and believes its word once it is verified.
///
/// The same request put again gives the state as it is now: the node acts on an id once.
struct Reserver: Sendable {
    let outbox: Outbox
    let node: any Node
    let tokeniser: TokenSource
    let sealer: RequestSealer
    let watch: RegistryWatch
    let consortium: String
    let now: @Sendable () -> Instant

    /// The document for the lender's system.
    func answer(_ prepared: PreparedReservation) async throws(Problem) -> JSON {
        let isFirst = try await outbox.claim(prepared, now: now())
        do throws(Problem) { return try await answerClaimed(prepared) } catch {
            if isFirst, !error.code.isTransient { try await outbox.disclaim(prepared) }
            throw error
        }
    }

    private func answerClaimed(_ prepared: PreparedReservation) async throws(Problem) -> JSON {
        let version = watch.chain.current.number
        do throws(Problem) { return try await ask(prepared) } catch {
            // Another epoch, or another answer key: a newer registry may tell.
            guard Checker.mayBeStale(error), await watch.look(beyond: version) else { throw error }
            return try await ask(prepared)
        }
    }

    private func ask(_ prepared: PreparedReservation) async throws(Problem) -> JSON {
        let identifiers = prepared.request.terms?.subject.identifiers ?? []
        let consortium = consortium
        let request: SealedRequest
        let asked: ReservationRequest<CommittedIdentifier>
        if identifiers.isEmpty {
            // Confirming and releasing name no token.
            (request, asked) = try sealer.reservation(prepared.request, epoch: watch.chain.current.tokenEpoch) {
                (_: IdentifierInput) throws(Problem) in
                throw Problem(.internalError, "A request without a person was to be given a token.")
            }
        } else {
            let tokens = try await tokeniser.tokens(
                for: identifiers.map { $0.keyedInput(consortium) }, purpose: .application)
            (request, asked) = try sealer.reservation(prepared.request, epoch: tokens.epoch) {
                (identifier: IdentifierInput) throws(Problem) in try tokens.token(of: identifier, consortium)
            }
        }
        let envelope = try await node.reserve(request)
        let verified = try ReservationVerifier(watch.chain).verify(envelope, asked: asked, now: now())
        let json = Self.document(verified, prepared)
        let file = JSON.object(["answer": json, "envelope": envelope.json, "request": request.json])
        try await outbox.keep(file, of: verified.reservation, now: now())
        return json
    }

    private static let shown = [
        "reservation", "status", "expiresAt", "others", "computedAt", "checkpoint", "knownSize", "registryVersion",
    ]

    private static func document(_ answer: VerifiedReservationAnswer, _ prepared: PreparedReservation) -> JSON {
        var members = shown.compactMap { name in answer.payload[name].map { JSON.Member(name, $0) } }
        members += [
            JSON.Member("action", .string(prepared.request.action.name)),
            JSON.Member("applicationRef", .string(prepared.request.applicationRef.text)),
            JSON.Member("droppedFields", .array(prepared.dropped.map(\.json))),
            JSON.Member(
                "evidence",
                .object([
                    "answer": .string("/v1/reservations/\(answer.reservation)"),
                    "envelopeHash": .string(answer.hash.description),
                    "signedBy": .optional(answer.envelope.signatures.first?.keyID.text),
                ])),
        ]
        return .object(members)
    }
}
