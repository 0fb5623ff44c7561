import Identity
import Records
import Testing
import Vocabulary

@testable import Simulation

@Suite("Every simulated document passes the gates that a real one must pass")
struct AdmissibilityTests {
    @Test("every record of a year is read, normalised and admitted, and no value is a placeholder")
    func records() throws {
        let intake = ClearIntake(policy: try Fixture.policy.get())
        var count = 0
        for event in try Fixture.year.get() {
            guard case .record(let json) = event.content else { continue }
            _ = try intake.record(json, now: event.receivedTime)
            count += 1
        }
        #expect(count > 5000)
    }

    @Test("only the first stage told of a loan names its borrower")
    func borrowers() throws {
        let policy = try Fixture.policy.get()
        let intake = ClearIntake(policy: policy)
        var known: Set<String> = []
        for event in try Fixture.year.get() where event.document["kind"] == "loanEvent" {
            let reference = "\(event.member.name) \(event.document["loanRef"]?.string ?? "")"
            let record = try intake.record(event.document, now: event.receivedTime)
            try Admission.checkLoan(record, isKnown: known.contains(reference))
            known.insert(reference)
        }
        #expect(known.count > 500)
    }

    @Test("record ids are used once, and what refers to a record comes from its reporter, later and once")
    func references() throws {
        var records: [String: (member: Int, kind: String)] = [:]
        var settled: Set<String> = []
        for event in try Fixture.year.get() {
            let json = event.document
            if let id = json["recordID"]?.string {
                #expect(records.updateValue((event.memberIndex, json["kind"]?.string ?? ""), forKey: id) == nil)
            }
            if let parent = json["parent"]?.string { #expect(records[parent]?.kind == "report") }
            guard let target = (json["retracts"] ?? json["amends"] ?? json["decides"])?.string else { continue }
            #expect(records[target]?.member == event.memberIndex)
            #expect(settled.insert(target).inserted, "A record is corrected once.")
        }
        #expect(settled.count > 50)
    }

    @Test("an amended report is still admissible")
    func amendments() throws {
        let policy = try Fixture.policy.get()
        let intake = ClearIntake(policy: policy)
        var records: [RecordID: Record<ClearIdentifier>] = [:]
        var count = 0
        for event in try Fixture.town.get().events + Fixture.year.get() {
            let kind = event.document["kind"]?.string
            guard kind == "report" || kind == "amendment" else { continue }
            let record = try intake.record(event.document, now: event.receivedTime)
            records[record.recordID] = record
            guard case .amendment(let amendment) = record.body else { continue }
            let earlier = try #require(records[amendment.amends])
            let body = try #require(amendment.applied(to: earlier.body))
            let amended = Record(
                recordID: earlier.recordID, eventTime: earlier.eventTime, subjects: earlier.subjects, body: body)
            try Admission.check(amended, policy: policy, now: event.receivedTime)
            count += 1
        }
        #expect(count > 10)
    }

    @Test("a report or a marker of any code can be made, and is admissible", arguments: 0..<40)
    func everyCode(seed: Int) throws {
        let policy = try Fixture.policy.get()
        let simulation = try Fixture.simulation(seed: UInt64(seed), persons: 10)
        let intake = ClearIntake(policy: policy)
        let now = simulation.parameters.start
        var random = SimulationRandom(seed: UInt64(seed))
        let people = (0..<2).map { simulation.population.person($0) }
        let own = people.map { simulation.population.identifiers(of: $0, at: now.milliseconds, &random) }
        for code in policy.reasonCodes.all {
            let (id, parent, told) = (simulation.newID(), simulation.newID(), now.adding(seconds: 86_400))
            let body = simulation.statements.body(
                code, day: simulation.time.dayNumber(of: now.milliseconds), parent: parent, now: told, &random)
            let subjects = simulation.statements.subjects(code, about: own[0], victim: own[1], &random)
            let json = simulation.documents.record(id, at: now.milliseconds, body, subjects: subjects)
            let record = try intake.record(json, now: told)
            #expect(record.body == body)
        }
    }

    @Test("every check names an applicant whom a gateway can tokenise, for a listed product")
    func checks() throws {
        let policy = try Fixture.policy.get()
        let intake = ClearIntake(policy: policy)
        var modes: [String: Int] = [:]
        for event in try Fixture.year.get() {
            guard case .check(let json) = event.content else { continue }
            let applicant = try Applicant(try #require(json["applicant"]), path: "applicant")
            #expect(try !intake.identifiers(applicant, exactly: false, now: event.receivedTime).isEmpty)
            if let product = json["product"]?.string {
                #expect(policy.products.contains { $0.text == product })
            }
            modes[json["mode"]?.string ?? "", default: 0] += 1
        }
        #expect(Set(modes.keys) == ["hard", "soft"])
    }

    @Test("without match keys, identifiers stand in canonical form: equal texts are equal tokens")
    func canonical() throws {
        let intake = ClearIntake(policy: try Fixture.policy.get())
        let prefixes: [IdentifierKind: String] = [.nationalID: "cn-rid:", .phone: "+86", .device: "opaque:"]
        let simulation = try Fixture.simulation(persons: 60, composites: false)
        while let event = simulation.next() {
            guard event.document["kind"] == "loanEvent" else { continue }
            let text = event.document.text
            let record = try intake.record(event.document, now: event.receivedTime)
            for identifier in record.subjects.flatMap(\.identifiers) {
                #expect(!identifier.kind.isComposite && identifier.kind != .address)
                let prefix = prefixes[identifier.kind] ?? ""
                #expect(identifier.value.hasPrefix(prefix))
                #expect(text.contains("\"\(identifier.value.dropFirst(prefix.count))\""))
            }
        }
    }
}
