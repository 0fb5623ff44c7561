internal import Records
internal import Vocabulary

/// The cases within reach of a person, level by level: what a graph of a past moment is built from.
enum Surroundings {
    /// - Returns: the cases in order of number, and whether the budget reached to the end.
    static func cases(
        around match: Match, in view: LedgerView, policy: LinkagePolicy, kinds: IdentifierRules
    ) -> (cases: [UInt32], isWhole: Bool) {
        var frontier = match.asked.filter { !$0.kind.isComposite }.map(\.number).sorted()
        var seen = Set(frontier)
        var cases: Set<UInt32> = []
        var isWhole = true
        // One level more than the search goes, so that what its last level is shared by is counted.
        for _ in 0...policy.searchHops {
            var found: Set<UInt32> = []
            for identifier in frontier {
                isWhole = gather(identifier, in: view, limit: policy.searchEdges, &cases, &found) && isWhole
            }
            frontier = found.subtracting(seen).filter { isFollowed($0, in: view, kinds) }.sorted()
            seen.formUnion(frontier)
            guard cases.count < policy.searchEdges * 4 else { return (cases.sorted(), false) }
        }
        return (cases.sorted(), isWhole)
    }

    private static func gather(
        _ identifier: UInt32, in view: LedgerView, limit: Int, _ cases: inout Set<UInt32>, _ found: inout Set<UInt32>
    ) -> Bool {
        var isWhole = true
        for chain in LinkChain.allCases {
            var budget = limit
            let isEnd = view.follow(chain, of: identifier, budget: &budget) { link in
                guard cases.insert(link.caseNumber).inserted else { return }
                for other in view.ledger.links(ofCase: link.caseNumber) { found.insert(other.identifier) }
            }
            isWhole = isWhole && isEnd
        }
        return isWhole
    }

    private static func isFollowed(_ identifier: UInt32, in view: LedgerView, _ kinds: IdentifierRules) -> Bool {
        let kind = view.ledger.identifierRows[Int(identifier)].kind
        return !kind.isComposite
            && (kind == .nationalID || kinds[kind]?.forward == true || kinds[kind]?.corroborates == true)
    }
}
