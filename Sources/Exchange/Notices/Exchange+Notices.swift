internal import Records
internal import Registry
package import Vocabulary

extension Exchange {
    /// A page of what the member is to be told, as far as it is released.
    ///
    /// - Parameters:
    ///   - cursor: the sequence number of the last notice that the member has; 0 for none.
    ///   - limit: how many at most.
    ///   - now: an instant that no later entry is decided before (see `admit`).
    package func notices(
        of member: MemberID, after cursor: UInt64, limit: Int, by rules: AnswerRules, now: Instant
    ) -> NoticePage {
        let feed = feed(of: member)
        let released = feed.releasedCount(at: now)
        let first = min(Int(clamping: cursor), released)
        let last = min(first + max(0, min(limit, NoticeLimits.noticesPerRequest)), released)
        let writer = NoticeWriter(self, rules: rules, member: member, now: now)
        let notices = (first..<last).map { writer.json(of: feed.notices[$0], sequence: $0 + 1) }
        return NoticePage(
            consortium: rules.version.consortium, member: member, after: cursor,
            cursor: notices.isEmpty ? cursor : UInt64(last), hasMore: last < released, notices: notices,
            unacknowledged: feed.openCorrections(after: feed.acknowledged, released).count)
    }

    /// When the next notice after a cursor is due; `nil` while there is none.
    package func nextRelease(of member: MemberID, after cursor: UInt64) -> Instant? {
        feed(of: member).nextRelease(after: Int(clamping: cursor))
    }

    /// Per member, the corrections that were released and not acknowledged: for the admins alone.
    package func unacknowledged(by rules: AnswerRules, now: Instant) -> JSON {
        let limit = rules.policy.notices.acknowledgeDays
        let members = rules.version.members.compactMap { member -> JSON? in
            let feed = feed(of: member.id)
            let open = feed.openCorrections(after: feed.acknowledged, feed.releasedCount(at: now))
            guard let oldest = open.first?.releaseAt else { return nil }
            let days = (now.milliseconds - oldest.milliseconds) / 86_400_000
            return .object([
                "member": .string(member.id.name), "unacknowledged": .number(open.count),
                "oldestDays": .number(days), "overdue": .bool(oldest.adding(days: limit) <= now),
            ])
        }
        return .object(["computedAt": .string(now.description), "members": .array(members)])
    }
}
