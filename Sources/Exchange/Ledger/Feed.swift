package import Vocabulary

/// What a member is told after it asked: fixed when its cause is admitted, and replayed as it was.
package struct NoticeFacts: Hashable, Sendable {
    /// Which of the member's own doings the notice goes back to.
    package enum About: Hashable, Sendable {
        /// By case.
        case inquiry(UInt32)
        case reservation(UInt32)
        case watch(RecordID)
    }

    package enum News: Hashable, Sendable {
        /// A statement about the person that was not known when the member asked, by its case and subject.
        case alert(statement: UInt32, subject: UInt8)
        /// A statement that the member was told of does not stand as it was told.
        case correction(statement: UInt32, subject: UInt8, Change)
        /// Somebody else reserved the person.
        case reservation
        /// A finding of the policy that is met from now on, by its code.
        case stacking(String)
    }

    package enum Change: UInt8, Hashable, Sendable, CaseIterable {
        case retracted = 1
        case amended, disputed, decided

        package var name: String { String(describing: self) }
    }

    package var member: MemberID
    package var about: About
    package var news: News
    /// On the policy's beat, so that the time does not name the reporter.
    package var releaseAt: Instant

    package init(member: MemberID, about: About, news: News, releaseAt: Instant) {
        (self.member, self.about, self.news, self.releaseAt) = (member, about, news, releaseAt)
    }
}

/// One member's notices in the order of their release. A notice's place, counted from 1, is its sequence number.
///
/// A new notice is released no earlier than now, so whatever was released keeps its number.
package struct Feed: Hashable, Sendable {
    package private(set) var notices: [NoticeFacts] = []
    /// Up to which sequence number the member has acknowledged.
    package private(set) var acknowledged = 0

    package init() {}

    /// How many notices are released by now.
    package func releasedCount(at now: Instant) -> Int {
        var (low, high) = (0, notices.count)
        while low < high {
            let middle = (low + high) / 2
            if notices[middle].releaseAt <= now { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// When the next notice after the given ones is due.
    package func nextRelease(after count: Int) -> Instant? {
        count < notices.count ? notices[count].releaseAt : nil
    }

    mutating func add(_ notice: NoticeFacts) {
        var place = notices.count
        while place > 0, notices[place - 1].releaseAt > notice.releaseAt { place -= 1 }
        notices.insert(notice, at: place)
    }

    mutating func acknowledge(upTo sequence: Int) { acknowledged = max(acknowledged, min(sequence, notices.count)) }
}

/// Somebody who was told of a statement, and is owed a correction should it not stand.
package struct Told: Hashable, Sendable {
    package let member: UInt16
    package let about: NoticeFacts.About
    /// Which subject of the statement it was told of.
    package let subject: UInt8
    package let toldAt: Instant
}
