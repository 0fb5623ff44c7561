internal import Linkage
internal import Vocabulary

/// Connected components over the same edges, by us and by others, in one session on one machine.
///
/// Wall time everywhere, as the peers tell theirs. The peers get their edges as arrays and count from then on; so do
/// we.
package struct PeerBench: Sendable {
    package struct Plan: Sendable {
        /// `graph_peers.py`.
        package var script: String
        /// The interpreter that has the peers.
        package var python: String
        package var peers: [String]

        package static let usualPeers = ["scipy", "igraph", "rustworkx"]

        package init(script: String, python: String, peers: [String] = usualPeers) {
            (self.script, self.python, self.peers) = (script, python, peers)
        }
    }

    private let plan: Plan
    private let edges: Int
    private let progress: @Sendable (String) -> Void

    init(_ plan: Plan, edges: Int, progress: @escaping @Sendable (String) -> Void) {
        (self.plan, self.edges, self.progress) = (plan, edges, progress)
    }

    /// - Throws: `internalError` where two of us count differently.
    func run(_ report: inout BenchReport) throws(Problem) {
        let present = try present()
        let missing = plan.peers.filter { !present.contains($0) }
        if !missing.isEmpty {
            let words = missing.joined(separator: " ")
            report.note("missing beside us", "\(words): \(plan.python) -m pip install numpy \(words)")
        }
        for hubs in [false, true] { try compare(hubs: hubs, present, &report) }
    }

    private func present() throws(Problem) -> [String] {
        guard try imports("numpy") else { return [] }
        var present: [String] = []
        for peer in plan.peers where try imports(peer) { present.append(peer) }
        return present
    }

    private func imports(_ module: String) throws(Problem) -> Bool {
        // A peer's name goes into a program: nothing but letters may.
        guard module.allSatisfy({ $0.isLetter && $0.isASCII }) else { return false }
        return try PeerProcess.run(plan.python, ["-c", "import \(module)"], isQuiet: true).hasEndedWell
    }

    private func compare(hubs: Bool, _ present: [String], _ report: inout BenchReport) throws(Problem) {
        let group = "components of \(short(edges)) edges, hubs \(hubs ? 1 : 0)"
        progress("\(group): ours")
        let planted = PlantedGraph(edges: edges, hubs: hubs)
        let ours = PeerComponents(planted).figures(group)
        report.add(ours.figures)
        if let reference = PlantedReference.named(edges: planted.edgeCount, hubs: hubs) {
            try check(reference.sharing, ours.sharing, "what scipy once told")
        }
        for peer in present {
            progress("\(group): \(peer)")
            let lines = try PeerProcess.run(
                plan.python,
                [plan.script, "--edges", "\(edges)", "--hubs", hubs ? "1" : "0", "--peers", peer]
            ).lines
            guard let line = lines.lazy.compactMap({ PeerLine($0) }).first else {
                report.note("not measured", "\(peer), \(group): it failed or took longer than 240 s")
                continue
            }
            try check(line.sharing, ours.sharing, line.peer)
            report.add(figure(of: line, group, ours.batchSeconds))
        }
    }

    private func figure(of line: PeerLine, _ group: String, _ ours: Double) -> Figure {
        let total = line.buildSeconds + line.componentSeconds
        return Figure(
            group, "\(line.peer) \(line.version)", total, "s",
            note: "build \(decimal(line.buildSeconds)) s, components \(decimal(line.componentSeconds)) s,"
                + " \(decimal(line.peakMebibytes - line.baseMebibytes)) MiB more than its edge arrays;"
                + " \(decimal(total / ours)) times ours at once; every deletion a full rerun; checksum as ours")
    }

    private func check(_ theirs: PlantedSharing, _ ours: PlantedSharing, _ who: String) throws(Problem) {
        guard theirs != ours else { return }
        throw Problem(
            .internalError,
            "Components differ: \(ours.components) with checksum \(ours.checksum), \(who): \(theirs.components) with"
                + " checksum \(theirs.checksum).")
    }
}

extension PeerLine {
    var sharing: PlantedSharing { PlantedSharing(components: components, largest: largest, checksum: checksum) }
}
