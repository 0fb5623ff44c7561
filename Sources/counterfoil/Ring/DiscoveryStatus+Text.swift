import Exchange
import Vocabulary

extension DiscoveryStatus {
    private static let shown = 12

    var text: String {
        let head = running.map { running in
            "A discovery runs since \(running.startedAt): \(running.stage), \(running.done / 10) % done.\n"
        }
        guard !runs.isEmpty else { return (head ?? "") + "None has ended yet.\n" }
        var table = Table("ENDED", "SECONDS", "CANDIDATES", "DECIDED OF 20", "CONFIRMED", "PRECISION AT 20")
        for run in runs.prefix(Self.shown) {
            table.add(
                run.finishedAt.description, String(run.seconds), String(run.candidates), String(run.decidedOf20),
                String(run.confirmedOf20), run.precision ?? "-")
        }
        return (head ?? "No discovery runs.\n") + table.text
    }
}

extension DiscoveryStatus.Run {
    /// `0.85` of those decided, rounded down; nothing where none is.
    fileprivate var precision: String? {
        guard decidedOf20 > 0 else { return nil }
        let hundredths = confirmedOf20 * 100 / decidedOf20
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }
}
