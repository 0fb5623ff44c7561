internal import Records
package import Vocabulary

// What a member does about its own notices: watches over its loans, and acknowledgements.
extension Exchange {
    /// Begins and ends watches on the member's own loans. A loan that the node does not know of this member is refused
    /// by itself, and so is a watch id that stands for another loan or has ended; the rest is done. A request is taken
    /// up once: put again, it finds what it did.
    package func watch(
        _ request: VerifiedWatch, by rules: AnswerRules, now: Instant
    ) throws(Problem) -> (admitted: Admitted?, outcome: WatchOutcome) {
        var plan = plan(by: rules, now: now)
        var refused: [WatchOutcome.Refusal] = []
        var change = 0
        let isKnown = ledger.entries.number(of: request.key) != nil
        for loan in request.begun {
            let known = ledger.watches[loan.key]
            guard let loanCase = ledger.loans.number(of: loan.loan).map({ ledger.loanCases[Int($0)] }) else {
                refused.append(.init(watch: loan.watch, code: .unknownLoan))
                continue
            }
            if known == nil, !isKnown {
                plan.append(
                    RecordFacts(
                        key: loan.key, content: loan.loan, eventTime: now,
                        matter: .watch(loan.watch, loanCase: loanCase)))
                change += 1
            } else if known?.loanCase != loanCase || known?.isOver == true && !isKnown {
                refused.append(.init(watch: loan.watch, code: .recordConflict))
            }
        }
        for (id, key) in zip(request.watch.unwatch, request.ended) {
            guard let known = ledger.watches[key], !known.isOver, !isKnown else { continue }
            let recordKey = Self.endKey(of: key)
            plan.append(RecordFacts(key: recordKey, content: recordKey, eventTime: now, matter: .unwatch(id)))
            change -= 1
        }
        let admitted = admitted(plan, key: request.key, request.member, request.payload.keyID, rules, now)
        let outcome = WatchOutcome(watching: watchCount(of: request.member) + change, refused: refused)
        return (admitted.entry == nil ? nil : admitted, outcome)
    }

    /// Takes note that a member has read its notices; never beyond what was released, never back.
    package func acknowledge(
        _ request: VerifiedAcknowledgement, by rules: AnswerRules, now: Instant
    ) throws(Problem) -> (admitted: Admitted?, outcome: AcknowledgementOutcome) {
        let feed = feed(of: request.member)
        let released = feed.releasedCount(at: now)
        let asked = request.acknowledgement.upTo
        if let known = ledger.records.number(of: request.key) {
            guard ledger.contents[Int(known)] == LookupKey(high: 0, low: asked) else {
                throw Problem(
                    .recordConflict, "This acknowledgement id was used for another cursor.",
                    hint: "Acknowledge under a new id.", path: "acknowledgement")
            }
            return (nil, feed.outcome(acknowledged: feed.acknowledged, released: released))
        }
        guard asked <= UInt64(released) else {
            throw Problem(
                .notAdmissible, "Notices that were not released yet cannot be acknowledged.",
                hint: "Acknowledge up to the cursor of the last page.", path: "upTo")
        }
        guard Int(asked) > feed.acknowledged else {
            return (nil, feed.outcome(acknowledged: feed.acknowledged, released: released))
        }
        var plan = plan(by: rules, now: now)
        plan.append(
            RecordFacts(
                key: request.key, content: LookupKey(high: 0, low: asked), eventTime: now,
                matter: .acknowledgement(upTo: asked)))
        return (
            admitted(plan, key: request.key, request.member, request.payload.keyID, rules, now),
            feed.outcome(acknowledged: Int(asked), released: released)
        )
    }

    func feed(of member: MemberID) -> Feed {
        ledger.names.number(of: member.name).flatMap { ledger.feeds[$0] } ?? Feed()
    }

    private func watchCount(of member: MemberID) -> Int {
        ledger.names.number(of: member.name).flatMap { ledger.watchCounts[$0] } ?? 0
    }

    /// A watch ends once.
    private static func endKey(of watch: LookupKey) -> LookupKey {
        var writer = ByteWriter()
        writer.put(watch)
        return .digest("counterfoil/unwatch/v1", [writer.bytes])
    }
}

extension Feed {
    func outcome(acknowledged: Int, released: Int) -> AcknowledgementOutcome {
        AcknowledgementOutcome(
            acknowledged: UInt64(acknowledged), unacknowledged: openCorrections(after: acknowledged, released).count)
    }

    /// The corrections among released notices that come after a sequence number.
    func openCorrections(after acknowledged: Int, _ released: Int) -> [NoticeFacts] {
        guard acknowledged < released else { return [] }
        return notices[acknowledged..<released].filter(\.isCorrection)
    }
}

extension NoticeFacts {
    var isCorrection: Bool {
        switch news {
        case .correction: true
        case .alert, .reservation, .stacking: false
        }
    }
}
