import Exchange
import Registry
import Sodium
import Vocabulary

/// The demo's story, step by step.
struct Demo {
    private static let asker = "north-bank"
    private var stages: DemoStages
    private let isSilent: Bool

    init(isSilent: Bool) { (stages, self.isSilent) = (DemoStages(isSilent: isSilent), isSilent) }

    /// Runs all of it; whatever happens, no process is left behind.
    ///
    /// - Returns: the whole as JSON.
    /// - Throws: `verificationFailed` where anything differs from what is expected.
    mutating func run(in folder: String, policyPath: String?) async throws -> JSON {
        say("Five lenders, three custodians (any two make a token), one node; each its own process.\n")
        let consortium = try await stages.run("Found the consortium") {
            let consortium = try DemoConsortium(folder: folder, policyPath: policyPath, now: Instant.now)
            return ("Consortium founded: registry signed, 8 token keys dealt 2 of 3", consortium)
        }
        do {
            let report = try await tell(with: consortium)
            await consortium.stop()
            return report
        } catch {
            await consortium.stop()
            throw error
        }
    }

    private mutating func tell(with consortium: DemoConsortium) async throws -> JSON {
        try await stages.run("Start three custodians and the node") {
            ("Three custodians and the node listen", try await consortium.startServices())
        }
        try await stages.run("Start five gateways") {
            ("Five gateways listen", try await consortium.startGateways())
        }
        let records = DemoRecords(now: Instant.now).byMember
        let furnished = try await stages.run("Furnish what the lenders know") {
            let furnished = try await Self.furnish(records, through: consortium)
            return ("\(furnished.count) records furnished through five gateways, each with a receipt", furnished)
        }
        let answers = try await stages.run("Ask about five applicants") {
            let answers = try await Self.ask(try await consortium.connection(of: Self.asker))
            return ("\(answers.count) applicants asked about by \(Self.asker)", answers)
        }
        say("\n" + answers.enumerated().map { $1.text(number: $0 + 1) }.joined(separator: "\n"))
        try await stages.run("Compare the answers with what is expected") {
            try Self.requireExpected(answers)
            return ("Every answer is the expected one", ())
        }
        let gap = try await tellGap(with: consortium)
        let ring = try await tellRing(with: consortium)
        let folder = consortium.folder
        let receipts = furnished + ring.records
        try await stages.run("Verify the receipts offline") {
            let members = try Self.verify(receipts, registry: "\(folder)/registry.json")
            return ("\(receipts.count) receipts of \(members) lenders verified offline, with the registry alone", ())
        }
        let scan = try await stages.run("Search for clear identifiers") {
            let sent = records.flatMap(\.records) + DemoQuestion.all.map(\.document)
                + [DemoPerson.hurried, .ringLeader, .ringPartner, .ringHelper, .newcomer].map(\.applicant)
            let scan = try await Self.scan(consortium, sent: sent)
            return (
                "None of \(Self.identifiers.count) identifiers in \(scan.placesSeen) files, "
                    + "logs and metrics (\(scan.bytesSeen >> 10) KiB)", scan
            )
        }
        try await stages.run("End every process") {
            let failed = await consortium.stop()
            guard failed.isEmpty else {
                throw Problem(.internalError, "Not ended as it should: \(failed.joined(separator: ", ")).")
            }
            return ("Nine processes ended", ())
        }
        return .object([
            "passed": true, "stages": .array(stages.lines), "answers": .array(answers.map(\.json)),
            "gap": .array(gap.steps), "ring": .object(["answer": ring.answer, "picture": ring.picture?.json]),
            "receiptsVerified": .number(receipts.count), "bytesSearched": .number(scan.bytesSeen),
        ])
    }

    /// The second chapter.
    private mutating func tellGap(with consortium: DemoConsortium) async throws -> DemoGap {
        var gap = DemoGap(
            bank: try await consortium.connection(of: Self.asker),
            rival: try await consortium.connection(of: "west-micro"),
            reporter: try await consortium.connection(of: "south-credit"))
        gap = try await stages.run("Catch a stacker in the gap") {
            try await gap.reserve()
            return ("A stacker caught in the gap: both lenders that reserve are told", gap)
        }
        gap = try await stages.run("Alert who asked before") {
            try await gap.alert()
            return ("A later report reaches who asked before, and the next decision", gap)
        }
        gap = try await stages.run("Correct what was told") {
            try await gap.correct()
            return ("The report is retracted, and the correction reaches who was told", gap)
        }
        say("\n6. One morning: the gap between signature and payment\n" + gap.lines.joined(separator: "\n") + "\n")
        return gap
    }

    /// The third chapter.
    private mutating func tellRing(with consortium: DemoConsortium) async throws -> DemoRing {
        var ring = DemoRing(
            bank: try await consortium.connection(of: Self.asker),
            east: try await consortium.connection(of: "east-finance"),
            harbour: try await consortium.connection(of: "harbour-auto"),
            south: try await consortium.connection(of: "south-credit"))
        ring = try await stages.run("Find a ring two hops away") {
            try await ring.furnish()
            try await ring.ask()
            return ("An applicant whom nobody reported stands two hops from a reported ring", ring)
        }
        ring = try await stages.run("Draw the ring") {
            try await ring.look(at: consortium.sample, drawing: "\(consortium.folder)/ring.svg")
            return ("An admin looks at the ring and draws it into ring.svg", ring)
        }
        say("\n7. One telephone under three names, and an applicant two hops away\n\n" + ring.lines.indented)
        return ring
    }

    private func say(_ text: String) { if !isSilent { Terminal.write(text + "\n") } }
}

// The steps.
extension Demo {
    /// A delivered record's id and receipt.
    struct Furnished: Sendable {
        let member: String
        let record: String
        let receipt: String
    }

    private static func furnish(
        _ byMember: [(member: String, records: [JSON])], through consortium: DemoConsortium
    ) async throws -> [Furnished] {
        try await withThrowingTaskGroup(of: [Furnished].self) { group in
            for (member, records) in byMember {
                let connection = try await consortium.connection(of: member)
                group.addTask { try await furnish(records, of: member, through: connection) }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    static func furnish(
        _ records: [JSON], of member: String, through connection: GatewayConnection
    ) async throws -> [Furnished] {
        let accepted = try await connection.post("/v1/records", .object(["records": .array(records)]))
        var furnished: [Furnished] = []
        let due = ContinuousClock.now + .seconds(20)
        for line in accepted["accepted"]?.array ?? [] {
            guard let id = line["recordID"]?.string else { continue }
            var state = try await connection.get("/v1/records/\(id)")
            while state["status"]?.string == "queued", ContinuousClock.now < due {
                try await Task.sleep(for: .milliseconds(20))
                state = try await connection.get("/v1/records/\(id)")
            }
            guard let receipt = state["receipt"]?.string else {
                let why = state["problem"]?["detail"]?.string ?? state["obstacle"]?["detail"]?.string
                throw Problem(.verificationFailed, "A record of \(member) was not delivered: \(why ?? "it is queued").")
            }
            furnished.append(Furnished(member: member, record: id, receipt: receipt))
        }
        return furnished
    }

    private static func ask(_ connection: GatewayConnection) async throws -> [DemoAnswer] {
        var answers: [DemoAnswer] = []
        for question in DemoQuestion.all {
            let outcome: Result<JSON, Problem>
            do throws(Problem) {
                outcome = .success(try await connection.post("/v1/checks", question.document, isIdempotent: true))
            } catch { outcome = .failure(error) }
            try Task.checkCancellation()
            answers.append(DemoAnswer(question: question, outcome: outcome))
        }
        return answers
    }

    private static func requireExpected(_ answers: [DemoAnswer]) throws(Problem) {
        for answer in answers {
            guard let difference = answer.difference else { continue }
            throw Problem(.verificationFailed, "\(answer.question.title): \(difference).")
        }
    }

    /// - Returns: how many lenders the receipts are of.
    private static func verify(_ furnished: [Furnished], registry: String) throws(Problem) -> Int {
        let chain = try RegistryChain.read(registry, now: Instant.now)
        for record in furnished {
            let proof = try ReceiptProof(receipt: Array(record.receipt.utf8), envelope: nil, chain: chain)
            guard proof.member?.name == record.member else {
                throw Problem(.verificationFailed, "A receipt of \(record.member) is for another lender's submission.")
            }
        }
        return Set(furnished.map(\.member)).count
    }

    private static let identifiers = Set(DemoPerson.all.flatMap(\.identifiers)).sorted()

    /// The node's and the custodians' files, every log, and every service's metrics.
    private static func scan(_ consortium: DemoConsortium, sent: [JSON]) async throws -> ClearTextScan {
        var scan = ClearTextScan(identifiers)
        let clear = JSON.array(sent).bytes
        guard scan.count(in: clear) == identifiers.count else {
            throw Problem(.internalError, "The search does not find what was sent.")
        }
        for path in try FolderListing.files(below: consortium.folder) where !path.hasSuffix(".sock") {
            try scan.look(inFile: path)
        }
        for member in consortium.sample.members {
            let metrics = try await consortium.connection(of: member.id.name).text("/metrics")
            scan.look(in: Array(metrics.utf8), of: "metrics of \(member.id)")
        }
        guard scan.findings.isEmpty else {
            throw Problem(
                .verificationFailed, "A clear identifier stands in \(scan.findings.joined(separator: ", ")).")
        }
        return scan
    }
}
