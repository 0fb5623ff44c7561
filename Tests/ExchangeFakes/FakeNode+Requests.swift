package import Exchange
package import Records
internal import Sodium
package import Vocabulary

/// A reservation as the fake node holds it.
package struct HeldReservation: Sendable {
    package var status: String
    package var expiresAt: Instant
    /// What the others' side of the answer says.
    package var others: [String: String] = [:]
}

// Batches.
extension FakeNode {
    package func check(batch request: SealedRequest) async throws(Problem) -> Envelope {
        try fail { $0.batches.append(request) }
        let payload = try verified(request, .checks)
        guard let batch = try? CheckBatch<CommittedIdentifier>(payload),
            (try? batch.opened(with: request.openings)) != nil
        else { throw Problem(.wrongCommitment, "The openings do not fit.") }
        let lie = with { $0.lie }
        var answers = batch.checks.map { JSON.object(body(of: $0, lie)) }
        if lie == .answersSwapped { answers.swapAt(0, 1) }
        if lie == .answerLeftOut { answers.removeLast() }
        if lie == .answerTooMany { answers.append(answers[0]) }
        let hash = lie == .answerToAnotherWording ? Hash(SystemRandom.bytes32()) : payload.hash
        let id = lie == .answerToAnotherBatch ? RecordID(high: 1, low: 2) : batch.batch
        return word(
            .batchAnswer,
            [
                JSON.Member("purpose", .string(batch.purpose.rawValue)),
                JSON.Member("mode", .string(batch.mode.name)), JSON.Member("policyVersion", 1),
                JSON.Member("batch", .string(id.description)),
                JSON.Member("batchHash", .string(hash.value.base64)), JSON.Member("answers", .array(answers)),
            ])
    }

    /// Notes the request, and throws what a test wants thrown next.
    func fail(_ note: (inout State) -> Void) throws(Problem) {
        if let failure = with({ state in
            note(&state)
            return state.failures.isEmpty ? nil : state.failures.removeFirst()
        }) { throw failure }
    }
}

// Reservations.
extension FakeNode {
    package func reserve(_ request: SealedRequest) async throws(Problem) -> Envelope {
        try fail { _ in }
        let payload = try verified(request, .reservation)
        guard let asked = try? ReservationRequest<CommittedIdentifier>(payload),
            (try? asked.opened(with: request.openings)) != nil
        else { throw Problem(.wrongCommitment, "The openings do not fit.") }
        guard let held = standing(of: asked) else {
            throw Problem(.unknownRecord, "No reservation of this member has this id.", path: "reservation")
        }
        return word(.reservationAnswer, members(of: asked, held, payload.hash))
    }

    private func standing(of asked: ReservationRequest<CommittedIdentifier>) -> HeldReservation? {
        let now = now()
        return with { state in
            let known = state.reservations[asked.reservation]
            switch asked.action {
            case .reserve(let terms):
                state.reservations[asked.reservation] = known ?? HeldReservation(
                    status: "held", expiresAt: now.adding(seconds: terms.seconds ?? 86_400))
            case .confirm: state.reservations[asked.reservation]?.status = "confirmed"
            case .release: state.reservations[asked.reservation]?.status = "released"
            }
            return state.reservations[asked.reservation]
        }
    }

    private func members(
        of asked: ReservationRequest<CommittedIdentifier>, _ held: HeldReservation, _ requestHash: Hash
    ) -> [JSON.Member] {
        let lie = with { $0.lie }
        let isOther = lie == .answerToAnotherReservation
        let hash = lie == .answerToAnotherWording ? Hash(SystemRandom.bytes32()) : requestHash
        let status = lie == .heldAlthoughReleased ? "held" : held.status
        let expiresAt = lie == .heldAlthoughExpired ? now() : held.expiresAt
        return [
            JSON.Member(
                "reservation", .string(isOther ? RecordID(high: 1, low: 2).description : "\(asked.reservation)")),
            JSON.Member("requestHash", .string(hash.value.base64)), JSON.Member("status", .string(status)),
            JSON.Member("expiresAt", .string(expiresAt.description)),
            JSON.Member(
                "others",
                .object(
                    ["live", "members", "confirmed", "signedNotFunded"].map { name in
                        JSON.Member(name, .string(held.others[name] ?? "0"))
                    })),
        ]
    }
}

// Notices and watches.
extension FakeNode {
    /// Releases a notice now: the next sequence number's.
    package func release(
        _ kind: String, about: KeyValuePairs<String, JSON?>, _ more: KeyValuePairs<String, JSON?> = [:]
    ) {
        let time = now()
        with { state in
            let head = JSON.object([
                "sequence": .number(state.notices.count + 1), "kind": .string(kind),
                "releasedAt": .string(time.description), "about": .object(about),
            ])
            state.notices.append(.object((head.members ?? []) + (JSON.object(more).members ?? [])))
        }
    }

    /// Never waits: where there is nothing it says so at once.
    package func notices(after cursor: UInt64, wait: Duration, limit: Int) async throws(Problem) -> Envelope {
        try fail { _ in }
        guard (1...NoticeLimits.noticesPerRequest).contains(limit), (.zero...NoticeLimits.maximumWait).contains(wait)
        else { throw Problem(.invalidField, "A request for notices is out of its limits.") }
        let (all, acknowledged, lie) = with { ($0.notices, $0.acknowledged, $0.lie) }
        let rest = all.dropFirst(Int(min(cursor, UInt64(all.count))))
        var told = Array(rest.prefix(lie == .moreNoticesThanAsked ? limit + 1 : limit))
        var members: [JSON.Member] = [
            JSON.Member("after", .number(lie == .noticesFromAnotherCursor ? cursor + 1 : cursor)),
            JSON.Member("cursor", .number(with { $0.cursor } ?? cursor + UInt64(told.count))),
            JSON.Member("more", .bool(rest.count > limit)),
            JSON.Member("unacknowledged", .number(UInt64(all.count) - min(acknowledged, UInt64(all.count)))),
        ]
        bend(&told, &members, cursor, lie)
        return word(.notices, members + [JSON.Member("notices", .array(told))])
    }

    private func bend(_ told: inout [JSON], _ members: inout [JSON.Member], _ cursor: UInt64, _ lie: Lie?) {
        switch lie {
        case .noticesOutOfOrder: told.reverse()
        case .noticeTwice: told[1] = told[0]
        case .noticeBeforeCursor: told[0] = told[0].replacing("sequence", .number(cursor))
        case .noticeFromTheFuture:
            told[0] = told[0].replacing("releasedAt", .string(now().adding(seconds: 3600).description))
        case .noticeAboutNothing: told[0] = told[0].replacing("about", .object([JSON.Member]()))
        case .changeWithoutCorrection: told[0] = told[0].replacing("change", "retracted")
        case .cursorBeforeLastNotice: members[1] = JSON.Member("cursor", .number(cursor + UInt64(told.count) - 1))
        case .moreWithoutProgress:
            told = []
            (members[1], members[2]) = (JSON.Member("cursor", .number(cursor)), JSON.Member("more", true))
        default: break
        }
    }

    package func acknowledge(_ request: SealedRequest) async throws(Problem) -> AcknowledgementOutcome {
        try fail { _ in }
        guard let asked = try? Acknowledgement(try verified(request, .acknowledgement)) else {
            throw Problem(.invalidField, "The acknowledgement cannot be read.")
        }
        return with { state in
            let released = UInt64(state.notices.count)
            state.acknowledged = max(state.acknowledged, min(asked.upTo, released))
            return AcknowledgementOutcome(
                acknowledged: state.acknowledged, unacknowledged: Int(released - state.acknowledged))
        }
    }

    package func watch(_ request: SealedRequest) async throws(Problem) -> WatchOutcome {
        try fail { _ in }
        guard let asked = try? WatchRequest(try verified(request, .watch)) else {
            throw Problem(.invalidField, "The watch request cannot be read.")
        }
        return with { state in
            let refused = asked.watch.filter { state.unknownLoans.contains($0.loanRef) }
            state.watches.formUnion(asked.watch.filter { !state.unknownLoans.contains($0.loanRef) }.map(\.watch))
            state.watches.subtract(asked.unwatch)
            return WatchOutcome(
                watching: state.watches.count,
                refused: refused.map { WatchOutcome.Refusal(watch: $0.watch, code: .unknownLoan) })
        }
    }

    package func furnishing() async throws(Problem) -> JSON {
        try fail { _ in }
        return .object(["member": .string(id.name)])
    }

    package func outcomes() async throws(Problem) -> JSON {
        try fail { _ in }
        return .object(["scores": []])
    }

    package func unacknowledged() async throws(Problem) -> JSON {
        try fail { _ in }
        return .object(["members": []])
    }
}

extension JSON {
    fileprivate func replacing(_ name: String, _ value: JSON) -> JSON {
        .object((members ?? []).filter { $0.name != name } + [JSON.Member(name, value)])
    }
}
