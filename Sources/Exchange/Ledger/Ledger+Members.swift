internal import Records
internal import Vocabulary

// What the ledger keeps about members rather than about persons: what they were told, watch and have acknowledged.
extension Ledger {
    mutating func remember(
        _ facts: InquiryFacts, as caseNumber: UInt32, toldAt: Instant
    ) throws(DecodingFailure) {
        cases[Int(caseNumber)].detail = UInt32(inquiries.count)
        inquiries.append(
            InquiryRow(check: facts.check, score: facts.score ?? .max, isApplication: facts.purpose == .application))
        let member = cases[Int(caseNumber)].member
        for statement in facts.told {
            let told = Told(
                member: member, about: .inquiry(caseNumber), subject: statement.subject, toldAt: toldAt)
            try note(told, of: statement.caseNumber)
        }
    }

    private mutating func note(_ asker: Told, of statement: UInt32) throws(DecodingFailure) {
        guard statements[statement] != nil else { throw .outOfRange }
        told[statement, default: []].append(asker)
    }

    mutating func keepHouse(_ matter: Matter, of member: UInt16) throws(DecodingFailure) {
        switch matter {
        case .watch(let id, let loanCase):
            guard loanCase < cases.count, cases[Int(loanCase)].kind == .loan else { throw .outOfRange }
            watchCounts[member, default: 0] += 1
            let key = LookupKey.watch(id, of: names.name(member))
            guard watches[key] == nil else { throw .outOfRange }
            watches[key] = WatchState(loanCase: loanCase)
            watchesOfLoan[loanCase, default: []].append(id)
        case .unwatch(let id):
            let key = LookupKey.watch(id, of: names.name(member))
            guard let watch = watches[key], !watch.isOver else { throw .outOfRange }
            watchCounts[member, default: 0] -= 1
            watches[key]?.isOver = true
            watchesOfLoan[watch.loanCase]?.removeAll { $0 == id }
        case .acknowledgement(let sequence): feeds[member, default: Feed()].acknowledge(upTo: Int(sequence))
        case .opensLoan, .continuesLoan, .report, .marker, .inquiry, .reservation, .reservationChange, .amendment,
            .retraction, .dispute, .disputeOutcome:
            preconditionFailure("Only what is about the member itself is kept here.")
        }
    }

    mutating func apply(_ notice: NoticeFacts, at receivedAt: Instant) throws(DecodingFailure) {
        let member = names.intern(notice.member.name)
        try requireKnown(notice.about)
        feeds[member, default: Feed()].add(notice)
        switch notice.news {
        case .alert(let statement, let subject):
            let told = Told(member: member, about: notice.about, subject: subject, toldAt: receivedAt)
            try note(told, of: statement)
        case .correction(let statement, _, _): guard statements[statement] != nil else { throw .outOfRange }
        case .reservation, .stacking: break
        }
    }

    /// What a page of notices will look up must be there.
    private func requireKnown(_ about: NoticeFacts.About) throws(DecodingFailure) {
        switch about {
        case .inquiry(let number):
            guard number < cases.count, cases[Int(number)].kind == .inquiry else { throw .outOfRange }
        case .reservation(let number):
            guard number < cases.count, cases[Int(number)].kind == .reservation else { throw .outOfRange }
        case .watch: break
        }
    }
}

/// A member's own loans and inquiries by case, in order of arrival: what its furnishing is judged by.
package struct MemberCases: Hashable, Sendable {
    package internal(set) var loans: [UInt32] = []
    package internal(set) var inquiries: [UInt32] = []

    mutating func add(_ number: UInt32, _ kind: CaseKind) {
        switch kind {
        case .loan: loans.append(number)
        case .inquiry: inquiries.append(number)
        case .report, .marker, .reservation: break
        }
    }
}

extension LookupKey {
    static func watch(_ id: RecordID, of member: String) -> LookupKey {
        digest("counterfoil/watch/v1", [Array(member.utf8), id.bytes])
    }
}
