import Linkage
import Simulation
import Vocabulary

/// Plays a simulated consortium and looks for its rings again and again while it goes on.
struct RingEvaluation {
    /// Looks for rings, and leaves out those of whom enough are reported.
    ///
    /// - Returns: the subjects of each candidate, the likeliest first.
    typealias Search = (_ graph: Graph, _ isReported: (SubjectNumber) -> Bool) -> [[SubjectNumber]]

    let rules: LinkageRules
    /// How many candidates an analyst looks at.
    var top = 20
    var daysBetween = 14
    let search: Search

    /// - Parameter progress: called after every search with the instants done and all of them.
    func run(_ simulation: Simulation, progress: (Int, Int) -> Void = { _, _ in }) -> RingResult {
        let parameters = simulation.parameters
        let truth = RingTruth(simulation)
        var feed = RingFeed(rules: rules, start: parameters.start)
        var result = RingResult(parameters: parameters, top: top, daysBetween: daysBetween, truth: truth)
        let instants = instants(of: parameters)
        var done = 0
        while done < instants.count {
            let event = simulation.next()
            while done < instants.count, event.map({ $0.receivedTime >= instants[done] }) ?? true {
                feed.advance(to: instants[done])
                look(at: feed, instants[done], isLast: done == instants.count - 1, into: &result)
                done += 1
                progress(done, instants.count)
            }
            if let event { feed.take(event) }
        }
        return result
    }

    /// Every so many days from the sixth week on, and the end.
    private func instants(of parameters: SimulationParameters) -> [Instant] {
        let first = min(42, parameters.days)
        let days = Array(stride(from: first, to: parameters.days, by: daysBetween)) + [parameters.days]
        return days.map { parameters.start.adding(seconds: Int64($0) * 86_400) }
    }

    private func look(at feed: RingFeed, _ now: Instant, isLast: Bool, into result: inout RingResult) {
        func verdicts(_ isReported: (SubjectNumber) -> Bool) -> [RingTruth.Verdict] {
            search(feed.graph, isReported).map { subjects in
                result.truth.verdict(on: subjects.map { feed.persons[Int($0.rawValue)] })
            }
        }
        result.add(verdicts { _ in false }, withoutReported: verdicts(feed.isReported), at: now)
        if isLast { result.graph = RingResult.GraphSize(feed.graph) }
    }
}
