package import Records
package import Vocabulary

/// A record in clear: what a test says a member furnishes.
package typealias Statement = Record<Invented>

extension Record where ID == Invented {
    /// A record by its name: the same name is the same record id.
    package static func saying(
        _ name: String, at time: Instant, _ subjects: [Subject<Invented>] = [], _ body: RecordBody
    ) -> Statement {
        Record(recordID: RecordID(named: name), eventTime: time, subjects: subjects, body: body)
    }

    /// A stage of a loan. The first of a loan names its borrower, later ones nobody.
    package static func loan(
        _ reference: String, _ stage: LoanStage, of borrower: Person? = nil, at time: Instant, name: String? = nil,
        product: String? = "cash-loan"
    ) -> Statement {
        let event = LoanEvent(
            loanRef: try! OpaqueReference(reference), stage: stage,  // Literals of tests alone.
            product: product.map { try! ListedName($0) }, amountBand: AmountBand(containing: 12_000),
            dueBucket: stage == .overdue ? .days1To30 : nil)
        return saying(
            name ?? "\(reference)/\(stage.name)", at: time, borrower.map { [$0.as(.borrower)] } ?? [],
            .loanEvent(event))
    }

    /// A report that is admitted as it stands, unless `change` says otherwise.
    package static func report(
        _ code: String, on subjects: Subject<Invented>..., at time: Instant, name: String,
        change: (inout Report) -> Void = { _ in }
    ) -> Statement {
        var report = Report(
            code: try! CodeName(code), tier: .e3, productDecision: .terminated,  // Literals of tests alone.
            grounds: [try! ListedName("forged-document")], evidenceDigest: digest(7),
            reviewers: [try! OpaqueReference("rev-1"), try! OpaqueReference("rev-2")])
        change(&report)
        return saying(name, at: time, subjects, .report(report))
    }

    package static func marker(
        _ code: String, for person: Person, at time: Instant, name: String
    ) -> Statement {
        let marker = Marker(
            code: try! CodeName(code), tier: .e2, identityProven: true, evidenceDigest: digest(3))
        return saying(name, at: time, [person.as(.victim)], .marker(marker))
    }

    package static func retraction(of record: String, at time: Instant, name: String? = nil) -> Statement {
        saying(
            name ?? "retraction of \(record)", at: time, [],
            .retraction(Retraction(retracts: RecordID(named: record), reason: .error)))
    }

    package static func amendment(
        of record: String, at time: Instant, name: String? = nil, change: (inout Amendment) -> Void
    ) -> Statement {
        var amendment = Amendment(amends: RecordID(named: record))
        change(&amendment)
        return saying(name ?? "amendment of \(record)", at: time, [], .amendment(amendment))
    }

    package static func dispute(of signal: String, at time: Instant, name: String = "dispute") -> Statement {
        saying(
            name, at: time, [],
            .dispute(Dispute(signal: try! OpaqueReference(signal), grounds: .notTrue, identityDigest: digest(5))))
    }

    package static func outcome(
        _ outcome: DisputeOutcome.Outcome, of record: String, at time: Instant, name: String = "outcome"
    ) -> Statement {
        saying(
            name, at: time, [],
            .disputeOutcome(
                DisputeOutcome(decides: RecordID(named: record), outcome: outcome, evidenceDigest: digest(6))))
    }

    private static func digest(_ byte: UInt8) -> Bytes32 {
        Bytes32 { $0.copyBytes(from: [UInt8](repeating: byte, count: 32)) }
    }
}
