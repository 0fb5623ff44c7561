import Records
import Simulation
import Vocabulary

/// Posts a simulation's events to live gateways: in windows, between which nothing overtakes, at a set rate.
struct GatewayDrive {
    private let gateways: [GatewayConnection]
    private let rate: EventRate
    private let window: Int
    private let place: ResumeFile

    init(_ gateways: [GatewayConnection], rate: EventRate, window: Int, place: ResumeFile) {
        (self.gateways, self.rate, self.place) = (gateways, rate, place)
        // A window takes about a second at most, so that the rate is even.
        self.window = max(1, min(window, rate.events / rate.seconds))
    }

    /// Goes on from the state to the simulation's end, and keeps the state as it goes.
    func run(_ state: inout DriveState, policy: Policy) async throws(Problem) {
        let simulation = Simulation(parameters: state.parameters, policy: policy)
        for _ in 0..<state.events { guard simulation.next() != nil else { break } }
        var progress = Progress(total: 0, what: "events", from: state.events)
        let clock = ContinuousClock()
        let (start, before) = (clock.now, state.events)
        var keptAt = start
        while let events = nextWindow(of: simulation), let last = events.last {
            let lanes = events.lanes(of: gateways.count)
            let outcome = try await post(lanes)
            state.add(outcome, events: events.count)
            progress.reach(
                state.events, of: state.parameters.expectedEvents(after: state.events, at: last.receivedTime))
            if clock.now - keptAt > .seconds(1) {
                try place.keep(state)
                keptAt = clock.now
            }
            try? await Task.sleep(until: start + rate.duration(of: state.events - before), clock: clock)
        }
        progress.finish()
        try place.keep(state)
    }

    private func nextWindow(of simulation: Simulation) -> [SimulatedEvent]? {
        var events: [SimulatedEvent] = []
        while events.count < window, let event = simulation.next() { events.append(event) }
        return events.isEmpty ? nil : events
    }

    /// All lanes side by side, each in its own order.
    private func post(_ lanes: [[DriveStep]]) async throws(Problem) -> DriveOutcome {
        let results = await withTaskGroup(of: Result<DriveOutcome, Problem>.self) { group in
            for (gateway, steps) in zip(gateways, lanes) where !steps.isEmpty {
                group.addTask { await DriveLane(gateway: gateway).run(steps) }
            }
            var results: [Result<DriveOutcome, Problem>] = []
            for await result in group { results.append(result) }
            return results
        }
        var outcome = DriveOutcome()
        for result in results { outcome.add(try result.get()) }
        return outcome
    }
}

/// What one member posts at once.
enum DriveStep: Equatable {
    case records([JSON])
    case check(JSON)

    static let recordsAtOnce = 100
}

extension [SimulatedEvent] {
    /// Each member's steps in order: records that follow each other go in groups.
    func lanes(of members: Int) -> [[DriveStep]] {
        var lanes = [[DriveStep]](repeating: [], count: members)
        for event in self {
            switch event.content {
            case .record(let json): lanes[event.memberIndex].append(record: json)
            case .check(let json): lanes[event.memberIndex].append(.check(json))
            case .dispute: break
            }
        }
        return lanes
    }
}

extension [DriveStep] {
    fileprivate mutating func append(record: JSON) {
        if case .records(let group) = last, group.count < DriveStep.recordsAtOnce {
            self[count - 1] = .records(group + [record])
        } else {
            append(.records([record]))
        }
    }
}

/// What became of events.
struct DriveOutcome: Equatable {
    var records = 0
    var checks = 0
    var refused = 0

    mutating func add(_ other: DriveOutcome) {
        records += other.records
        checks += other.checks
        refused += other.refused
    }
}

extension DriveState {
    mutating func add(_ outcome: DriveOutcome, events count: Int) {
        events += count
        records += outcome.records
        checks += outcome.checks
        refused += outcome.refused
    }
}
