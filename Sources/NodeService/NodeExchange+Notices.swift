internal import Exchange
internal import Records
internal import Registry
internal import Vocabulary

// A member's feed: read by request, waited for, and streamed.
extension NodeExchange {
    /// The notices after a cursor; where there are none, those that come until the wait is over.
    func notices(
        after cursor: UInt64, wait: Duration, limit: Int, from requester: Requester
    ) async throws(Problem) -> Envelope {
        let ticket = try bell.enter(requester.member)
        let given = min(max(wait, .zero), NoticeLimits.maximumWait).components.seconds
        let end = now().adding(seconds: given)
        // Looked at between batches: what a decision of the same batch adds must not come before what was served.
        try await sequencer.perform { writer throws(Problem) in try writer.redeem(requester) }
        var look = try await look(of: requester.member, after: cursor, limit: limit)
        while look.page.isEmpty, now() < end, !bell.isClosed, !Task.isCancelled {
            await ticket.wait(until: min(end, look.nextRelease ?? end))
            look = try await self.look(of: requester.member, after: cursor, limit: limit)
        }
        return sign(look.page)
    }

    private func look(of member: MemberID, after cursor: UInt64, limit: Int) async throws(Problem) -> Writer.Look {
        let rules = try rules()
        return try await sequencer.performBetweenBatches { writer throws(Problem) in
            writer.notices(of: member, after: cursor, limit: limit, by: rules)
        }
    }

    private func sign(_ page: NoticePage) -> Envelope {
        Envelope.sign(payloadType: .notices, payload: page.json.bytes, key: answerKey)
    }

    /// The feed as it goes on. The request is spent before anything of it is returned.
    func noticeStream(after cursor: UInt64, from requester: Requester) async throws(Problem) -> NoticeStream {
        let ticket = try bell.enter(requester.member)
        try await sequencer.perform { writer throws(Problem) in try writer.redeem(requester) }
        return NoticeStream(node: self, requester: requester, ticket: ticket, cursor: cursor)
    }

    /// The next page with something in it; `nil` once the stream is to end.
    fileprivate func nextPage(
        after cursor: UInt64, for requester: Requester, _ ticket: NoticeBell.Ticket
    ) async throws(Problem) -> (envelope: Envelope, cursor: UInt64)? {
        while !bell.isClosed, !Task.isCancelled {
            // A stream outlives the look at its key: who was suspended meanwhile is told nothing more.
            guard registry.standing(of: requester.keyID, at: now()).problem == nil else { return nil }
            let look = try await look(of: requester.member, after: cursor, limit: NoticeStream.noticesPerEvent)
            if !look.page.isEmpty { return (sign(look.page), look.page.cursor) }
            await ticket.wait(until: look.nextRelease ?? Instant(milliseconds: .max))
        }
        return nil
    }

    /// Ends every wait for notices: the node shuts down.
    package func endWaits() { bell.close() }
}

/// One member's signed pages from a cursor on, one after the other, each made when it is asked for.
struct NoticeStream: AsyncSequence, Sendable {
    static let noticesPerEvent = 100

    fileprivate let node: NodeExchange
    fileprivate let requester: Requester
    fileprivate let ticket: NoticeBell.Ticket
    fileprivate let cursor: UInt64

    func makeAsyncIterator() -> Iterator { Iterator(stream: self, cursor: cursor) }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate let stream: NoticeStream
        fileprivate var cursor: UInt64

        mutating func next() async throws(Problem) -> (envelope: Envelope, cursor: UInt64)? {
            let page = try await stream.node.nextPage(after: cursor, for: stream.requester, stream.ticket)
            if let page { cursor = page.cursor }
            return page
        }
    }
}
