import ConsortiumSupport
import Exchange
import NodeService
import Records
import Registry
import SQLite
import Sodium
import Store
import Testing
import TransparencyLog
import Vocabulary

@Suite("When the disk or the operator fails")
struct FailureTests {
    static let failures: [(StoreFailure, ErrorCode)] = [
        (.full, .storageFull), (.busy, .storageBusy), (.io, .storageFailed),
    ]

    @Test("a commit that fails is told to nobody, and the same request works afterwards", arguments: 0..<3)
    func failedCommitsAreNotTold(_ position: Int) async throws {
        let (failure, code) = Self.failures[position]
        var stored = try StoredConsortium()
        let now = stored.consortium.now
        try await stored.consortium.furnish(.loan("L0", .applied, of: Person("p"), at: now), by: 1)
        let request = stored.consortium.lenders.submission(
            of: [.loan("L1", .applied, of: Person("p"), at: now)], by: 0, at: now)
        let check = stored.consortium.lenders.check(of: Person("p"), by: 2, at: now)
        stored.faults.set(.append, failure)
        for _ in 0..<2 {
            let told = await #expect(throws: Problem.self) { try await stored.consortium.submit(request, by: 0) }
            #expect(told?.code == code && told?.code.isTransient == true)
            let session = stored.consortium.session(of: 2)
            let unanswered = await #expect(throws: Problem.self) { try await session.check(check) }
            #expect(unanswered?.code == code)
        }
        stored.faults.clear()
        let untouched = try await stored.consortium.ask(about: Person("p"), by: 3, mode: .soft)
        #expect(untouched.told("application", "others", "7d") == "1")
        #expect(untouched.told("inquiry", "others", "7d") == "0")
        let outcome = try await stored.consortium.submit(request, by: 0)
        #expect(outcome.lines.map(\.status) == [.recorded])
        try stored.consortium.verify(outcome)
        _ = try await stored.consortium.session(of: 2).check(check)
        let answer = try await stored.consortium.ask(about: Person("p"), by: 3, mode: .soft)
        #expect(answer.told("application", "others", "7d") == "2" && answer.told("inquiry", "others", "7d") == "1")
    }

    @Test("a commit whose result is unknown is found again by its id, and doubled nowhere")
    func unknownResultsAreReadAgain() async throws {
        var stored = try StoredConsortium()
        let now = stored.consortium.now
        let request = stored.consortium.lenders.submission(
            of: [.loan("L1", .applied, of: Person("p"), at: now)], by: 0, at: now)
        stored.faults.set(.afterAppend, .io)
        await #expect(throws: Problem.self) { try await stored.consortium.submit(request, by: 0, nonce: "n") }
        stored.faults.clear()
        // The nonce was spent with the commit, whatever the writer was told.
        let replayed = await #expect(throws: Problem.self) {
            try await stored.consortium.submit(request, by: 0, nonce: "n")
        }
        #expect(replayed?.code == .replayedNonce)
        let outcome = try await stored.consortium.submit(request, by: 0)
        #expect(try stored.consortium.verify(outcome) == [0])
        #expect(try SQLiteReading(path: stored.path).leaves().count == 1)
    }

    @Test("a replay that fails keeps the node silent until it succeeds")
    func failedReplaysKeepSilent() async throws {
        var stored = try StoredConsortium()
        let now = stored.consortium.now
        stored.faults.set(.append, .io)
        stored.faults.set(.replay, .io)
        for _ in 0..<2 {
            let problem = await #expect(throws: Problem.self) {
                try await stored.consortium.furnish(.loan("L1", .applied, of: Person("p"), at: now), by: 0)
            }
            #expect(problem?.code == .storageFailed)
        }
        stored.faults.clear()
        try await stored.consortium.furnish(.loan("L1", .applied, of: Person("p"), at: now), by: 0)
    }

    @Test("a checkpoint that cannot be kept is not published, and is when it can", arguments: [
        Faults.Step.keep, Faults.Step.forget,
    ])
    func checkpointsAreKeptFirst(_ step: Faults.Step) async throws {
        var stored = try StoredConsortium()
        let now = stored.consortium.now
        try await stored.consortium.furnish(.loan("L0", .applied, of: Person("p"), at: now), by: 0)
        let before = try await stored.consortium.checkpoint()
        stored.faults.set(step, .full)
        let problem = await #expect(throws: Problem.self) {
            try await stored.consortium.furnish(.loan("L1", .applied, of: Person("p"), at: now), by: 0, name: "late")
        }
        #expect(problem?.code == .storageFailed)
        #expect(try await stored.consortium.checkpoint() == before)
        stored.faults.clear()
        try await stored.consortium.running.publishCheckpoint()
        #expect(try await stored.consortium.checkpoint().size == 2)
        let session = stored.consortium.session(of: 0)
        #expect(try await stored.consortium.verify(session.receipt(of: RecordID(named: "late"))) == [1])
    }

    @Test("no two checkpoints disagree, whatever restarts come between")
    func checkpointsNeverConflict() async throws {
        var stored = try StoredConsortium()
        var heads: [Checkpoint] = []
        for round in 0..<6 {
            for _ in 0..<round { try await stored.consortium.ask(about: Person("p"), by: 0, mode: .soft) }
            try await stored.consortium.running.publishCheckpoint()
            heads.append(try await stored.consortium.checkpoint())
            // Leaves that no checkpoint is over yet survive the restart as well.
            try await stored.consortium.ask(about: Person("q"), by: 1, mode: .soft)
            try stored.restart()
            #expect(try await stored.consortium.checkpoint() == heads[round])
            try await stored.consortium.running.publishCheckpoint()
            heads[round] = try await stored.consortium.checkpoint()
        }
        #expect(heads.map(\.size) == heads.map(\.size).sorted())
        let keys = try stored.consortium.logKeys
        let notes = try SQLiteReading(path: stored.path).checkpoints()
        #expect(notes.count >= heads.count)
        for (size, note) in notes {
            let head = try Checkpoint(verifying: Array(note.utf8), by: keys)
            #expect(head.size == size)
            #expect(try head.root == stored.root(of: size))
        }
    }

    static let losses = [
        "DELETE FROM leaf WHERE log_index = 4",
        "DELETE FROM leaf WHERE log_index >= 3",
        "UPDATE leaf SET hash = zeroblob(32) WHERE log_index = 1",
        "UPDATE checkpoint SET note = replace(note, 'counterfoil', 'countersign')",
    ]

    @Test("a store that contradicts what was signed is refused", arguments: losses)
    func contradictionsAreRefused(_ loss: String) async throws {
        var stored = try StoredConsortium()
        for _ in 0..<5 { try await stored.consortium.ask(about: Person("p"), by: 0, mode: .soft) }
        try await stored.consortium.running.publishCheckpoint()
        stored.consortium.stop()
        let tamperer = try Connection(path: stored.path, mode: .writer)
        try tamperer.execute("PRAGMA foreign_keys = OFF; DELETE FROM evidence; DELETE FROM facts; \(loss)")
        let problem = #expect(throws: Problem.self) { try stored.start() }
        #expect(problem?.code == .storageFailed)
    }

    @Test("a log key that is not the one that signed before is refused")
    func otherLogKeysAreRefused() async throws {
        var stored = try StoredConsortium()
        try await stored.consortium.ask(about: Person("p"), by: 0)
        stored.consortium.stop()
        let other = SigningKey.generate()
        let sample = stored.consortium.lenders.sample
        for keys in [(other, sample.answerKey), (sample.logKey, other)] {
            let problem = #expect(throws: Problem.self) {
                try stored.consortium.start(on: MemoryEntryStore(), logKey: keys.0, answerKey: keys.1)
            }
            #expect(problem?.code == .configurationInvalid)
        }
    }

    @Test("a database with other data keys is refused")
    func otherDataKeysAreRefused() async throws {
        var stored = try StoredConsortium()
        try await stored.consortium.ask(about: Person("p"), by: 0)
        stored.consortium.stop()
        #expect(throws: StoreFailure.wrongKeys) {
            try SQLiteEntryStore(path: stored.path, keys: EphemeralKeys(), consortium: stored.consortium.consortium)
        }
    }

    @Test("a second node on the same database is told that it is busy")
    func oneNodeADatabase() async throws {
        var stored = try StoredConsortium()
        #expect(throws: StoreFailure.busy) {
            try SQLiteEntryStore(
                path: stored.path, keys: stored.consortium.keys, consortium: stored.consortium.consortium,
                busyTimeoutMilliseconds: 0)
        }
        try await stored.consortium.ask(about: Person("p"), by: 0)
    }

    @Test("a production consortium of four does not start")
    func fewMembersAreRefused() throws {
        var small = try NodeConsortium(members: 4, mode: .production)
        let problem = #expect(throws: Problem.self) { try small.start(on: MemoryEntryStore()) }
        #expect(problem?.code == .tooFewMembers)
        var enough = try NodeConsortium(members: 5, mode: .production)
        try enough.start(on: MemoryEntryStore())
    }
}
