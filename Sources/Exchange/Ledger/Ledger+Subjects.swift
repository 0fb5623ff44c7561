package import Records
package import Vocabulary

/// An identifier as the ledger knows it: its number in place of its token.
package struct NumberedIdentifier: KindedIdentifier {
    package let kind: IdentifierKind
    package let role: IdentifierRole
    package let number: UInt32
}

extension Ledger {
    package func linkCount(of identifier: UInt32) -> UInt32 { identifierRows[Int(identifier)].linkCount }

    package func links(ofCase number: UInt32) -> ArraySlice<LinkRow> {
        let row = cases[Int(number)]
        return links[Int(row.firstLink)..<Int(row.firstLink) + Int(row.linkCount)]
    }

    package func subjects(ofCase number: UInt32) -> [Subject<NumberedIdentifier>] {
        let parties = links(ofCase: number).map {
            Party(identifier: $0.identifier, role: $0.role, subject: $0.subject, subjectRole: $0.subjectRole)
        }
        return Subject.grouping(parties) { identifierRows[Int($0)].kind }
    }

    /// The records of the reports that one signal stands for: of the same code, about somebody who shares with the
    /// named subject of the named case an exact identifier that carries the code in both. At most `limit` links are
    /// followed.
    package func reportsBehindSignal(
        of caseNumber: UInt32, subject: UInt8, limit: Int = 2000, carries: (NumberedIdentifier, SubjectRole) -> Bool
    ) -> [UInt32] {
        let now = LedgerView(self)
        guard let code = statements[caseNumber]?.current.code else { return [] }
        var found: Set<UInt32> = []
        var budget = limit
        func isCarrying(_ link: LinkRow) -> Bool {
            let kind = identifierRows[Int(link.identifier)].kind
            return !kind.isComposite
                && carries(
                    NumberedIdentifier(kind: kind, role: link.role, number: link.identifier), link.subjectRole)
        }
        for link in links(ofCase: caseNumber) where link.subject == subject && isCarrying(link) {
            _ = now.follow(.statements, of: link.identifier, budget: &budget) { other in
                let row = cases[Int(other.caseNumber)]
                if row.kind == .report, statements[other.caseNumber]?.current.code == code, isCarrying(other) {
                    found.insert(row.firstRow - 1)
                }
            }
        }
        return found.sorted()
    }
}

extension Subject where ID == NumberedIdentifier {
    /// Parties stand subject by subject, so a change of number begins the next one.
    static func grouping(_ parties: [Party], kind: (UInt32) -> IdentifierKind) -> [Subject] {
        var groups: [(SubjectRole, [NumberedIdentifier])] = []
        var current: UInt8?
        for party in parties {
            if party.subject != current { groups.append((party.subjectRole, [])) }
            current = party.subject
            groups[groups.count - 1].1.append(
                NumberedIdentifier(kind: kind(party.identifier), role: party.role, number: party.identifier))
        }
        return groups.map { Subject(role: $0.0, identifiers: $0.1) }
    }
}
