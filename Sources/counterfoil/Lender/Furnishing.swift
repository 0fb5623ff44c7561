import ArgumentParser
import Registry
import Vocabulary

/// Whether a command that furnishes records waits for their delivery.
struct DeliveryOptions: ParsableArguments {
    @Flag(help: "Wait until every record is delivered or refused.")
    var wait = false

    @Option(help: ArgumentHelp("How long to wait.", valueName: "seconds"))
    var waitSeconds: Int = 60

    @Option(help: ArgumentHelp("Wait, and write each record's receipt into this folder.", valueName: "folder"))
    var receipts: String?

    func validate() throws {
        guard (1...86_400).contains(waitSeconds) else {
            throw ValidationError("--wait-seconds is between 1 and 86400.")
        }
    }

    var waits: Bool { wait || receipts != nil }
}

/// Hands records to the gateway, and follows them to the log where that is asked for.
struct Furnishing {
    let connection: GatewayConnection
    let delivery: DeliveryOptions
    let output: OutputOptions

    func send(_ document: JSON, to path: String) async throws {
        let answer = try await connection.post(path, document)
        var lines = answer["accepted"]?.array ?? []
        if delivery.waits {
            lines = try await followed(lines)
            if let folder = delivery.receipts { try keep(lines, in: folder) }
        }
        Terminal.show(asJSON: output.asJSON, .object(["records": .array(lines)]), people: Self.table(lines))
        if lines.contains(where: { $0["status"]?.string == "refused" }) { throw ExitCode(ExitStatus.refused.rawValue) }
        if delivery.waits, lines.contains(where: { $0["status"]?.string == "queued" }) {
            throw Problem(
                .nodeUnavailable, "Not every record was delivered within \(delivery.waitSeconds) seconds.",
                hint: "They stay in the gateway and go out by themselves; ask for them again later.")
        }
    }

    private func followed(_ lines: [JSON]) async throws -> [JSON] {
        let clock = ContinuousClock()
        let due = clock.now + .seconds(delivery.waitSeconds)
        var progress = Progress(total: lines.count, what: "delivered")
        var states: [JSON] = []
        for line in lines {
            guard let id = line["recordID"]?.string else { continue }
            var state = try await connection.get("/v1/records/\(id)")
            while state["status"]?.string == "queued", clock.now < due {
                try await Task.sleep(for: .milliseconds(100))
                state = try await connection.get("/v1/records/\(id)")
            }
            states.append(state)
            progress.advance()
        }
        progress.finish()
        return states
    }

    private func keep(_ lines: [JSON], in folder: String) throws(Problem) {
        try FileSystem.makeFolder(folder)
        for line in lines {
            guard let id = line["recordID"]?.string, let receipt = line["receipt"]?.string else { continue }
            try FileSystem.write(Array(receipt.utf8), to: "\(folder)/\(id).receipt", as: .open, replacing: true)
        }
    }

    private static func table(_ lines: [JSON]) -> String {
        var table = Table("RECORD", "STATUS", "")
        for line in lines {
            let left = line["droppedFields"]?.array?.compactMap { $0["path"]?.string } ?? []
            let why = line["problem"]?["detail"]?.string ?? line["obstacle"]?["detail"]?.string
            let note = why ?? (left.isEmpty ? "" : "left out: \(left.joined(separator: ", "))")
            table.add(line["recordID"]?.string ?? "-", line["status"]?.string ?? "-", note)
        }
        return table.text
    }
}
