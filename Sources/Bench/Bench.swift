internal import HTTPEdge
package import Records
package import Vocabulary

/// `counterfoil bench`: every path as a ratio to the primitive operations of the same run (DESIGN §11).
package struct Bench: Sendable {
    package enum Part: String, Sendable, CaseIterable {
        case custodian, gateway, lending, node, all
    }

    package struct Plan: Sendable {
        package var part: Part
        /// Records stored at the end of each stage, rising.
        package var stages: [Int]
        /// Events in the bare core at the end of each stage, rising.
        package var events: [Int]
        /// How long one figure is measured.
        package var seconds: Double
        /// A fresh folder for databases and keys; it is made here and left to the caller.
        package var folder: String
        package var policy: Policy
        /// The `counterfoil` binary, for the node's process.
        package var executable: String

        package init(
            part: Part, stages: [Int], events: [Int], seconds: Double, folder: String, policy: Policy,
            executable: String
        ) {
            (self.part, self.stages, self.events, self.seconds) = (part, stages, events, seconds)
            (self.folder, self.policy, self.executable) = (folder, policy, executable)
        }
    }

    private let plan: Plan
    private let progress: @Sendable (String) -> Void

    package init(_ plan: Plan, progress: @escaping @Sendable (String) -> Void) {
        (self.plan, self.progress) = (plan, progress)
    }

    package func run() async throws(Problem) -> BenchReport {
        var report = BenchReport()
        for (name, value) in Conditions.current { report.note(name, value) }
        progress("timing primitives")
        let primitives = try Primitives(seconds: min(0.3, plan.seconds / 10), folder: plan.folder)
        report.add(primitives.figures)
        if plan.part.includes(.custodian) {
            progress("custodian")
            report.add(CustodianBench.figures(primitives, seconds: plan.seconds / 3))
        }
        if plan.part.includes(.gateway) {
            progress("gateway")
            report.add(try await GatewayBench(primitives, policy: plan.policy).figures(seconds: plan.seconds / 3))
        }
        if plan.part.includes(.lending) {
            var bench = try LendingBench(
                primitives, policy: plan.policy, now: SystemTime.now(), seconds: plan.seconds / 3, progress: progress)
            report.add(try await bench.run(events: plan.events))
        }
        if plan.part.includes(.node) {
            let stage = try NodeStage(
                folder: "\(plan.folder)/consortium", policy: try plan.policy.withAmpleQuotas(),
                executable: plan.executable)
            let load = NodeBench.Plan(stages: plan.stages, checkSeconds: plan.seconds)
            var bench = NodeBench(stage, load, primitives, progress: progress)
            report.add(try await bench.run())
        }
        return report
    }
}

extension Bench.Part {
    func includes(_ part: Bench.Part) -> Bool { self == .all || self == part }
}
