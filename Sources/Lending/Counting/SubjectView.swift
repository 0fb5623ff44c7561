package import Vocabulary

/// What one asker may have counted of one person at an instant.
package struct SubjectView: Sendable {
    /// In any order; what is retracted, expired, not yet or not to be seen by the asker is left out.
    package var events: [LendingEvent]
    /// The kinds of the own identifiers asked: bits by `IdentifierKind.rawValue`.
    package var askedKinds: UInt64
    package var now: Instant
    package var reservations: LiveReservations
    package var identity: IdentityMeasures

    package init(
        events: [LendingEvent], askedKinds: UInt64, now: Instant, reservations: LiveReservations = LiveReservations(),
        identity: IdentityMeasures = IdentityMeasures()
    ) {
        (self.events, self.askedKinds, self.now) = (events, askedKinds, now)
        (self.reservations, self.identity) = (reservations, identity)
    }
}

/// The reservations of the person that are live.
package struct LiveReservations: Hashable, Sendable {
    package var own: Int
    package var others: Int
    package var otherMembers: Int

    package init(own: Int = 0, others: Int = 0, otherMembers: Int = 0) {
        (self.own, self.others, self.otherMembers) = (own, others, otherMembers)
    }
}

/// The measures of identity, ready; `nil` where the identifiers they need were not asked.
package struct IdentityMeasures: Hashable, Sendable {
    package var phonesPerID: Int?
    package var cardsPerID: Int?
    package var IDsPerPhone: Int?
    package var IDsPerDevice: Int?
    package var daysSincePairFirstSeen: Int?
    package var daysSinceConflictingPair: Int?
    package var phoneAsOthersContact: Int?

    package init(
        phonesPerID: Int? = nil, cardsPerID: Int? = nil, IDsPerPhone: Int? = nil, IDsPerDevice: Int? = nil,
        daysSincePairFirstSeen: Int? = nil, daysSinceConflictingPair: Int? = nil, phoneAsOthersContact: Int? = nil
    ) {
        (self.phonesPerID, self.cardsPerID) = (phonesPerID, cardsPerID)
        (self.IDsPerPhone, self.IDsPerDevice) = (IDsPerPhone, IDsPerDevice)
        self.daysSincePairFirstSeen = daysSincePairFirstSeen
        self.daysSinceConflictingPair = daysSinceConflictingPair
        self.phoneAsOthersContact = phoneAsOthersContact
    }

    subscript(measure: IdentityMeasure) -> Int? {
        switch measure {
        case .phonesPerID: phonesPerID
        case .cardsPerID: cardsPerID
        case .IDsPerPhone: IDsPerPhone
        case .IDsPerDevice: IDsPerDevice
        case .daysSincePairFirstSeen: daysSincePairFirstSeen
        case .daysSinceConflictingPair: daysSinceConflictingPair
        case .phoneAsOthersContact: phoneAsOthersContact
        }
    }
}
