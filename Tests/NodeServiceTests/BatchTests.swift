import ConsortiumSupport
import Exchange
import NodeService
import Records
import Store
import Testing
import Vocabulary

@Suite("Batches of checks")
struct BatchTests {
    let people = (0..<20).map { Person("p\($0 % 10)") }

    func furnished() async throws -> StoredConsortium {
        var stored = try StoredConsortium()
        let now = stored.consortium.now
        for number in 0..<5 {
            try await stored.consortium.furnish(.loan("L\(number)", .disbursed, of: people[number], at: now), by: 1)
        }
        return stored
    }

    @Test("are answered as the single checks would be before any of the batch, under one signature")
    func sameAsSingle() async throws {
        var stored = try await furnished()
        var singles: [AnswerSheet] = []
        for person in people { singles.append(try await stored.consortium.ask(about: person, by: 0, mode: .soft)) }
        let batch = try await stored.consortium.askBatch(about: people, by: 0, name: "batch")
        let answers = try #require(batch["answers"]?.array)
        #expect(answers.count == 20 && batch["batch"]?.string == RecordID(named: "batch").description)
        let own = ["check", "checkHash", "tokensAsked"]
        for (answer, single) in zip(answers, singles) {
            // The same person stands in the batch twice: neither answer counts the other's inquiry.
            for member in answer.members ?? [] where !own.contains(member.name) {
                #expect(member.value == single.json[member.name], "\(member.name)")
            }
        }
        let after = try await stored.consortium.ask(about: people[0], by: 2, mode: .soft)
        #expect(after.told("inquiry", "others", "7d") == "2")
    }

    @Test("a hard one leaves one entry and its answer another; put again it is answered and recorded no more")
    func entries() async throws {
        var stored = try StoredConsortium()
        let request = stored.consortium.lenders.batch(of: people, by: 0, at: stored.consortium.now, name: "batch")
        for expected in [2, 3] {
            let answer = try await stored.consortium.session(of: 0).check(batch: request)
            #expect(try stored.consortium.open(answer, .batchAnswer)["batchHash"]?.string
                == request.envelope.hash.value.base64)
            #expect(try SQLiteReading(path: stored.path).leaves().count == expected)
        }
        try stored.restart()
        let answer = try await stored.consortium.ask(about: people[0], by: 2, mode: .soft)
        #expect(answer.told("inquiry", "others", "7d") == "2")
    }

    @Test("a soft one leaves its answer alone")
    func soft() async throws {
        var stored = try StoredConsortium()
        _ = try await stored.consortium.askBatch(about: people, by: 0, name: "batch", mode: .soft)
        #expect(try SQLiteReading(path: stored.path).leaves().count == 1)
        #expect(try await stored.consortium.ask(about: people[0], by: 2).told("inquiry", "others", "7d") == "0")
    }

    @Test("an id that was used for another check refuses the whole batch, and nothing of it is kept")
    func conflicts() async throws {
        var stored = try StoredConsortium()
        try await stored.consortium.ask(about: Person("somebody"), by: 0, name: "batch/3")
        let before = try SQLiteReading(path: stored.path).leaves().count
        let problem = await #expect(throws: Problem.self) {
            _ = try await stored.consortium.askBatch(about: people, by: 0, name: "batch")
        }
        #expect(problem?.code == .recordConflict)
        #expect(try SQLiteReading(path: stored.path).leaves().count == before)
        #expect(try await stored.consortium.ask(about: people[0], by: 2).told("inquiry", "others", "7d") == "0")
    }

    @Test("whose answer cannot be logged are not answered")
    func failures() async throws {
        var stored = try StoredConsortium()
        stored.faults.set(.append, .io)
        let problem = await #expect(throws: Problem.self) {
            _ = try await stored.consortium.askBatch(about: people, by: 0, name: "batch", mode: .soft)
        }
        #expect(problem?.code == .storageFailed)
        stored.faults.clear()
        _ = try await stored.consortium.askBatch(about: people, by: 0, name: "batch", mode: .soft)
    }
}
