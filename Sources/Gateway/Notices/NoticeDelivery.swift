internal import HTTPEdge
internal import Sodium
internal import Vocabulary

/// Brings notices to the lender's system: at least once each, those about one matter in their order. Where there is no
/// webhook they wait until they are fetched and said to be seen.
actor NoticeDelivery {
    private let outbox: Outbox
    private let webhook: Webhook?
    private let key: SigningKey
    private let giveUpAfterDays: Int
    private let events: GatewayEvents
    private let now: @Sendable () -> Instant
    private var backoff = Backoff()
    /// The lender's system did not answer at all: nothing is tried before.
    private var heldUntil: Instant?

    init(
        outbox: Outbox, webhook: Webhook?, key: SigningKey, giveUpAfterDays: Int, events: GatewayEvents,
        now: @escaping @Sendable () -> Instant
    ) {
        (self.outbox, self.webhook, self.key) = (outbox, webhook, key)
        (self.giveUpAfterDays, self.events, self.now) = (giveUpAfterDays, events, now)
    }

    /// Sends what is due. - Returns: when to come back; `nil` once nothing waits.
    func drain() async -> Instant? {
        guard let webhook else { return nil }
        do throws(Problem) {
            let count = try await outbox.giveUp(receivedBefore: now().adding(seconds: Int64(-86_400 * giveUpAfterDays)))
            if count > 0 { events.noticesGivenUp(count) }
            while !Task.isCancelled {
                if let heldUntil, heldUntil > now() { return heldUntil }
                let (notice, next) = try await outbox.dueNotice(now: now())
                guard let notice else { return next }
                try await send(notice, to: webhook)
            }
            return nil
        } catch {
            events.webhookFailed(error.code.rawValue)
            return now().adding(seconds: 60)
        }
    }

    private func send(_ notice: DueNotice, to webhook: Webhook) async throws(Problem) {
        let status: Int
        do throws(ClientFailure) {
            status = try await webhook.send(webhook.request(notice.document, key: key, now: now())).status
        } catch {
            events.webhookFailed("noAnswer")
            return try await hold(notice)
        }
        switch status {
        case 200...299:
            (backoff, heldUntil) = (Backoff(), nil)
            try await outbox.taken(notice.sequence, now: now())
            events.noticeTaken()
        case 429, 500...:
            events.webhookFailed(String(status))
            try await hold(notice)
        default:
            // This notice is refused; others need not be.
            events.webhookFailed(String(status))
            try await postpone(notice)
        }
    }

    private func hold(_ notice: DueNotice) async throws(Problem) {
        backoff.failed()
        heldUntil = now().adding(seconds: backoff.delay.components.seconds)
        try await postpone(notice)
    }

    private func postpone(_ notice: DueNotice) async throws(Problem) {
        let delay = Backoff(failures: notice.attempts + 1).delay
        try await outbox.postpone(notice.sequence, until: now().adding(seconds: delay.components.seconds))
    }
}
