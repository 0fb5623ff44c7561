internal import Exchange
internal import ExchangeClient
internal import Registry
internal import Vocabulary

/// When the node is told that its notices were read.
package enum AcknowledgeWhen: String, Sendable, CaseIterable {
    /// Once they are durable here.
    case stored
    /// Corrections once the lender's system has taken them, everything else once it is durable here.
    case delivered
}

/// Reads the node's feed from the stored cursor on. It believes a list once it is verified, stores it whole, and
/// acknowledges afterwards: a kill at any line reads the same list again, and stores it once.
struct NoticeFeed: Sendable {
    enum Outcome: Equatable, Sendable {
        /// So many notices were stored, and perhaps there are more.
        case stored(Int)
        case nothing
        /// The node is away, or its word is not believed.
        case failed(ErrorCode)
    }

    let outbox: Outbox
    let node: any Node
    let sealer: RequestSealer
    let watch: RegistryWatch
    let events: GatewayEvents
    let member: MemberID
    let when: AcknowledgeWhen
    let newID: @Sendable () -> RecordID
    let now: @Sendable () -> Instant

    /// Asks once. - Parameter wait: how long the node may hold the answer back where there is nothing.
    func pull(wait: Duration) async -> Outcome {
        do throws(Problem) {
            let position = try await outbox.feedPosition()
            let page = try await page(after: position.cursor, wait: wait)
            guard page.cursor > page.after else { return .nothing }
            let missing = try await outbox.take(page, now: now())
            if missing > 0 { events.noticesMissing(Int(clamping: missing)) }
            events.noticed(page.notices.count)
            return .stored(page.notices.count)
        } catch {
            events.feedFailed(error)
            return .failed(error.code)
        }
    }

    private func page(after cursor: UInt64, wait: Duration) async throws(Problem) -> VerifiedNotices {
        let limit = NoticeLimits.noticesPerRequest
        let version = watch.chain.current.number
        let envelope = try await node.notices(after: cursor, wait: wait, limit: limit)
        do throws(Problem) {
            return try NoticesVerifier(watch.chain).verify(
                envelope, of: member, after: cursor, limit: limit, now: now())
        } catch {
            // Another answer key: a newer registry may tell.
            guard Checker.mayBeStale(error), await watch.look(beyond: version) else { throw error }
            return try NoticesVerifier(watch.chain).verify(
                envelope, of: member, after: cursor, limit: limit, now: now())
        }
    }

    /// Tells the node what was read. - Returns: whether nothing is left to tell.
    @discardableResult
    func acknowledge() async -> Bool {
        do throws(Problem) {
            let position = try await outbox.acknowledgeable(whenTaken: when == .delivered)
            guard position.cursor > position.acknowledged else { return true }
            let request = sealer.acknowledgement(newID(), upTo: position.cursor, madeAt: now())
            _ = try await node.acknowledge(request)
            try await outbox.acknowledged(upTo: position.cursor)
            return true
        } catch {
            events.feedFailed(error)
            return false
        }
    }
}
