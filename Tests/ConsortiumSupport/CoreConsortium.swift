package import Exchange
package import Records
package import Registry
internal import Sodium
internal import TestSupport
internal import TransparencyLog
package import Vocabulary

/// A consortium around the bare core: no database, no HTTP, no task; the test is the clock and the store.
package struct CoreConsortium {
    package var lenders: Lenders
    package var now: Instant
    package private(set) var exchange: Exchange
    /// What a store would hold: the encoded facts by log index.
    package private(set) var stored: [(logIndex: UInt32, facts: [UInt8])] = []
    /// Up to here a checkpoint was published; `nil` for everything so far.
    package var publishedSize: UInt64?
    private let intake: Intake
    private let references: KeyedHash
    private let rings: KeyedHash

    package init(members: Int = 5, seed: UInt64 = 1, now: Instant = TestClock.start) throws {
        lenders = Lenders(try PublishedPolicy.sample(members: members), seed: seed)
        self.now = now
        let generator = SeededGenerator(seed: seed)
        intake = Intake(indexer: TokenIndexer(pepper: Self.key(generator, 1)))
        references = Self.key(generator, 2)
        rings = Self.key(generator, 3)
        exchange = Exchange(references: references, rings: rings)
    }

    private static func key(_ generator: SeededGenerator, _ salt: UInt64) -> KeyedHash {
        var generator = SeededGenerator(seed: generator.seed ^ salt << 32)
        var bytes = generator.bytes(KeyedHash.keyByteCount)
        return try! KeyedHash(key: SecretBytes(wiping: &bytes))  // The right length, the only thing it refuses.
    }

    package var chain: RegistryChain { lenders.sample.chain }
    /// The current version's.
    package var rules: AnswerRules {
        get throws(Problem) { try PublishedPolicy.rules(of: chain) }
    }
    package var policy: Policy { chain.current.policy }
    package var ledger: Ledger { exchange.ledger }

    /// An instant so long before now.
    package func ago(days: Int = 0, seconds: Int64 = 0) -> Instant { now.adding(days: -days).adding(seconds: -seconds) }

    @discardableResult
    package mutating func furnish(
        _ statements: Statement..., by member: Int, name: String? = nil, bend: Lenders.Bend = .none
    ) throws(Problem) -> Exchange.Admitted {
        try furnish(statements, by: member, name: name, bend: bend)
    }

    @discardableResult
    package mutating func furnish(
        _ statements: [Statement], by member: Int, name: String? = nil, bend: Lenders.Bend = .none
    ) throws(Problem) -> Exchange.Admitted {
        try submit(lenders.submission(of: statements, by: member, at: now, name: name, bend: bend), by: member)
    }

    @discardableResult
    package mutating func submit(_ request: SealedRequest, by member: Int) throws(Problem) -> Exchange.Admitted {
        let requester = lenders.requester(member, at: now)
        let verified = try intake.submission(request, from: requester, under: chain, now: now)
        let rules = try rules
        let admitted = try exchange.admit(verified, by: rules, now: now)
        if let entry = admitted.entry { take(entry) }
        return admitted
    }

    /// A check and its answer. A hard one leaves its inquiry.
    @discardableResult
    package mutating func ask(
        about person: Person, by member: Int, purpose: Purpose = .application, mode: CheckMode = .soft,
        name: String? = nil, profile: String? = "full", asOf: AsOf? = nil, bend: Lenders.Bend = .none
    ) throws(Problem) -> AnswerSheet {
        let request = lenders.check(
            of: person, by: member, at: now, name: name, purpose: purpose, mode: mode, profile: profile, asOf: asOf,
            bend: bend)
        return try put(request, by: member)
    }

    package mutating func put(_ request: SealedRequest, by member: Int) throws(Problem) -> AnswerSheet {
        let requester = lenders.requester(member, at: now)
        let verified = try intake.check(request, from: requester, under: chain, now: now)
        let rules = try rules
        let answer = exchange.answer(verified, by: rules, checkpoint: checkpoint, now: now)
        let inquiry = verified.check.mode == .hard
            ? try exchange.inquiry(of: verified, answered: answer.body, by: rules, now: now) : nil
        if let entry = inquiry?.entry { take(entry) }
        return AnswerSheet(answer.json)
    }

    var checkpoint: PublishedCheckpoint {
        PublishedCheckpoint(size: publishedSize ?? UInt64(stored.count), root: MerkleTree().root)
    }

    func verify<Verified>(
        _ member: Int, _ body: (Intake, Requester) throws(Problem) -> Verified
    ) throws(Problem) -> Verified {
        var lenders = lenders
        return try body(intake, lenders.requester(member, at: now))
    }

    mutating func take(_ admitted: Exchange.Admitted?) {
        if let entry = admitted?.entry { take(entry) }
    }

    private mutating func take(_ entry: EntryFacts) {
        let logIndex = UInt32(stored.count)
        // Facts that were just admitted apply; a test that sees this trap has found a bug.
        let taken = try! exchange.take(entry, by: try! rules, logIndex: logIndex)
        stored.append((logIndex, taken.encoded))
    }

    /// A core rebuilt from what is stored.
    package func replayed() throws -> Exchange {
        var exchange = Exchange(references: references, rings: rings)
        for (logIndex, facts) in stored { try exchange.apply(EntryFacts(decoding: facts), logIndex: logIndex) }
        exchange.link(by: try rules)
        return exchange
    }

    /// Goes on with another core, such as a rebuilt one.
    package mutating func restart(with exchange: Exchange) { self.exchange = exchange }

    /// A change of the registry, signed as it must be.
    package mutating func change(_ change: (inout RegistryVersion) throws(Problem) -> Void) throws {
        lenders.sample = try lenders.sample.changed(at: now, change)
    }
}
