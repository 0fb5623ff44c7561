import Vocabulary

/// One member's events on their way to its gateway, in order. Where the gateway is busy it waits; what the gateway
/// refuses for good is counted and told, and the rest goes on.
struct DriveLane {
    let gateway: GatewayConnection
    /// How long a gateway may take no event before the drive ends; the place reached is kept.
    private static let patience = Duration.seconds(600)

    func run(_ steps: [DriveStep]) async -> Result<DriveOutcome, Problem> {
        var outcome = DriveOutcome()
        do throws(Problem) {
            for step in steps {
                switch step {
                case .records(let group): try await post(group, &outcome)
                case .check(let check):
                    let isTaken = try await isTaken("/v1/checks", check)
                    outcome.checks += isTaken ? 1 : 0
                    outcome.refused += isTaken ? 0 : 1
                }
            }
            return .success(outcome)
        } catch {
            return .failure(error)
        }
    }

    /// A group is taken whole or not at all: of a refused one, each record is tried by itself.
    private func post(_ group: [JSON], _ outcome: inout DriveOutcome) async throws(Problem) {
        if group.count > 1, try await isTaken("/v1/records", .object(["records": .array(group)]), tells: false) {
            outcome.records += group.count
            return
        }
        for record in group {
            let isTaken = try await isTaken("/v1/records", record)
            outcome.records += isTaken ? 1 : 0
            outcome.refused += isTaken ? 0 : 1
        }
    }

    /// - Throws: what no further event would fare better with.
    private func isTaken(_ path: String, _ document: JSON, tells: Bool = true) async throws(Problem) -> Bool {
        do throws(Problem) {
            _ = try await Patience(limit: Self.patience).attempt { () throws(Problem) in
                try await gateway.post(path, document, isIdempotent: true)
            }
            return true
        } catch {
            guard !error.code.isTransient, !Self.isOfCaller(error.code) else { throw error }
            if tells {
                let id = document["recordID"]?.string ?? document["check"]?.string ?? "an event"
                Terminal.note("\(id) was refused: \(error.code.rawValue): \(error.detail)")
            }
            return false
        }
    }

    private static func isOfCaller(_ code: ErrorCode) -> Bool {
        [.unauthenticated, .notFound, .methodNotAllowed, .unsupportedMediaType].contains(code)
    }
}
