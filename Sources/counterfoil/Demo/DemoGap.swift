import Registry
import Sodium
import Vocabulary

/// The demo's second chapter: one applicant, three lenders, one morning. A stacker is caught in the gap between
/// signature and payment; what becomes known later reaches who asked before, and so does its correction.
struct DemoGap {
    private static let patience: Duration = .seconds(20)
    let bank: GatewayConnection
    let rival: GatewayConnection
    let reporter: GatewayConnection
    private let person = DemoPerson.hurried
    /// What came back, for the report.
    private(set) var steps: [JSON] = []
    private(set) var lines: [String] = []
    private var cursor: Int64 = 0
    private var report = ""

    init(bank: GatewayConnection, rival: GatewayConnection, reporter: GatewayConnection) {
        (self.bank, self.rival, self.reporter) = (bank, rival, reporter)
    }

    /// Both lenders sign within the hour; the second is told at once, and so is the first.
    mutating func reserve() async throws {
        let before = try await ask()
        try expect(before["decision"]?["outcome"]?.string, "accept", "the decision before")
        note("10:00  north-bank asks: nobody knows the applicant. Decision: accept.", before)
        let first = try await reserve(through: bank)
        try expect(first["others"]?["live"]?.string, "0", "the other reservations at first")
        note("10:05  north-bank reserves at signature: nobody else has.", first)
        let second = try await reserve(through: rival)
        try expect(second["others"]?["live"]?.string, "1", "the other reservations at second")
        note("10:06  west-micro reserves the same person: told that 1 other lender holds a reservation.", second)
        let notice = try await nextNotice("reservation")
        note("10:06  north-bank is told in the same second that somebody else reserved too.", notice)
    }

    /// A report reaches who asked before it, and is in the next decision.
    mutating func alert() async throws {
        let statement = DemoRecords(now: .now).report(person, "FRD-STACK", "concealed-debt", daysAgo: 0)
        report = statement["recordID"]?.string ?? ""
        _ = try await Demo.furnish([statement], of: "south-credit", through: reporter)
        let notice = try await nextNotice("alert")
        try expect(notice["signal"]?["code"]?.string, "FRD-STACK", "the alert")
        note("10:20  south-credit reports FRD-STACK; north-bank, whose application is open, is alerted.", notice)
        let after = try await ask()
        try expect(after["decision"]?["outcome"]?.string, "refuse", "the decision after")
        note("10:21  north-bank asks again. Decision: refuse, because", after)
        for reason in after["decision"]?["reasons"]?.array ?? [] {
            let labels = reason["labels"]
            lines.append("         - \(labels?["zh"]?.string ?? "") \(labels?["en"]?.string ?? "")")
        }
    }

    /// The report was a mistake: everybody who was told of it is told that it does not stand.
    mutating func correct() async throws {
        _ = try await Demo.furnish(
            [DemoRecords(now: .now).retraction(of: report)], of: "south-credit", through: reporter)
        let notice = try await nextNotice("correction")
        try expect(notice["change"]?.string, "retracted", "the correction")
        note("10:40  south-credit takes the report back; north-bank gets the signed correction.", notice)
        let after = try await ask()
        guard after["signals"]?.array?.isEmpty == true else {
            throw Problem(.verificationFailed, "The retracted report is still told.")
        }
        note("10:41  north-bank asks again: no report. Decision: \(after["decision"]?["outcome"]?.string ?? "")", after)
    }

    private func ask() async throws -> JSON {
        try await bank.post("/v1/checks", DemoQuestion.document(asking: person), isIdempotent: true)
    }

    private func reserve(through gateway: GatewayConnection) async throws -> JSON {
        let request = JSON.object([
            "reservation": .string(RecordID(random: SystemRandom.bytes(16)).description), "action": "reserve",
            "applicationRef": "demo-signature", "product": "cash-loan", "amountBand": "10000-20000",
            "applicant": person.applicant,
        ])
        return try await gateway.post("/v1/reservations", request, isIdempotent: true)
    }

    /// The next notice of a kind at north-bank's gateway; others are passed over.
    private mutating func nextNotice(_ kind: String) async throws -> JSON {
        let due = ContinuousClock.now + Self.patience
        while ContinuousClock.now < due {
            let page = try await bank.get("/v1/notices?after=\(cursor)")
            cursor = page["cursor"]?.integer ?? cursor
            if let notice = page["notices"]?.array?.first(where: { $0["kind"]?.string == kind }) { return notice }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw Problem(.verificationFailed, "No \(kind) reached north-bank within \(Self.patience.text).")
    }

    private func expect(_ given: String?, _ expected: String, _ what: String) throws(Problem) {
        guard given == expected else {
            throw Problem(.verificationFailed, "In the gap: \(what) is \(given ?? "missing") and not \(expected).")
        }
    }

    private mutating func note(_ line: String, _ document: JSON) {
        lines.append("  \(line)")
        steps.append(.object(["step": .string(line), "document": document]))
    }
}
