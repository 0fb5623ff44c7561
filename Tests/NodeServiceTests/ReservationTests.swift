import ConsortiumSupport
import Exchange
import NodeService
import Records
import Store
import TestSupport
import Testing
import Vocabulary

@Suite("Reservations at the node")
struct ReservationTests {
    /// One reservation of the test with many at once, as its member read it.
    struct Reserved: Sendable {
        let member: Int
        let person: Int
        let knownSize: Int64
        let others: String?
    }

    @Test("of any two members that reserve a person, exactly the later one is told, and the earlier gets a notice")
    func manyAtOnce() async throws {
        let (members, people) = (12, 6)
        var consortium = try NodeConsortium(members: members)
        try consortium.start(on: MemoryEntryStore())
        var asking: [(member: Int, person: Int, node: any Node, request: SealedRequest)] = []
        for person in 0..<people {
            for member in 0..<members {
                let request = consortium.lenders.reservation(
                    "r\(person)-\(member)", of: Person("p\(person)"), by: member, at: consortium.now)
                asking.append((member, person, consortium.session(of: member), request))
            }
        }
        var generator = SeededGenerator(seed: 11)
        asking.shuffle(using: &generator)
        let reader = consortium
        let reserved = try await withThrowingTaskGroup(of: Reserved.self) { group in
            for (member, person, node, request) in asking {
                group.addTask {
                    let answer = try reader.open(try await node.reserve(request), .reservationAnswer)
                    return Reserved(
                        member: member, person: person, knownSize: answer["knownSize"]?.integer ?? -1,
                        others: answer["others"]?["members"]?.string)
                }
            }
            return try await group.reduce(into: [Reserved]()) { $0.append($1) }
        }
        let bands = ["0", "1", "2", "3-4", "3-4"] + [String](repeating: "5-9", count: 5) + ["10+", "10+"]
        var order: [Int: [Int]] = [:]
        for person in 0..<people {
            let inOrder = reserved.filter { $0.person == person }.sorted { $0.knownSize < $1.knownSize }
            #expect(Set(inOrder.map(\.knownSize)).count == members)
            // Whoever comes as the n-th is told of n - 1 others: nobody is told of nobody but the first.
            #expect(inOrder.map(\.others) == bands)
            order[person] = inOrder.map(\.member)
        }
        for member in 0..<members {
            let page = try await consortium.notices(of: member)
            for person in 0..<people {
                let id = RecordID(named: "r\(person)-\(member)").description
                let told = page["notices"]?.array?.filter {
                    $0["kind"]?.string == "reservation" && $0["about"]?["reservation"]?.string == id
                }
                let place = try #require(order[person]?.firstIndex(of: member))
                #expect(told?.count == members - 1 - place, "member \(member), person \(person)")
            }
        }
    }

    @Test("outlive a restart, with what was confirmed and what was released")
    func restarts() async throws {
        var stored = try StoredConsortium()
        let people = (0..<3).map { Person("p\($0)") }
        for (number, person) in people.enumerated() {
            #expect(try await stored.consortium.reserve("r\(number)", person, by: 0)["status"] == "held")
        }
        #expect(try await stored.consortium.confirm("r1", by: 0)["status"] == "confirmed")
        #expect(try await stored.consortium.confirm("r2", by: 0, releases: true)["status"] == "released")
        try stored.restart()
        let expected = [("held", "1", "0"), ("confirmed", "1", "1"), ("released", "0", "0")]
        for (number, person) in people.enumerated() {
            let own = try await stored.consortium.reserve("r\(number)", person, by: 0)
            #expect(own["status"]?.string == expected[number].0)
            let other = try await stored.consortium.reserve("other\(number)", person, by: 1)
            #expect(other["others"]?["live"]?.string == expected[number].1)
            #expect(other["others"]?["confirmed"]?.string == expected[number].2)
        }
        #expect(try await stored.consortium.notices(of: 0).noticeKinds.filter { $0 == "reservation" }.count == 2)
    }

    @Test("that cannot be stored are told to nobody, and nobody is told of them")
    func failures() async throws {
        var stored = try StoredConsortium()
        let request = stored.consortium.lenders.reservation(
            "r", of: Person("p"), by: 0, at: stored.consortium.now)
        stored.faults.set(.append, .full)
        let session = stored.consortium.session(of: 0)
        let problem = await #expect(throws: Problem.self) { try await session.reserve(request) }
        #expect(problem?.code == .storageFull)
        stored.faults.clear()
        let answer = try await stored.consortium.reserve("other", Person("p"), by: 1)
        #expect(answer["others"]?["live"] == "0" && answer["status"] == "held")
        let again = try stored.consortium.open(
            try await stored.consortium.session(of: 0).reserve(request), .reservationAnswer)
        #expect(again["others"]?["live"] == "1")
        #expect(try await stored.consortium.notices(of: 1).noticeKinds == ["reservation"])
    }

    @Test("are logged with their answers, a repeated one with its answer alone")
    func logged() async throws {
        var stored = try StoredConsortium()
        for expected in [2, 3] {
            try await stored.consortium.reserve("r", Person("p"), by: 0)
            #expect(try SQLiteReading(path: stored.path).leaves().count == expected)
        }
        let session = stored.consortium.session(of: 1)
        let request = stored.consortium.lenders.reservation("r", of: nil, by: 1, at: stored.consortium.now)
        let problem = await #expect(throws: Problem.self) { try await session.reserve(request) }
        #expect(problem?.code == .unknownRecord)
        #expect(try SQLiteReading(path: stored.path).leaves().count == 3)
    }
}
