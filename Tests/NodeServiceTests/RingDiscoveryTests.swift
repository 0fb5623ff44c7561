import ConsortiumSupport
import Dispatch
import Exchange
import Linkage
import NodeService
import Records
import Store
import Synchronization
import Testing
import Vocabulary

@Suite("The discovery job")
struct RingDiscoveryTests {
    @Test("what it finds is logged, listed, and there after a restart")
    func finds() async throws {
        var rings = try RingConsortium(search: RingConsortium.firstFour)
        try await rings.furnishRing("a")
        let leaves = { try SQLiteReading(path: rings.stored.path).leaves().count }
        let before = try leaves()
        #expect(try await rings.node.runDiscovery())
        #expect(try leaves() == before + 1)
        for _ in 0..<2 {
            let list = try await rings.office().candidates()
            #expect(list.candidates.map(\.ring.description) == ["C-1"] && list.foundAt == rings.consortium.now)
            let status = try await rings.office().discovery()
            #expect(status.running == nil && status.runs.map(\.candidates) == [1])
            try rings.stored.restart()
        }
    }

    @Test("one runs at a time, and tells how far it is while others are answered")
    func progress() async throws {
        let gate = Gate()
        var rings = try RingConsortium { input, progress in
            progress(.init(stage: .identifiers, done: 1, total: 2))
            gate.enter()
            return DiscoveryFindings(groups: [])
        }
        try await rings.furnishRing("a")
        let node = rings.node
        async let first = node.runDiscovery()
        await gate.untilEntered()
        #expect(try await node.runDiscovery() == false)
        let running = try await rings.office().discovery().running
        #expect(running?.stage == "identifiers" && running?.done == 500 && running?.startedAt == rings.consortium.now)
        try await rings.furnishRing("b")
        gate.open()
        #expect(try await first)
        #expect(try await rings.office().discovery().running == nil)
        // It worked on what was there when it began.
        #expect(rings.reports.events.last == "kept 4")
    }

    @Test("one that is cancelled leaves nothing, and the next can run")
    func cancelled() async throws {
        let gate = Gate()
        var rings = try RingConsortium { _, _ in
            gate.enter()
            return DiscoveryFindings(groups: [])
        }
        try await rings.furnishRing("a")
        let node = rings.node
        let running = Task { try await node.runDiscovery() }
        await gate.untilEntered()
        running.cancel()
        #expect(try await running.value == false)
        #expect(try await rings.office().discovery().runs.isEmpty)
        gate.open()
        #expect(try await node.runDiscovery())
    }

    @Test("it is due at the first look once anything is furnished, then a day after the last began")
    func due() async throws {
        var rings = try RingConsortium(search: RingConsortium.firstFour)
        #expect(try await rings.node.askForDueDiscovery() == false)
        try await rings.furnishRing("a")
        #expect(try await rings.node.askForDueDiscovery())
        try await rings.node.runDiscovery()
        rings.consortium.clock.advance(seconds: 86_399)
        #expect(try await rings.node.askForDueDiscovery() == false)
        // A restart knows when the last began.
        try rings.stored.restart()
        #expect(try await rings.node.askForDueDiscovery() == false)
        rings.consortium.clock.advance(seconds: 1)
        #expect(try await rings.node.askForDueDiscovery())
    }

    @Test("admins ask for one, and it is served")
    func asked() async throws {
        var rings = try RingConsortium(search: RingConsortium.firstFour)
        try await rings.furnishRing("a")
        // Asked twice it runs once.
        for _ in 0..<2 {
            let status = try await rings.office().discover()
            #expect(status.runs.isEmpty && status.running?.stage == "waiting")
        }
        let node = rings.node
        let serving = Task { await node.serveDiscoveries { _ in } }
        while try await rings.office().discovery().runs.isEmpty { await Task.yield() }
        serving.cancel()
        await serving.value
        #expect(try await rings.office().candidates().candidates.count == 1)
        #expect(try await rings.office().discovery().runs.count == 1)
    }

    @Test("the node's own search finds a planted ring, and no family")
    func planted() async throws {
        var rings = try RingConsortium()
        // Two kinds, several members, all at once.
        try await rings.furnishRing("planted", people: 8)
        for family in 0..<5 {
            for person in 0..<3 {
                let one = Person("family-\(family)-\(person)", .nationalID, .phone, .device).with(
                    Invented(.address, "home-\(family)"))
                try await rings.consortium.furnish(
                    .loan("F\(family)-\(person)", .applied, of: one, at: rings.consortium.now), by: person)
            }
        }
        #expect(try await rings.node.runDiscovery())
        let list = try await rings.office().candidates()
        #expect(list.candidates.map(\.subjects) == [8])
        #expect(list.candidates.first?.reasons.isEmpty == false)
        let picture = try await rings.office().picture(of: RingName(.candidate, 1))
        #expect(picture.subjects.count == 8 && picture.status == .candidate)
    }
}

/// Holds a search until the test lets it go on.
private final class Gate: Sendable {
    private struct State {
        var isEntered = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let turnstile = DispatchSemaphore(value: 0)

    /// Called on the search's own thread: it may wait.
    func enter() {
        let waiting = state.withLock { state in
            state.isEntered = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
        turnstile.wait()
        turnstile.signal()
    }

    func open() { turnstile.signal() }

    func untilEntered() async {
        await withCheckedContinuation { continuation in
            let isEntered = state.withLock { state in
                if !state.isEntered { state.waiting.append(continuation) }
                return state.isEntered
            }
            if isEntered { continuation.resume() }
        }
    }
}
