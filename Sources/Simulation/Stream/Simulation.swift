package import Records
internal import Vocabulary

/// A seeded consortium at work: what its lenders tell and ask, in order of the instant at which it is received.
///
/// A discrete-event simulation without clock, files or other randomness than the seed's. It keeps what every person,
/// open loan and report is about to do next, so that memory grows with the population and not with the years. It is a
/// reference type because loans on their way are: a copy would play on with the same ones.
package final class Simulation: IteratorProtocol {
    package let parameters: SimulationParameters
    package var members: [SimulatedMember] { memberList.all }

    /// How much is planned: what the simulation keeps in memory.
    package var pendingCount: Int { queue.count }

    let policy: Policy
    let population: Population
    let memberList: MemberList
    let time: LocalTime
    let documents: Documents
    let statements: StatementWriter
    var queue = EventQueue<Action>()
    private var identifiers: SimulationRandom
    private var loanCount = 0
    private let start: Int64
    private let end: Int64

    /// - Parameter policy: its classes, products, reason codes and time zone are the consortium's.
    package init(parameters: SimulationParameters, policy: Policy) {
        (self.parameters, self.policy) = (parameters, policy)
        population = Population(parameters: parameters)
        memberList = MemberList(
            count: parameters.members, classes: policy.memberClasses.map(\.name.text),
            products: policy.products.map(\.text))
        time = LocalTime(offsetMinutes: policy.timeZone.offsetMinutes)
        documents = Documents(withComposites: parameters.composites)
        statements = StatementWriter(policy: policy, documents: documents)
        identifiers = SimulationRandom(seed: parameters.seed, sort: 0, index: 0)
        (start, end) = (parameters.start.milliseconds, parameters.end.milliseconds)
        for person in 0..<parameters.persons { planFirstWishes(of: person) }
    }

    /// The next event; `nil` when the simulated time is over.
    package func next() -> SimulatedEvent? {
        while let item = queue.pop(), item.time < end {
            if let event = perform(item.action, at: item.time) { return event }
        }
        return nil
    }

    private func perform(_ action: Action, at now: Int64) -> SimulatedEvent? {
        switch action {
        case .wish(let person, let count): wish(of: person, count: count, at: now)
        case .apply(let plan): apply(plan)
        case .step(let loan, let stage, let turn): if loan.turn == turn { step(loan, to: stage, at: now) }
        case .check(let loan, let soft): return check(loan, soft: soft, at: now)
        case .tell(let telling): return tell(telling, at: now)
        case .state(let statement): return state(statement, at: now)
        case .correct(let correction): return correct(correction, at: now)
        }
        return nil
    }

    /// A UUID of version 4 (RFC 9562 §5.4), random but for the seed.
    func newID() -> RecordID {
        let (high, low) = (identifiers.next(), identifiers.next())
        return RecordID(
            high: high & 0xFFFF_FFFF_FFFF_0FFF | 0x4000, low: low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
    }

    func newLoanNumber() -> Int {
        loanCount += 1
        return loanCount
    }

    func event(
        _ content: SimulatedEvent.Content, by member: Int, about person: Int, at now: Int64, _ labels: [TruthLabel]
    ) -> SimulatedEvent {
        SimulatedEvent(
            receivedTime: Instant(milliseconds: now), memberIndex: member, member: members[member], content: content,
            person: person, labels: labels)
    }

    /// Plans within the simulated time; what would happen later is not kept.
    func plan(_ action: Action, at time: Int64) {
        if time < end { queue.push(action, at: time) }
    }

    func isBeforeStart(_ time: Int64) -> Bool { time < start }
}
