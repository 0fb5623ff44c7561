internal import Linkage
internal import Records
internal import Vocabulary

extension RingDesk {
    /// What happened after a cursor. A ring's new anchor is nobody's business, and passed over.
    package func events(after cursor: UInt64, limit: Int) -> RingEvents {
        var index = Int(min(cursor, UInt64(ledger.linkageEvents.count)))
        let end = min(ledger.linkageEvents.count, index + RingDeskLimits.eventsScanned)
        var events: [RingEvent] = []
        while index < end, events.count < limit {
            let row = ledger.linkageEvents[index]
            index += 1
            guard let fact = fact(of: row.event) else { continue }
            events.append(
                RingEvent(sequence: UInt64(index), at: ledger.entryTimes[Int(row.logIndex)], fact: fact))
        }
        // What was passed over is passed for good.
        return RingEvents(
            events: events, cursor: max(cursor, UInt64(index)), hasMore: index < ledger.linkageEvents.count)
    }

    private func fact(of event: LinkageEvent) -> RingEvent.Fact? {
        switch event {
        case .ringFounded(let ring, _, let from): .founded(name(of: ring), from: from.map(name))
        case .ringAnchored: nil
        case .ringMerged(let ring, let other): .merged(name(of: ring), into: name(of: other))
        case .ringEnded(let ring): .ended(name(of: ring))
        case .demoted(let hub, let subjects): name(of: hub).map { .demoted($0, subjects: Int(subjects)) }
        case .promoted(let hub): name(of: hub).map { .promoted($0) }
        case .hubBurst(let hub, let subjects): name(of: hub).map { .hubBurst($0, newSubjects: Int(subjects)) }
        }
    }

    func name(of ring: RingNumber) -> RingName { RingName(.ring, ring.rawValue) }

    private func name(of hub: IdentifierNumber) -> HubName? {
        guard hub.rawValue < ledger.identifierRows.count else { return nil }
        let pseudonym = "H-" + names.name(ofHub: hub).dropFirst("hub-".count).uppercased()
        return try? HubName(kind: ledger.identifierRows[Int(hub.rawValue)].kind, pseudonym: pseudonym)
    }
}
