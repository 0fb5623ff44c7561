internal import Vocabulary

/// Which members may check, by what they furnish: looked at anew now and then, since it changes slowly and is measured
/// over all of a member's loans.
struct Entitlements {
    /// A member that may check keeps the right for so long before it is measured again.
    static let grantedSeconds: Int64 = 3600
    /// One that may not is measured again soon: it may have furnished meanwhile.
    static let refusedSeconds: Int64 = 60

    private struct Entry {
        let problem: Problem?
        let registryVersion: Int
        let until: Instant
    }

    private var entries: [MemberID: Entry] = [:]

    /// - Parameter measure: why the member may not check by what it furnishes now; `nil` where it may.
    mutating func problem(
        of member: MemberID, registryVersion: Int, at now: Instant, measure: () -> Problem?
    ) -> Problem? {
        if let entry = entries[member], entry.registryVersion == registryVersion, now < entry.until {
            return entry.problem
        }
        let problem = measure()
        let seconds = problem == nil ? Self.grantedSeconds : Self.refusedSeconds
        entries[member] = Entry(
            problem: problem, registryVersion: registryVersion, until: now.adding(seconds: seconds))
        return problem
    }
}
