import Identity
import Records
import Simulation
import TestSupport
import Vocabulary

enum Fixture {
    /// The policy as `schemas/policy` has it.
    static let policy = Result {
        func file(_ name: String) throws -> JSON {
            try JSON(parsing: try Checkout.bytes("schemas/policy/\(name).json"))
        }
        return try Policy.assembling(
            settings: try file("default-policy"), reasonCodes: try file("reason-codes"),
            identifierKinds: try file("identifier-kinds"), scorecard: try file("scorecard"))
    }

    static func simulation(
        seed: UInt64 = 7, persons: Int = 500, members: Int = 12, days: Int = 365, composites: Bool = true,
        disputes: Bool = true, communities: Bool = false
    ) throws -> Simulation {
        let parameters = SimulationParameters(
            seed: seed, persons: persons, members: members, days: days, composites: composites, disputes: disputes,
            communities: communities)
        return Simulation(parameters: parameters, policy: try policy.get())
    }

    static func events(of simulation: Simulation) -> [SimulatedEvent] {
        var events: [SimulatedEvent] = []
        while let event = simulation.next() { events.append(event) }
        return events
    }

    /// A year of five hundred people, played once for every test that only looks at it.
    static let year = Result { events(of: try simulation()) }
    /// Four rings and some thirty stackers, without match keys.
    static let town = Result {
        let played = try simulation(seed: 8, persons: townPersons, days: 150, composites: false)
        return (truths: (0..<townPersons).map { played.truth(of: $0) }, events: events(of: played))
    }
    private static let townPersons = 1600

    /// Four districts with families, dormitories, agencies and firms.
    static let city = Result {
        let played = try simulation(seed: citySeed, persons: cityPersons, days: 250, communities: true)
        let truths = (0..<cityPersons + played.staffCount).map { played.truth(of: $0) }
        return (truths: truths, events: events(of: played))
    }
    static let cityPersons = 1600
    private static let citySeed: UInt64 = 31
}

/// A clear identifier in a record, as the gateway has it before tokens are asked for.
struct ClearIdentifier: KindedIdentifier {
    let kind: IdentifierKind
    let role: IdentifierRole
    let value: String
}

/// What a gateway does with a document: reads it, normalises its identifiers and runs the admission.
struct ClearIntake {
    let policy: Policy

    func record(_ json: JSON, now: Instant) throws -> Record<ClearIdentifier> {
        var applicants: [Applicant] = []
        let shape = try Record<ClearIdentifier>(json, path: "") { json, path throws(FieldFailure) in
            var reader = try ObjectReader(json, path: path)
            let name = try reader.string("role")
            guard let role = SubjectRole(name: name) else { throw reader.failure("role", .unknown) }
            applicants.append(try Applicant(try reader.required("applicant"), path: reader.path(of: "applicant")))
            try reader.finish()
            return Subject(role: role, identifiers: [])
        }
        let code = json["code"]?.string.flatMap { try? CodeName($0) }.flatMap { policy.reasonCodes[$0] }
        let subjects = try zip(shape.subjects, applicants).map { subject, applicant in
            let exactly = (code?.attachment ?? .subject) != .subject && subject.role != .victim
            return Subject(role: subject.role, identifiers: try identifiers(applicant, exactly: exactly, now: now))
        }
        let record = Record(
            recordID: shape.recordID, eventTime: shape.eventTime, subjects: subjects, body: shape.body)
        try Admission.check(record, policy: policy, now: now)
        return record
    }

    func identifiers(_ applicant: Applicant, exactly: Bool, now: Instant) throws -> [ClearIdentifier] {
        let today = CalendarDate(daysSince1970: Int(now.seconds / 86_400))
        let normaliser = Normaliser(defaultRegion: .china, today: today)
        guard !exactly else {
            return try applicant.claims.map { claim in clear(try normaliser.normalise(claim)) }
        }
        let derived = try applicant.identifiers(normaliser)
        guard derived.dropped.isEmpty else { throw Dropped(fields: derived.dropped.map(\.path)) }
        return derived.inputs.map(clear)
    }

    private func clear(_ input: IdentifierInput) -> ClearIdentifier {
        ClearIdentifier(kind: input.kind, role: input.role, value: input.value)
    }

    /// A simulated value was taken for a placeholder.
    struct Dropped: Error { let fields: [String] }
}
