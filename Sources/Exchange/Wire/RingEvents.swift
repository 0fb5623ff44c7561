package import Vocabulary

/// A page of what happened to rings and to what is shared too widely, the oldest first.
package struct RingEvents: Hashable, Sendable {
    package let events: [RingEvent]
    /// The sequence number of the last of them; ask for what comes after it.
    package let cursor: UInt64
    package let hasMore: Bool

    package init(events: [RingEvent], cursor: UInt64, hasMore: Bool) {
        (self.events, self.cursor, self.hasMore) = (events, cursor, hasMore)
    }
}

/// One fact of linkage, as the node stored it.
package struct RingEvent: Hashable, Sendable {
    package enum Fact: Hashable, Sendable {
        /// - Parameter from: the ring it split off.
        case founded(RingName, from: RingName?)
        /// It is an alias from now on.
        case merged(RingName, into: RingName)
        case ended(RingName)
        /// More persons share it than its kind may have: it links nobody any more.
        case demoted(HubName, subjects: Int)
        case promoted(HubName)
        /// Demoted already, and many new persons within a week.
        case hubBurst(HubName, newSubjects: Int)
    }

    package let sequence: UInt64
    package let at: Instant
    package let fact: Fact

    package init(sequence: UInt64, at: Instant, fact: Fact) {
        (self.sequence, self.at, self.fact) = (sequence, at, fact)
    }
}

/// A widely shared identifier by its kind and a pseudonym of this consortium: `H-7K3F9Q2M`, never a number or token.
package struct HubName: Hashable, Sendable {
    package let kind: IdentifierKind
    package let pseudonym: String

    /// - Parameter pseudonym: `H-` and 8 to 16 of `A-Z 0-9`.
    package init(kind: IdentifierKind, pseudonym: String) throws(DecodingFailure) {
        let characters = pseudonym.utf8.dropFirst(2)
        guard pseudonym.hasPrefix("H-"), (8...16).contains(characters.count),
            characters.allSatisfy({ (48...57).contains($0) || (65...90).contains($0) })
        else { throw .malformed("a hub is named H- and 8 to 16 of A-Z and 0-9") }
        (self.kind, self.pseudonym) = (kind, pseudonym)
    }
}

extension RingEvents {
    package init(parsing body: [UInt8]) throws(Problem) {
        do throws(FieldFailure) {
            var fields = try ObjectReader(ringDocument: body)
            events = try fields.each("events", maximum: RingLimits.eventsPerPage, RingEvent.init(reading:))
            cursor = UInt64(try fields.integer("cursor", in: 0...Int64.max))
            hasMore = try fields.flag("more")
        } catch { throw Problem(error) }
    }

    package var json: JSON {
        .object(["events": .array(events.map(\.json)), "cursor": .number(cursor), "more": .bool(hasMore)])
    }
}

extension RingEvent {
    init(reading fields: consuming ObjectReader) throws(FieldFailure) {
        sequence = UInt64(try fields.integer("sequence", in: 1...Int64.max))
        at = try fields.time("at")
        switch try fields.string("event") {
        case "founded": fact = .founded(try fields.ringName("ring"), from: try fields.optionalRingName("from"))
        case "merged": fact = .merged(try fields.ringName("ring"), into: try fields.ringName("into"))
        case "ended": fact = .ended(try fields.ringName("ring"))
        case "demoted": fact = .demoted(try fields.hub("hub"), subjects: try fields.count("subjects"))
        case "promoted": fact = .promoted(try fields.hub("hub"))
        case "hubBurst": fact = .hubBurst(try fields.hub("hub"), newSubjects: try fields.count("subjects"))
        default: throw fields.failure("event", .malformed("not one of the events"))
        }
    }

    package var json: JSON {
        .object(
            [
                JSON.Member("sequence", .number(sequence)), JSON.Member("at", .string(at.description)),
                JSON.Member("event", .string(fact.name)),
            ] + (fact.details.members ?? []))
    }
}

extension RingEvent.Fact {
    package var name: String {
        switch self {
        case .founded: "founded"
        case .merged: "merged"
        case .ended: "ended"
        case .demoted: "demoted"
        case .promoted: "promoted"
        case .hubBurst: "hubBurst"
        }
    }

    fileprivate var details: JSON {
        switch self {
        case .founded(let ring, let from):
            .object(["ring": .string(ring.description), "from": .optional(from?.description)])
        case .merged(let ring, let into):
            .object(["ring": .string(ring.description), "into": .string(into.description)])
        case .ended(let ring): .object(["ring": .string(ring.description)])
        case .demoted(let hub, let subjects): .object(["hub": hub.json, "subjects": .number(subjects)])
        case .promoted(let hub): .object(["hub": hub.json])
        case .hubBurst(let hub, let subjects): .object(["hub": hub.json, "subjects": .number(subjects)])
        }
    }
}

extension HubName {
    fileprivate var json: JSON {
        .object(["kind": .string(kind.name), "pseudonym": .string(pseudonym)])
    }
}

extension ObjectReader {
    fileprivate mutating func hub(_ name: String) throws(FieldFailure) -> HubName {
        var inner = try object(name)
        let kind = try inner.choice("kind", expected: "the kinds of identifiers", IdentifierKind.init(name:))
        return try inner.parsed("pseudonym") { text throws(DecodingFailure) in
            try HubName(kind: kind, pseudonym: text)
        }
    }
}
