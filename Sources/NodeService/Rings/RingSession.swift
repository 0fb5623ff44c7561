internal import Exchange
internal import HTTPEdge
internal import Records
internal import Registry
internal import Vocabulary

/// The office for one admin: every look spends the request's nonce, and is told to the service's log.
struct RingSession: RingOffice {
    let node: NodeExchange
    let admin: AdminRequester

    /// Rings in a turn of the writer.
    private static let ringsPerTurn = 20

    /// In turns, others between them; a ring that changes meanwhile is told as it is when its turn comes.
    func rings(after name: RingName?, limit: Int) async throws(Problem) -> RingList {
        try Self.require(limit, upTo: RingLimits.ringsPerPage)
        try await begin(.list)
        var rings: [RingSummary] = []
        var (last, hasMore) = (name, true)
        var asOf = node.now()
        while hasMore, rings.count < limit {
            let (start, count) = (last, min(Self.ringsPerTurn, limit - rings.count))
            let page = try await look { $0.rings(after: start, limit: count) }
            if rings.isEmpty { asOf = page.asOf }
            rings += page.rings
            guard let reached = page.rings.last?.ring else {
                hasMore = false
                break
            }
            (last, hasMore) = (reached, page.hasMore)
        }
        return RingList(asOf: asOf, rings: rings, hasMore: hasMore)
    }

    func picture(of name: RingName) async throws(Problem) -> RingPicture {
        try await begin(.picture, name)
        return try await node.look { desk throws(Problem) in try desk.picture(of: name) }
    }

    func candidates() async throws(Problem) -> RingCandidateList {
        try await begin(.candidates)
        return try await look { $0.candidates() }
    }

    func decide(_ request: SealedRequest) async throws(Problem) -> RingDecisionOutcome {
        let rules = try node.rules()
        let admin = admin
        guard let registered = rules.chain.current.admins.first(where: { $0.keyID == admin.keyID }) else {
            throw Problem(.unknownKey, "No admin of this consortium has the key this request is signed with.")
        }
        let verified = try node.intake.ringDecision(request, from: registered, under: rules.chain, now: node.now())
        let outcome = try await node.sequencer.perform { writer throws(Problem) in
            try writer.redeem(admin.nonce, of: admin.keyID, until: admin.expires)
            return try writer.decide(verified, by: rules)
        }
        node.tellAccess(RingAccess(admin: admin.name, kind: .decision, ring: nil))
        return outcome
    }

    func discover() async throws(Problem) -> DiscoveryStatus {
        try await begin(.discover)
        node.discoveries.ask(at: node.now())
        return try await status()
    }

    func discovery() async throws(Problem) -> DiscoveryStatus {
        try await begin(.discovery)
        return try await status()
    }

    private func status() async throws(Problem) -> DiscoveryStatus {
        let runs = try await look { $0.runs }
        return DiscoveryStatus(running: node.discoveries.progress, runs: runs)
    }

    func events(after cursor: UInt64, limit: Int) async throws(Problem) -> RingEvents {
        try Self.require(limit, upTo: RingLimits.eventsPerPage)
        try await begin(.events)
        return try await look { $0.events(after: cursor, limit: limit) }
    }

    // MARK: Looks

    private static func require(_ limit: Int, upTo most: Int) throws(Problem) {
        guard (1...most).contains(limit) else {
            throw Problem(.invalidField, "A page has 1 to \(most) lines.", path: "limit")
        }
    }

    /// Spends the nonce, then tells the service's log: a replayed request is no look.
    private func begin(_ kind: RingAccess.Kind, _ ring: RingName? = nil) async throws(Problem) {
        let admin = admin
        try await node.sequencer.perform { writer throws(Problem) in
            try writer.redeem(admin.nonce, of: admin.keyID, until: admin.expires)
        }
        node.tellAccess(RingAccess(admin: admin.name, kind: kind, ring: ring))
    }

    private func look<Sight: Sendable>(_ look: @escaping @Sendable (RingDesk) -> Sight) async throws(Problem) -> Sight {
        try await node.look { desk throws(Problem) in look(desk) }
    }
}

extension NodeExchange {
    /// A look at what is durable.
    fileprivate func look<Sight: Sendable>(
        _ look: @escaping @Sendable (RingDesk) throws(Problem) -> Sight
    ) async throws(Problem) -> Sight {
        let rules = try rules()
        return try await sequencer.performBetweenBatches { writer throws(Problem) in
            try look(RingDesk(writer.exchange, by: rules, now: writer.time()))
        }
    }
}
