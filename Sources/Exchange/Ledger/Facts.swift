package import Linkage
package import Records
package import Vocabulary

/// What the core keeps of one record: enough for every answer, with no envelope, no token and no text of a person.
///
/// Facts are what a start replays. They refer to identifiers, loans and records by the small numbers that the ledger
/// gave them, in the order in which they were given, so that a replay gives the same numbers.
package struct RecordFacts: Hashable, Sendable {
    /// Digest of member and record id: where a resend finds its first copy.
    package var key: LookupKey
    /// Digest of the record's fields and resolved identifiers: what tells a resend from a conflict.
    package var content: LookupKey
    package var eventTime: Instant
    package var matter: Matter

    package init(key: LookupKey, content: LookupKey, eventTime: Instant, matter: Matter) {
        (self.key, self.content, self.eventTime, self.matter) = (key, content, eventTime, matter)
    }
}

/// What a record is about, with what answers need of it.
package enum Matter: Hashable, Sendable {
    /// The first event of a loan brings its people; the digest is of member and loan reference.
    case opensLoan(LookupKey, LoanFacts, parties: [Party])
    case continuesLoan(caseNumber: UInt32, LoanFacts)
    case report(StatementFacts, parties: [Party])
    case marker(StatementFacts, parties: [Party])
    case inquiry(InquiryFacts, parties: [Party])
    case reservation(ReservationFacts, parties: [Party])
    case reservationChange(of: UInt32, ReservationState.Status, expiresAt: Instant)
    /// Tell the member what changes about its own loan, by case.
    case watch(RecordID, loanCase: UInt32)
    case unwatch(RecordID)
    /// The member has taken note of its notices up to a sequence number.
    case acknowledgement(upTo: UInt64)
    /// The amended record's statement as it reads from now on.
    case amendment(of: UInt32, StatementFacts)
    case retraction(of: UInt32)
    /// The reports that stand behind the disputed signal, by record number.
    case dispute(of: [UInt32])
    case disputeOutcome(of: UInt32, upheld: Bool)
}

extension Matter {
    /// The identifiers that it brings.
    package var parties: [Party] {
        switch self {
        case .opensLoan(_, _, let parties), .report(_, let parties), .marker(_, let parties),
            .inquiry(_, let parties), .reservation(_, let parties):
            parties
        case .continuesLoan, .reservationChange, .watch, .unwatch, .acknowledgement, .amendment, .retraction, .dispute,
            .disputeOutcome: []
        }
    }
}

/// One event in a loan's life, without amounts finer than their band.
package struct LoanFacts: Hashable, Sendable {
    /// `LoanStage.rawValue`.
    package var stage: UInt8
    package var product: String?
    /// Steps of the 1-2-5 series, or 255 where none was given.
    package var amountBand: UInt8
    package var instalmentBand: UInt8
    package var balanceBand: UInt8
    /// `DueBucket.rawValue`, or 0 where none was given.
    package var dueBucket: UInt8

    package init(
        stage: UInt8, product: String?, amountBand: UInt8, instalmentBand: UInt8 = 255, balanceBand: UInt8 = 255,
        dueBucket: UInt8 = 0
    ) {
        (self.stage, self.product, self.amountBand) = (stage, product, amountBand)
        (self.instalmentBand, self.balanceBand, self.dueBucket) = (instalmentBand, balanceBand, dueBucket)
    }
}

/// What a hard check leaves: that it was asked, and what its answer told, for corrections to go back to.
package struct InquiryFacts: Hashable, Sendable {
    /// One subject of one statement that a signal of the answer stood for.
    package struct ToldStatement: Hashable, Sendable {
        package var caseNumber: UInt32
        package var subject: UInt8

        package init(caseNumber: UInt32, subject: UInt8) {
            (self.caseNumber, self.subject) = (caseNumber, subject)
        }
    }

    /// The asker's own id, by which notices name the check to it.
    package var check: RecordID
    package var purpose: Purpose
    package var product: String?
    /// The stacking score that the answer told; `nil` where it told none.
    package var score: UInt16?
    package var told: [ToldStatement]

    package init(
        check: RecordID, purpose: Purpose, product: String?, score: UInt16? = nil, told: [ToldStatement] = []
    ) {
        (self.check, self.purpose, self.product) = (check, purpose, product)
        (self.score, self.told) = (score, told)
    }
}

package struct ReservationFacts: Hashable, Sendable {
    package var reservation: RecordID
    package var product: String?
    package var amountBand: UInt8
    package var expiresAt: Instant

    package init(reservation: RecordID, product: String?, amountBand: UInt8, expiresAt: Instant) {
        (self.reservation, self.product, self.amountBand) = (reservation, product, amountBand)
        self.expiresAt = expiresAt
    }
}

/// What a report or a marker says: its body has no identifier in it. A cure also knows the record it continues.
package struct StatementFacts: Hashable, Sendable {
    package var body: RecordBody
    package var parent: UInt32?

    package init(body: RecordBody, parent: UInt32? = nil) {
        (self.body, self.parent) = (body, parent)
    }
}

/// One identifier's place in a case: whose it is and in which role.
package struct Party: Hashable, Sendable {
    package var identifier: UInt32
    package var role: IdentifierRole
    /// Which of the record's subjects, from 0.
    package var subject: UInt8
    package var subjectRole: SubjectRole

    package init(identifier: UInt32, role: IdentifierRole, subject: UInt8, subjectRole: SubjectRole) {
        (self.identifier, self.role, self.subject, self.subjectRole) = (identifier, role, subject, subjectRole)
    }
}

/// The facts of one log entry: a submission's records, or a check's inquiry.
package struct EntryFacts: Hashable, Sendable {
    /// Who furnished or asked; `nil` for entries of the consortium itself, such as registry versions.
    package var member: MemberID?
    /// Digest of member and submission (or check) id: where a resend of the whole finds its receipt.
    package var key: LookupKey
    package var receivedAt: Instant
    /// The key that signed what the entry stands for: a compromised one makes its later statements disputed.
    package var signedBy: KeyID
    /// How much the ledger held before, so that a missing entry is found and nothing is ever taken for another.
    package var base: LedgerSize
    /// The number of the registry version that the entry is; 0 for every other entry.
    package var registryVersion: UInt32
    /// The kinds of the identifiers first met in this entry, in the order of their numbers.
    package var newIdentifiers: [NewIdentifier]
    package var records: [RecordFacts]
    /// Who is to be told of what this entry changes. Decided with the entry, by the policy of that moment.
    package var notices: [NoticeFacts]
    /// What became of rings and hubs with this entry; never computed again, so that names last.
    package var linkage: [LinkageEvent] = []
    package var discoveries: [DiscoveryFacts] = []
    package var ringDecisions: [RingDecisionFacts] = []

    package init(
        member: MemberID?, key: LookupKey, receivedAt: Instant, signedBy: KeyID, base: LedgerSize,
        registryVersion: UInt32 = 0, newIdentifiers: [NewIdentifier] = [], records: [RecordFacts] = [],
        notices: [NoticeFacts] = []
    ) {
        (self.member, self.key, self.receivedAt) = (member, key, receivedAt)
        (self.signedBy, self.base, self.registryVersion) = (signedBy, base, registryVersion)
        (self.newIdentifiers, self.records, self.notices) = (newIdentifiers, records, notices)
    }
}

/// How many entries, identifiers, records and cases a ledger holds.
package struct LedgerSize: Hashable, Sendable {
    package var entries: UInt32
    package var identifiers: UInt32
    package var records: UInt32
    package var cases: UInt32

    package init(entries: UInt32, identifiers: UInt32, records: UInt32, cases: UInt32) {
        (self.entries, self.identifiers, self.records, self.cases) = (entries, identifiers, records, cases)
    }
}

/// An identifier that the ledger meets for the first time.
package struct NewIdentifier: Hashable, Sendable {
    package var kind: IdentifierKind
    /// The keyed index of its token.
    package var index: LookupKey

    package init(kind: IdentifierKind, index: LookupKey) {
        (self.kind, self.index) = (kind, index)
    }
}
