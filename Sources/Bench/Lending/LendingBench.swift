internal import Exchange
internal import Glibc
internal import Records
internal import Vocabulary

/// The core's answers with statistics, without HTTP, tokens, signatures and disk, as the ledger grows.
struct LendingBench {
    /// The whole answer is timed: profile, score, findings, signals and linkage, all as disclosed.
    private static let scope = "matching, gathering, evaluating and disclosing; without intake and signing"
    /// What PostgreSQL answers a second of a four-window fraction of it, 8 clients on two cores (bench/PEERS.md).
    private static let peer = 11_330.0
    /// The person whose fifty events the promise is about.
    private static let manifold = UInt64.max
    private static let loansPerPerson = 3
    private static let members = ["north-bank", "east-finance", "south-credit", "west-micro", "harbour-auto"]

    private let primitives: Primitives
    private let seconds: Double
    private let progress: @Sendable (String) -> Void
    private let loans: InventedLoans
    private let emptyBytes: Int
    private var stage: CoreStage
    private var stored = 0
    private var figures: [Figure] = []

    init(
        _ primitives: Primitives, policy: Policy, now: Instant, seconds: Double,
        progress: @escaping @Sendable (String) -> Void
    ) throws(Problem) {
        (self.primitives, self.seconds, self.progress) = (primitives, seconds, progress)
        var members: [(MemberID, ListedName)] = []
        for (position, name) in Self.members.enumerated() {
            let memberClass = policy.memberClasses[position % policy.memberClasses.count].name
            // Fixed names are valid.
            members.append((try! MemberID(name), memberClass))
        }
        stage = try CoreStage(members: members, policy: policy, now: now)
        loans = InventedLoans(members: members.map(\.0), now: now)
        emptyBytes = Self.residentBytes
    }

    /// - Parameter events: how many are stored at the end of each stage, rising.
    mutating func run(events stages: [Int]) async throws(Problem) -> [Figure] {
        try furnishManifold()
        for events in stages {
            progress("core with \(short(events)) events")
            try fill(to: events)
            try await measureSubjects()
        }
        try measureManifold()
        return figures
    }

    // MARK: Filling

    /// Eight loans and two inquiries: fifty events, one of the loans the asker's own.
    private mutating func furnishManifold() throws(Problem) {
        for loan in 0..<8 {
            let number = 1 << 40 | loan
            try stage.furnish(
                loans.records(ofLoan: number, of: Self.manifold), as: InventedLoans.id(UInt64(number)),
                by: loans.members[loan % loans.members.count], at: loans.now)
        }
        for asked in 1...2 {
            try stage.put(check(of: Self.manifold, by: loans.members[asked], mode: .hard, id: asked), at: loans.now)
        }
    }

    private mutating func fill(to events: Int) throws(Problem) {
        let total = events / InventedLoans.eventsPerLoan
        let added = total - stored
        let before = Stopwatch.Clock.threadCPU.seconds
        while stored < total {
            // Three loans a person, not one after the other: nobody's events lie side by side in memory.
            let persons = UInt64(max(1, total / Self.loansPerPerson))
            let person = InventedLoans.mixed(UInt64(stored)) % persons
            try stage.furnish(
                loans.records(ofLoan: stored, of: person), as: InventedLoans.id(UInt64(stored) | 1 << 60),
                by: loans.member(ofLoan: stored), at: loans.now)
            stored += 1
        }
        let spent = Stopwatch.Clock.threadCPU.seconds - before
        let count = Double(added * InventedLoans.eventsPerLoan)
        let bytes = Double(Self.residentBytes - emptyBytes) / Double(total * InventedLoans.eventsPerLoan)
        figures.append(
            Figure(
                "lending", "admission up to \(short(events)) events", spent / count * 1e6, "µs/event",
                note: "one core; the making of the records included"))
        figures.append(
            Figure(
                "lending", "memory at \(short(events)) events", bytes, "B/event",
                note: "resident; a loan of six events brings six identifiers of a person with three loans"))
    }

    // MARK: Asking

    private mutating func measureSubjects() async throws(Problem) {
        let events = stored * InventedLoans.eventsPerLoan
        let persons = UInt64(max(1, stored / Self.loansPerPerson))
        let questions = try (0..<4096).map { number throws(Problem) in
            let person = InventedLoans.mixed(UInt64(number) | 1 << 50) % persons
            return try self.stage.verified(check(of: person, profile: "standard"))
        }
        let (stage, now) = (stage, loans.now)
        let one = Stopwatch.secondsPerCall(for: seconds / 2) { number in
            keep(stage.ask(questions[number & 4095], at: now).json)
        }
        let rate = await Self.rate(stage, questions, now: now, seconds: seconds / 2)
        figures.append(
            Figure(
                "lending", "standard profile of anybody at \(short(events)) events", one * 1e6, "µs",
                ratio: one / primitives.verify, note: "18 events a subject on average; \(Self.scope)"))
        figures.append(
            Figure(
                "lending", "subjects/s at \(short(events)) events", rate, "subjects/s", ratio: rate / Self.peer,
                bound: .atLeast(1), note: "all cores, against PostgreSQL's 11,330/s for four windows alone"))
    }

    /// Subjects a second with a task a core, by what the process was given of the cores: unmoved by what else the
    /// machine does.
    private static func rate(
        _ stage: CoreStage, _ questions: [VerifiedCheck], now: Instant, seconds: Double
    ) async -> Double {
        let began = Stopwatch.Clock.wall.seconds
        let cpu = Stopwatch.Clock.processCPU.seconds
        let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        let count = await withTaskGroup(of: Int.self) { tasks in
            for core in 0..<cores {
                tasks.addTask {
                    var asked = 0
                    while Stopwatch.Clock.wall.seconds - began < seconds {
                        for _ in 0..<16 {
                            keep(stage.ask(questions[(asked &* 7 &+ core &* 1999) & 4095], at: now).json)
                            asked += 1
                        }
                    }
                    return asked
                }
            }
            return await tasks.reduce(0, +)
        }
        return Double(count) * Double(cores) / (Stopwatch.Clock.processCPU.seconds - cpu)
    }

    private mutating func measureManifold() throws(Problem) {
        for (profile, limit) in [("summary", nil), ("standard", 2.0), ("full", 10.0)] {
            let question = try stage.verified(check(of: Self.manifold, profile: profile))
            let answer = stage.ask(question, at: loans.now)
            guard answer.body.statistics?.hasEvents == true else {
                throw Problem(.internalError, "The core does not find what was furnished.")
            }
            let (stage, now) = (stage, loans.now)
            let one = Stopwatch.secondsPerCall(for: seconds) { _ in keep(stage.ask(question, at: now).json) }
            figures.append(
                Figure(
                    "lending", "profile \(profile), 50 events over 6 identifiers", one * 1e6, "µs",
                    ratio: one / primitives.verify, bound: limit.map { .atMost($0) },
                    note: "against Ed25519 verifications; \(Self.scope)"))
        }
    }

    private func check(
        of person: UInt64, by member: MemberID? = nil, profile: String? = nil, mode: CheckMode = .soft, id: Int = 0
    ) -> Check<IndexedIdentifier> {
        Check(
            consortium: stage.consortium, member: member ?? loans.members[0],
            check: InventedLoans.id(UInt64(id) | 1 << 61), madeAt: loans.now, purpose: .application, mode: mode,
            profile: profile,
            // A fixed reference is valid.
            applicationRef: try! OpaqueReference("bench"), consent: Bytes32(), product: nil,
            subject: Subject(role: .borrower, identifiers: InventedLoans.identifiers(person)))
    }

    private static var residentBytes: Int { ProcessUsage(of: getpid())?.residentBytes ?? 0 }

    private func short(_ count: Int) -> String {
        count >= 1_000_000 ? "\(decimal((Double(count) / 1e5).rounded() / 10)) M" : "\(count / 1000) k"
    }
}
