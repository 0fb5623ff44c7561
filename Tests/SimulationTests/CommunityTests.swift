import Identity
import Records
import Simulation
import Testing
import Vocabulary

@Suite("A world with communities, in which rings must be told from crowds")
struct CommunityTests {
    private typealias Use = CommunityUse

    /// Persons by a value that they gave.
    private func users(of kind: IdentifierKind, as role: IdentifierRole = .own) throws -> [String: [Use]] {
        Dictionary(grouping: try CommunityUse.all.get().filter { $0.kind == kind && $0.role == role }, by: \.text)
    }

    private func truths(_ label: TruthLabel) throws -> [PersonTruth] {
        try Fixture.city.get().truths.compactMap(\.self).filter { $0.labels.contains(label) }
    }

    private func communities(_ label: TruthLabel) throws -> [Int: Set<Int>] {
        Dictionary(grouping: try truths(label).filter { $0.community != nil }, by: { $0.community ?? 0 })
            .mapValues { Set($0.map(\.person)) }
    }

    @Test("every record and every check passes the gates that a real one must pass")
    func admissible() throws {
        let intake = ClearIntake(policy: try Fixture.policy.get())
        var count = 0
        for event in try Fixture.city.get().events where event.person % 5 < 2 {
            switch event.content {
            case .record(let json): _ = try intake.record(json, now: event.receivedTime)
            case .check(let json):
                let applicant = try Applicant(try #require(json["applicant"]), path: "applicant")
                #expect(try !intake.identifiers(applicant, exactly: false, now: event.receivedTime).isEmpty)
            case .dispute: continue
            }
            count += 1
        }
        #expect(count > 5000)
    }

    @Test("every kind of ring and crowd occurs, and every label is told of somebody")
    func coverage() throws {
        let city = try Fixture.city.get()
        let told = Set(city.truths.compactMap(\.self).flatMap(\.labels) + city.events.flatMap(\.labels))
        #expect(TruthLabel.allCases.filter { !told.contains($0) } == [])
    }

    @Test("a family has one address, which is nobody else's")
    func families() throws {
        let homes = try users(of: .address)
        let family = Dictionary(
            try truths(.family).map { ($0.person, $0.community) }, uniquingKeysWith: { first, _ in first })
        for uses in homes.values {
            let known = uses.compactMap { family[$0.person] }
            if known.isEmpty { continue }
            #expect(known.count == uses.count && Set(known).count == 1, "\(Set(uses.map(\.person)))")
        }
        let shared = homes.values.count { Set($0.map(\.person)).count > 1 }
        #expect(shared > 100)
    }

    @Test("families and couples stand in each other's applications")
    func relatives() throws {
        let families = try communities(.family)
        let familyOf = Dictionary(
            families.flatMap { first, persons in persons.map { ($0, first) } }, uniquingKeysWith: { first, _ in first })
        let owners = try users(of: .phone).mapValues { $0[0].person }
        for role in [IdentifierRole.spouse, .guarantor] {
            let uses = try users(of: .phone, as: role).values.flatMap(\.self)
            let within = uses.count { use in
                owners[use.text].map { familyOf[$0] == familyOf[use.person] } ?? false
            }
            #expect(uses.count > 10 && within * 10 > uses.count * 4, "\(role): \(within) of \(uses.count)")
        }
    }

    @Test("a dormitory's students live at one address, and only some share a device")
    func dormitories() throws {
        let homes = try users(of: .address)
        let devices = try users(of: .device)
        let dormitories = try communities(.dormitory)
        try #require(!dormitories.isEmpty)
        for students in dormitories.values {
            #expect((15...200).contains(students.count))
            let largest = homes.values.map { Set($0.map(\.person)).intersection(students).count }.max() ?? 0
            #expect(largest * 10 > students.count * 7)
            let sharing = devices.values.filter { Set($0.map(\.person)).count > 1 }.flatMap { $0.map(\.person) }
            #expect(Set(sharing).intersection(students).count * 2 < students.count)
        }
    }

    @Test("an agent's phone stands under ten and more strangers")
    func agencies() throws {
        let agents = try users(of: .phone, as: .agent).values.map { Set($0.map(\.person)) }
        let homes = try users(of: .address)
        #expect(agents.count { $0.count >= 10 } > 2)
        for customers in agents {
            let together = homes.values.map { Set($0.map(\.person)).intersection(customers).count }.max() ?? 0
            #expect(together <= 1)
        }
    }

    @Test("a colluding agent's customers do not pay the first instalment, an honest one's do")
    func firstPayments() throws {
        func shareOverdue(_ label: TruthLabel) throws -> Double {
            let persons = Set(try truths(label).map(\.person))
            var first: [String: String] = [:]
            for event in try Fixture.city.get().events where persons.contains(event.person) {
                guard let stage = event.document["stage"]?.string, ["paid", "overdue"].contains(stage) else { continue }
                let loan = "\(event.memberIndex) \(event.document["loanRef"]?.string ?? "")"
                if first[loan] == nil { first[loan] = stage }
            }
            return Double(first.values.count { $0 == "overdue" }) / Double(max(1, first.count))
        }
        let (honest, colluding) = (try shareOverdue(.agency), try shareOverdue(.colludingAgency))
        #expect(honest < 0.15 && colluding > 3 * honest, "\(honest), \(colluding)")
    }

    @Test("a recycled phone is two persons', and never both at once")
    func recycledPhones() throws {
        var count = 0
        for (text, uses) in try users(of: .phone) {
            let heirs = Set(try truths(.recycledPhone).filter { $0.phones.contains(text) }.map(\.person))
            let heir = heirs.first { person in uses.contains { $0.person == person && $0.isFirstPhone == false } }
            guard let heir, let giver = uses.first(where: { $0.person != heir })?.person else { continue }
            let (last, first) = (
                uses.filter { $0.person == giver }.map(\.time).max(),
                uses.filter { $0.person == heir }.map(\.time).min()
            )
            if let last, let first {
                #expect(last < first)
                count += 1
            }
        }
        #expect(count > 3)
    }

    @Test("a loan officer works for one lender, and the colluding one passes only a colluding agent's applications")
    func staff() throws {
        let officers = try users(of: .staff, as: .staff)
        let colluding = Set(try truths(.colludingStaff).flatMap(\.nationalIDs))
        let customers = Set(try truths(.colludingAgency).map(\.person))
        #expect(officers.count > 30)
        for (text, uses) in officers {
            #expect(Set(uses.map(\.member)).count == 1)
            if colluding.contains(text) { #expect(uses.allSatisfy { customers.contains($0.person) }) }
        }
        #expect(officers.keys.contains(where: colluding.contains))
    }
}
