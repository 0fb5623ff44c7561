package import Exchange
package import Records
internal import Registry
package import Vocabulary

// What members do beside furnishing and single checks.
extension CoreConsortium {
    /// A batch and its answers, in order. A hard one leaves its inquiries.
    @discardableResult
    package mutating func askBatch(
        about people: [Person], by member: Int, name: String, mode: CheckMode = .hard, profile: String? = nil
    ) throws(Problem) -> [AnswerSheet] {
        let request = lenders.batch(of: people, by: member, at: now, name: name, mode: mode, profile: profile)
        let (chain, now) = (chain, now)
        let batch = try verify(member) { intake, requester throws(Problem) in
            try intake.batch(request, from: requester, under: chain, now: now)
        }
        let rules = try rules
        let moment = exchange.moment(checkpoint: checkpoint, now: now)
        let (head, bodies) = exchange.answers(batch.checks[...], of: batch, at: moment) { _ in rules }
        if mode == .hard {
            take(try exchange.inquiries(of: batch, answered: bodies, by: rules, now: now))
        }
        return bodies.map { AnswerSheet(.object($0.members(by: head))) }
    }

    /// A batch answered in turns of one check, with `between` happening after each. A hard one leaves its inquiries.
    package mutating func askInTurns(
        about people: [Person], by member: Int, name: String, mode: CheckMode = .soft,
        between: (inout CoreConsortium) throws -> Void
    ) throws -> [AnswerSheet] {
        let request = lenders.batch(of: people, by: member, at: now, name: name, mode: mode, profile: "full")
        let (chain, now) = (chain, now)
        let batch = try verify(member) { intake, requester throws(Problem) in
            try intake.batch(request, from: requester, under: chain, now: now)
        }
        let rules = try rules
        let moment = exchange.moment(checkpoint: checkpoint, now: now)
        let size = UInt32(stored.count)
        var sheets: [AnswerSheet] = []
        var answered: [AnswerBody] = []
        for index in batch.checks.indices {
            let (head, bodies) = exchange.answers(batch.checks[index...index], of: batch, at: moment) { _ in rules }
            sheets += bodies.map { AnswerSheet(.object(head.members + $0.members(by: head))) }
            answered += bodies
            try between(&self)
        }
        if mode == .hard {
            take(try exchange.inquiries(of: batch, answered: answered, by: rules, now: self.now, since: size))
        }
        return sheets
    }

    /// A reservation's answer as the member reads it.
    @discardableResult
    package mutating func reserve(
        _ name: String, _ person: Person, by member: Int, seconds: Int64? = nil, application: String? = nil,
        bend: Lenders.Bend = .none
    ) throws(Problem) -> JSON {
        try put(
            reservation: lenders.reservation(
                name, of: person, by: member, at: now, seconds: seconds, application: application, bend: bend),
            by: member)
    }

    @discardableResult
    package mutating func confirm(_ name: String, by member: Int, application: String? = nil) throws(Problem) -> JSON {
        try put(
            reservation: lenders.reservation(name, of: nil, by: member, at: now, application: application), by: member)
    }

    @discardableResult
    package mutating func release(_ name: String, by member: Int) throws(Problem) -> JSON {
        try put(
            reservation: lenders.reservation(name, of: nil, by: member, at: now, releases: true), by: member)
    }

    package mutating func put(reservation request: SealedRequest, by member: Int) throws(Problem) -> JSON {
        let (chain, now) = (chain, now)
        let verified = try verify(member) { intake, requester throws(Problem) in
            try intake.reservation(request, from: requester, under: chain, now: now)
        }
        let rules = try rules
        let (admitted, answer) = try exchange.reserve(verified, by: rules, checkpoint: checkpoint, now: now)
        take(admitted)
        return answer.json
    }

    @discardableResult
    package mutating func watch(
        _ loans: (watch: String, loan: String)..., ending: [String] = [], by member: Int, name: String? = nil
    ) throws(Problem) -> WatchOutcome {
        let request = lenders.watch(loans, ending: ending, by: member, at: now, name: name)
        let (chain, now) = (chain, now)
        let verified = try verify(member) { intake, requester throws(Problem) in
            try intake.watch(request, from: requester, under: chain, now: now)
        }
        let rules = try rules
        let (admitted, outcome) = try exchange.watch(verified, by: rules, now: now)
        take(admitted)
        return outcome
    }

    @discardableResult
    package mutating func acknowledge(
        upTo cursor: UInt64, by member: Int, name: String? = nil
    ) throws(Problem) -> AcknowledgementOutcome {
        let request = lenders.acknowledgement(upTo: cursor, by: member, at: now, name: name)
        let (chain, now) = (chain, now)
        let verified = try verify(member) { intake, requester throws(Problem) in
            try intake.acknowledgement(request, from: requester, under: chain, now: now)
        }
        let rules = try rules
        let (admitted, outcome) = try exchange.acknowledge(verified, by: rules, now: now)
        take(admitted)
        return outcome
    }

    /// The page of notices that the member would be sent now.
    package mutating func notices(
        of member: Int, after cursor: UInt64 = 0, limit: Int = 500
    ) throws(Problem) -> NoticePage {
        let rules = try rules
        return exchange.notices(of: lenders.member(member), after: cursor, limit: limit, by: rules, now: now)
    }
}
