import Linkage
import Simulation
import Vocabulary

/// What was found of a simulated world's rings, and when.
struct RingResult {
    /// One search.
    struct Look {
        let now: Instant
        /// Rings of which somebody has struck by then.
        let struck: Int
        let all: Shares
        let first: Shares
        /// The likeliest ones where reported rings are left out.
        let withoutReported: Shares
    }

    /// Candidates by what they are.
    struct Shares {
        private(set) var count = 0
        private(set) var rings: Set<Int> = []
        private(set) var right = 0
        private(set) var wrong: [String: Int] = [:]

        init(_ verdicts: some Sequence<RingTruth.Verdict>) {
            for verdict in verdicts {
                count += 1
                if case .ring(let ring) = verdict {
                    right += 1
                    rings.insert(ring)
                } else {
                    wrong[verdict.name, default: 0] += 1
                }
            }
        }

        /// Thousandths, rounded down; `nil` where there is no candidate.
        var precisionPerMille: Int? { count == 0 ? nil : right * 1000 / count }
    }

    struct GraphSize {
        let subjects: Int
        let identifiers: Int
        let edges: Int

        init(_ graph: Graph) {
            (subjects, identifiers, edges) = (graph.subjectCount, graph.identifierCount, graph.edgeCount)
        }
    }

    let parameters: SimulationParameters
    let top: Int
    let daysBetween: Int
    let truth: RingTruth
    var graph: GraphSize?
    private(set) var looks: [Look] = []
    /// When each ring was a candidate at all for the first time, and one of the likeliest.
    private(set) var firstFlagged: [Int: Instant] = [:]
    private(set) var firstInTop: [Int: Instant] = [:]

    init(parameters: SimulationParameters, top: Int, daysBetween: Int, truth: RingTruth) {
        (self.parameters, self.top, self.daysBetween, self.truth) = (parameters, top, daysBetween, truth)
    }

    mutating func add(_ all: [RingTruth.Verdict], withoutReported rest: [RingTruth.Verdict], at now: Instant) {
        let look = Look(
            now: now, struck: truth.rings.values.count { $0.strikesAt <= now }, all: Shares(all),
            first: Shares(all.prefix(top)), withoutReported: Shares(rest.prefix(top)))
        looks.append(look)
        for ring in look.all.rings where firstFlagged[ring] == nil { firstFlagged[ring] = now }
        for ring in look.first.rings where firstInTop[ring] == nil { firstInTop[ring] = now }
    }

    // MARK: What is told of it

    /// The last search's precision among the likeliest.
    var lastPrecisionPerMille: Int { looks.last?.first.precisionPerMille ?? 0 }

    /// Of all searches that had as many candidates as are looked at: mean and least precision.
    var precisionOverTime: (mean: Int, least: Int)? {
        let full = looks.filter { $0.first.count >= top }.compactMap(\.first.precisionPerMille)
        guard let least = full.min() else { return nil }
        return (full.reduce(0, +) / full.count, least)
    }

    /// Rings that struck four weeks before the end or earlier, so that there was time to find them.
    func due(_ habit: TruthLabel? = nil) -> [Int] {
        let last = parameters.end.adding(seconds: -28 * 86_400)
        return truth.rings.filter { $0.value.strikesAt <= last && (habit == nil || $0.value.habit == habit) }
            .map(\.key).sorted()
    }

    /// How many of those were a candidate at any time.
    func found(_ habit: TruthLabel? = nil) -> Int { due(habit).count { firstFlagged[$0] != nil } }

    /// Days from the strike to the first flag, the soonest first; negative where the flag came before the strike.
    func delays(_ habit: TruthLabel? = nil) -> [Int] {
        due(habit).compactMap { ring in
            guard let flagged = firstFlagged[ring], let struck = truth.rings[ring]?.strikesAt else { return nil }
            let milliseconds = flagged.milliseconds - struck.milliseconds
            return Int((Double(milliseconds) / 86_400_000).rounded(.down))
        }.sorted()
    }
}
