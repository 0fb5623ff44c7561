internal import Records
internal import Vocabulary

/// The cases that hang together with a person's identifiers: what a graph of a past moment is built from.
///
/// All that can be in the person's component, so that the small graph links what the whole one would; one budget for
/// all of it, because whoever asks about the past must not keep the others waiting.
struct Surroundings {
    let view: LedgerView
    let kinds: IdentifierRules
    private(set) var cases: Set<UInt32> = []
    private(set) var isWhole = true
    private var budget: Int

    /// - Parameter budget: how many links are looked at, over all.
    init(of match: Match, in view: LedgerView, kinds: IdentifierRules, budget: Int) {
        (self.view, self.kinds, self.budget) = (view, kinds, budget)
        var frontier = match.asked.filter { !$0.kind.isComposite }.map(\.number).sorted()
        var seen = Set(frontier)
        while !frontier.isEmpty, isWhole {
            var found: Set<UInt32> = []
            for identifier in frontier where isWhole { gather(identifier, &found) }
            frontier = found.subtracting(seen).filter(isFollowed).sorted()
            seen.formUnion(frontier)
        }
    }

    private mutating func gather(_ identifier: UInt32, _ found: inout Set<UInt32>) {
        for chain in LinkChain.allCases {
            var met: [UInt32] = []
            let isEnd = view.follow(chain, of: identifier, budget: &budget) { met.append($0.caseNumber) }
            isWhole = isWhole && isEnd
            for number in met where cases.insert(number).inserted {
                for other in view.ledger.links(ofCase: number) { found.insert(other.identifier) }
            }
        }
    }

    /// Whether the identifier may link anybody: what is a person's alone need not be followed far.
    private func isFollowed(_ identifier: UInt32) -> Bool {
        let kind = view.ledger.identifierRows[Int(identifier)].kind
        return !kind.isComposite
            && (kind == .nationalID || kinds[kind]?.forward == true || kinds[kind]?.corroborates == true)
    }
}
