internal import Records
internal import Vocabulary

/// The cases in which the asked identifiers stand, and which of them are about the same person.
struct Match {
    /// One subject of one case, with the kinds under which the asked identifiers were met in it.
    struct Hit {
        let caseNumber: UInt32
        let subject: UInt8
        let subjectRole: SubjectRole
        /// Of the asked subject's own identifiers, met as this subject's own.
        var own = KindSet()
        /// Met in another role, such as the agent of a report.
        var other = KindSet()
        /// Whether the policy takes the kinds met for the same person.
        var isSamePerson = false
    }

    /// By case and subject, in order.
    private(set) var hits: [Hit] = []
    /// The asked identifiers that are known, with the kinds they were asked under.
    let asked: [NumberedIdentifier]
    /// Whether the budget ran out before all links were seen.
    private(set) var isTruncated = false

    /// DESIGN §10: how many links of each chain one search may follow.
    static let linkLimit = 2000

    init(_ subject: Subject<IndexedIdentifier>, in view: LedgerView, rules: IdentifierRules) {
        let known = subject.identifiers.compactMap { identifier in
            view.ledger.identifiers.number(of: identifier.index).map {
                NumberedIdentifier(kind: identifier.kind, role: identifier.role, number: $0)
            }
        }
        self.init(known, in: view, rules: rules)
    }

    init(
        _ asked: [NumberedIdentifier], in view: LedgerView, rules: IdentifierRules,
        chains: [LinkChain] = LinkChain.allCases
    ) {
        self.asked = asked
        let ledger = view.ledger
        hits.reserveCapacity(64)
        var positions: [UInt64: Int] = [:]
        // The rarest first, so that a switchboard's thousand links do not use up what an ID's three need.
        let byRarity = asked.sorted { left, right in
            let counts = (ledger.linkCount(of: left.number), ledger.linkCount(of: right.number))
            return counts.0 == counts.1 ? left.number < right.number : counts.0 < counts.1
        }
        for chain in chains {
            var budget = Self.linkLimit
            for identifier in byRarity {
                // What may never match a person is looked up for agents and staff alone: they are met, not matched.
                guard let rule = rules[identifier.kind], rule.match != .never || identifier.role != .own else {
                    continue
                }
                let isWhole = view.follow(chain, of: identifier.number, budget: &budget) { link in
                    note(link, met: identifier, &positions)
                }
                if !isWhole { isTruncated = true }
            }
        }
        for index in hits.indices { hits[index].isSamePerson = hits[index].own.grants(by: rules) }
        hits.sort { ($0.caseNumber, $0.subject) < ($1.caseNumber, $1.subject) }
    }

    private mutating func note(_ link: LinkRow, met identifier: NumberedIdentifier, _ positions: inout [UInt64: Int]) {
        let key = UInt64(link.caseNumber) << 8 | UInt64(link.subject)
        let position = positions[key] ?? hits.count
        if position == hits.count {
            positions[key] = position
            hits.append(Hit(caseNumber: link.caseNumber, subject: link.subject, subjectRole: link.subjectRole))
        }
        if identifier.role == .own, link.role == .own {
            hits[position].own.insert(identifier.kind)
        } else if identifier.role == link.role || identifier.role == .own {
            hits[position].other.insert(identifier.kind)
        }
    }
}

extension Match {
    /// The cases about the same person in the given role, each once, with all the kinds under which it was met: a loan
    /// of two borrowers who share a phone is one loan.
    func samePersonCases(as role: SubjectRole) -> [(caseNumber: UInt32, own: KindSet)] {
        var cases: [(caseNumber: UInt32, own: KindSet)] = []
        for hit in hits where hit.isSamePerson && hit.subjectRole == role {
            if cases.last?.caseNumber == hit.caseNumber {
                cases[cases.count - 1].own.formUnion(hit.own)
            } else {
                cases.append((hit.caseNumber, hit.own))
            }
        }
        return cases
    }
}

/// A set of identifier kinds as bits.
struct KindSet: Hashable, Sendable {
    /// Bit n stands for the kind of raw value n.
    private(set) var bits: UInt64 = 0

    mutating func insert(_ kind: IdentifierKind) { bits |= 1 << UInt64(kind.rawValue) }
    mutating func formUnion(_ other: KindSet) { bits |= other.bits }
    func contains(_ kind: IdentifierKind) -> Bool { bits & 1 << UInt64(kind.rawValue) != 0 }

    var isEmpty: Bool { bits == 0 }
    var kinds: [IdentifierKind] { IdentifierKind.allCases.filter(contains) }
    var hasExact: Bool { bits & 0xFFFF_FFFF != 0 }

    /// One kind that may match alone, or two that corroborate each other.
    func grants(by rules: IdentifierRules) -> Bool {
        var corroborating = 0
        for kind in kinds {
            switch rules[kind]?.match {
            case .alone: return true
            case .corroborated: corroborating += 1
            case .never, nil: break
            }
        }
        return corroborating >= 2
    }
}
