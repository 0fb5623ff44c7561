internal import Linkage
internal import Records
internal import Vocabulary

/// One subject of one case, as the graph takes it up.
struct LinkedSubject {
    let position: UInt8
    let role: SubjectRole
    /// Its own national IDs, the one that it is known by first.
    let nationalIDs: [UInt32]
    /// Everything else that may link: no match keys, which nobody can verify.
    let links: [LinkRow]
}

extension Ledger {
    /// A case's subjects for the graph; none of a case that says nothing about who has what: a reservation, a check for
    /// another purpose than an application, a question without a national ID.
    func linkedSubjects(ofCase number: UInt32) -> [LinkedSubject] {
        let row = cases[Int(number)]
        guard row.kind != .reservation, row.firstRow != 0, rows[Int(row.firstRow - 1)].kind != .otherInquiry else {
            return []
        }
        var subjects: [LinkedSubject] = []
        let all = links(ofCase: number)
        var index = all.startIndex
        while index < all.endIndex {
            let position = all[index].subject
            let end = all[index...].firstIndex { $0.subject != position } ?? all.endIndex
            let subject = linkedSubject(all[index..<end], position)
            if row.kind != .inquiry || !subject.nationalIDs.isEmpty { subjects.append(subject) }
            index = end
        }
        return subjects
    }

    private func linkedSubject(_ group: ArraySlice<LinkRow>, _ position: UInt8) -> LinkedSubject {
        var identities: [UInt32] = []
        var links: [LinkRow] = []
        links.reserveCapacity(group.count)
        for link in group {
            let kind = identifierRows[Int(link.identifier)].kind
            if kind == .nationalID, link.role == .own {
                if !identities.contains(link.identifier) { identities.append(link.identifier) }
            } else if !kind.isComposite {
                links.append(link)
            }
        }
        if identities.count > 1 { sort(&identities) }
        return LinkedSubject(
            position: position, role: group.first?.subjectRole ?? .borrower, nationalIDs: identities, links: links)
    }

    /// A subject is known by the ID whose index is the smallest: the same one whatever order they came in.
    private func sort(_ identities: inout [UInt32]) {
        identities.sort { left, right in
            let keys = (identifiers.key(of: left), identifiers.key(of: right))
            return (keys.0.high, keys.0.low) < (keys.1.high, keys.1.low)
        }
    }
}

extension LedgerView {
    /// Whether a case is a report that is gone before any link would be: a mere suspicion (evidence of the first tier),
    /// a plain refusal.
    func linksNobody(_ number: UInt32) -> Bool {
        guard ledger.cases[Int(number)].kind == .report, let state = statement(of: number) else { return false }
        return state.tier == .e1 || state.code.map { $0.text.hasPrefix("DEC-") } ?? false
    }

    /// The day of the case's latest word that was not taken back; `nil` where none stands.
    func linkDay(ofCase number: UInt32) -> GraphDay? {
        let row = ledger.cases[Int(number)]
        guard isThere(row) else { return nil }
        let first = ledger.rows[Int(row.firstRow - 1)]
        switch row.kind {
        case .report, .marker:
            guard let state = statement(of: number), !state.isWithdrawn else { return nil }
            return GraphDay(first.eventTime)
        case .loan:
            var latest: Instant?
            events(of: row) { event, _ in latest = max(latest ?? event.eventTime, event.eventTime) }
            return latest.map { GraphDay($0) }
        case .inquiry: return first.eventTime <= latestEvent ? GraphDay(first.eventTime) : nil
        case .reservation: return nil
        }
    }
}
