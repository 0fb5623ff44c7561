package import Vocabulary

/// What the node offers those who may look at rings: the admins of the registry, and its auditors.
///
/// The service implements it in process for one verified admin or auditor; the client over HTTPS. Each look is logged.
/// Errors beside those of every signed request: `notEntitled` for members, `notFound` for a ring that never was.
package protocol RingOffice: Sendable {
    /// Rings with names after one, in the order of their names. `GET /v1/rings?after=R-12&limit=100`
    ///
    /// - Parameter limit: 1 to 500.
    func rings(after name: RingName?, limit: Int) async throws(Problem) -> RingList
    /// A ring or a candidate; an alias leads to the ring it became part of. `GET /v1/rings/{ring}`
    func picture(of name: RingName) async throws(Problem) -> RingPicture
    /// What is left to decide, the most suspicious first. `GET /v1/rings/candidates`
    func candidates() async throws(Problem) -> RingCandidateList
    /// Confirms or dismisses a candidate, or seeds a switchboard: for admins alone, and durable when it returns.
    /// `POST /v1/rings/decisions`
    ///
    /// - Throws: `recordConflict` for a decision's id under which something else was decided, or a candidate decided
    ///   otherwise; `wrongCommitment` where the opening beside a seed does not open it.
    func decide(_ request: SealedRequest) async throws(Problem) -> RingDecisionOutcome
    /// Starts a discovery unless one runs. `POST /v1/rings/discovery`
    func discover() async throws(Problem) -> DiscoveryStatus
    /// `GET /v1/rings/discovery`
    func discovery() async throws(Problem) -> DiscoveryStatus
    /// What happened after a cursor, the oldest first. `GET /v1/rings/events?after=0&limit=100`
    ///
    /// - Parameter limit: 1 to 500.
    func events(after cursor: UInt64, limit: Int) async throws(Problem) -> RingEvents
}
