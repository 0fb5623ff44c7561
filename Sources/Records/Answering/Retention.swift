package import Vocabulary

/// Until when a statement may be in an answer.
package enum Expiry: Hashable, Sendable {
    case never
    case at(Instant)

    package func isOver(at now: Instant) -> Bool {
        switch self {
        case .never: false
        case .at(let instant): instant <= now
        }
    }
}

/// Retention as it is applied when an answer is made: a record past its maximum is not in the answer, even if nobody
/// has cleaned up yet (DOMAIN §2).
package enum Retention {
    /// When a report expires.
    ///
    /// - Parameter parent: the expiry of the report it continues; needed where its code's retention is the parent's. A
    ///   parent that is not there takes its cure with it.
    package static func expiry(
        of report: Report, eventTime: Instant, parent: Expiry? = nil, policy: Policy
    ) -> Expiry {
        guard let code = policy.reasonCodes[report.code] else { return .at(eventTime) }
        let rule = report.underAge21 ? code.retentionUnderAge21 ?? code.retention : code.retention
        return expiry(by: rule, began: eventTime, endedOn: report.endedOn, parent: parent, policy)
    }

    package static func expiry(of marker: Marker, eventTime: Instant, policy: Policy) -> Expiry {
        guard let code = policy.reasonCodes[marker.code] else { return .at(eventTime) }
        return expiry(by: code.retention, began: eventTime, endedOn: marker.endedOn, parent: nil, policy)
    }

    package static func expiryOfLoanEvent(at eventTime: Instant, policy: Policy) -> Expiry {
        .at(eventTime.adding(days: policy.retention.loanEventDays))
    }

    package static func expiryOfInquiry(at eventTime: Instant, policy: Policy) -> Expiry {
        .at(eventTime.adding(days: policy.retention.inquiryDays))
    }

    /// Until when a dispute keeps its report out of the score.
    package static func expiryOfDispute(takenInAt instant: Instant, policy: Policy) -> Expiry {
        .at(instant.adding(days: policy.disputeDays))
    }

    private static func expiry(
        by rule: RetentionRule, began: Instant, endedOn: CalendarDate?, parent: Expiry?, _ policy: Policy
    ) -> Expiry {
        let ended = endedOn.map { policy.timeZone.end(of: $0) }
        switch rule {
        case .days(let days): return .at((ended ?? began).adding(days: days))
        case .afterEnd(let days, let openAtMostDays):
            let latest = began.adding(days: openAtMostDays)
            return .at(min(ended ?? latest, latest).adding(days: days))
        case .asParent: return parent ?? .at(began)
        case .unlimited: return .never
        }
    }
}

extension Instant {
    package func adding(days: Int) -> Instant { adding(seconds: Int64(days) * secondsPerDay) }
}
