package import Exchange
package import Records
internal import Registry
internal import Sodium
package import Vocabulary

// Batches, reservations, watches and acknowledgements, as gateways make them.
extension Lenders {
    package mutating func batch(
        of people: [Person], by member: Int, at now: Instant, name: String, purpose: Purpose = .application,
        mode: CheckMode = .hard, profile: String? = nil
    ) -> SealedRequest {
        var openings: [Opening] = []
        let (consortium, id) = (sample.chain.current.consortium, self.member(member))
        var checks: [Check<CommittedIdentifier>] = []
        for (position, person) in people.enumerated() {
            checks.append(
                Check(
                    consortium: consortium, member: id, check: RecordID(named: "\(name)/\(position)"), madeAt: now,
                    purpose: purpose, mode: mode, profile: profile, applicationRef: Self.application("\(position)"),
                    consent: Bytes32(), product: nil,
                    subject: person.as(.borrower).mapIdentifiers { commit($0, &openings, .none) }))
        }
        let batch = CheckBatch(
            consortium: consortium, member: id, batch: RecordID(named: name), madeAt: now, purpose: purpose,
            mode: mode, profile: profile, checks: checks)
        return seal(batch.json, as: .checks, by: member, openings, .none)
    }

    /// - Parameter person: `nil` to confirm or release.
    package mutating func reservation(
        _ name: String, of person: Person?, by member: Int, at now: Instant, seconds: Int64? = nil,
        releases: Bool = false, application: String? = nil, bend: Bend = .none
    ) -> SealedRequest {
        var openings: [Opening] = []
        var terms: ReservationTerms<CommittedIdentifier>?
        if let person {
            terms = ReservationTerms(
                seconds: seconds, subject: person.as(.borrower).mapIdentifiers { commit($0, &openings, bend) })
        }
        let request = ReservationRequest(
            consortium: bend.consortium ?? sample.chain.current.consortium,
            member: bend.member ?? self.member(member), reservation: RecordID(named: name),
            madeAt: bend.madeAt ?? now,
            action: terms.map { .reserve($0) } ?? (releases ? .release : .confirm),
            applicationRef: Self.application(application ?? "of-\(RecordID(named: name))"))
        return seal(request.json, as: .reservation, by: member, openings, bend)
    }

    package mutating func watch(
        _ loans: [(watch: String, loan: String)], ending: [String] = [], by member: Int, at now: Instant,
        name: String? = nil
    ) -> SealedRequest {
        let request = WatchRequest(
            consortium: sample.chain.current.consortium, member: self.member(member),
            request: RecordID(named: name ?? "watch request \(nextNumber())"), madeAt: now,
            watch: loans.map { .init(watch: RecordID(named: $0.watch), loanRef: Self.application($0.loan)) },
            unwatch: ending.map { RecordID(named: $0) })
        return seal(request.json, as: .watch, by: member, [], .none)
    }

    package mutating func acknowledgement(
        upTo cursor: UInt64, by member: Int, at now: Instant, name: String? = nil
    ) -> SealedRequest {
        let request = Acknowledgement(
            consortium: sample.chain.current.consortium, member: self.member(member),
            acknowledgement: RecordID(named: name ?? "acknowledgement \(nextNumber())"), madeAt: now, upTo: cursor)
        return seal(request.json, as: .acknowledgement, by: member, [], .none)
    }

    private static func application(_ text: String) -> OpaqueReference {
        try! OpaqueReference(text)  // Letters, digits and hyphens alone.
    }
}
