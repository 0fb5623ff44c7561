package import Exchange
package import HTTPEdge
internal import Records
internal import Registry
internal import Store
internal import TransparencyLog
package import Vocabulary

/// That an admin looked at rings or decided about them: what the service's log says of it.
package struct RingAccess: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case list, picture, candidates, events, discovery
        /// A discovery was asked for.
        case discover
        case decision
    }

    package let admin: String
    package let kind: Kind
    /// The picture's; the ring's own name says nothing of anybody in it.
    package let ring: RingName?
}

extension NodeExchange {
    /// What the node offers one verified admin.
    package func office(for admin: AdminRequester) -> some RingOffice { RingSession(node: self, admin: admin) }

    // MARK: Discovery

    /// Runs a discovery to its end and logs what it found. - Returns: whether it ran; not where another does.
    @discardableResult
    package func runDiscovery() async throws(Problem) -> Bool {
        let begunAt = now()
        guard discoveries.begin(at: begunAt) else { return false }
        defer { discoveries.end() }
        let rules = try rules()
        var (input, root) = try await sequencer.performBetweenBatches { writer throws(Problem) in
            writer.discoveryInput(by: rules)
        }
        while !input.isWhole {
            let part = input
            input = try await sequencer.performBetweenBatches { writer throws(Problem) in
                var part = part
                part.gather(
                    DiscoveryJob.subjectsPerTurn, from: writer.exchange, by: rules, now: writer.parameters.now())
                return part
            }
        }
        guard let findings = await discoveries.run(input) else { return false }
        try await sequencer.perform { writer throws(Problem) in writer.keep(findings, begunAt: begunAt) }
        await snapshots?.keep(input.snapshot, root: root)
        return true
    }

    /// Asks for a discovery where the last began a day ago or longer, and there is something to look at.
    ///
    /// - Returns: whether one is due.
    @discardableResult
    package func askForDueDiscovery() async throws(Problem) -> Bool {
        let time = now()
        let isDue = try await sequencer.performBetweenBatches { writer throws(Problem) in
            let ledger = writer.exchange.ledger
            guard let last = ledger.discoveryRuns.last else { return !ledger.cases.isEmpty }
            return last.ranAt.adding(seconds: DiscoveryJob.intervalSeconds) <= time
        }
        if isDue { discoveries.ask(at: time) }
        return isDue
    }

    /// Runs the discoveries that are asked for, until the task is cancelled.
    package func serveDiscoveries(report: @Sendable (Problem) -> Void) async {
        for await _ in discoveries.requests {
            do throws(Problem) { try await runDiscovery() } catch { report(error) }
        }
    }

    // MARK: The kept graph

    /// Keeps the graph as it is for the next start.
    package func keepSnapshot() async throws(Problem) {
        guard let snapshots else { return }
        let rules = try rules()
        let (snapshot, root) = try await sequencer.performBetweenBatches { writer throws(Problem) in
            (writer.exchange.snapshot(by: rules), writer.tree.root)
        }
        await snapshots.keep(snapshot, root: root)
    }
}
