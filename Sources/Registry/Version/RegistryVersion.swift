internal import OPRF
package import Records
internal import Sodium
package import Vocabulary

/// One version of the registry: who takes part, with which keys, under which policy. What admins sign.
///
/// A draft is made by changing the fields of `next(madeAt:note:)`; whether a version may follow another is decided by
/// `RegistryChain` alone.
package struct RegistryVersion: Equatable, Sendable {
    package var number: Int
    /// SHA-256 of the previous version's payload; `nil` in the first version alone.
    package var previous: Hash?
    package let consortium: String
    package var mode: ConsortiumMode
    package var madeAt: Instant
    package var log: LogIdentity
    package var node: NodeIdentity
    package var tokenKeys: TokenKeys
    package var custodians: [RegisteredCustodian]
    package var admins: [Admin]
    /// How many admins must sign a change.
    package var adminThreshold: Int
    package var members: [Member]
    /// Leave for large jobs, beside the policy's daily budgets.
    package var grants: [BudgetGrant]
    package var policy: Policy
    /// Why this version was made, for people.
    package var changeNote: String

    package init(
        consortium: String, mode: ConsortiumMode, madeAt: Instant, log: LogIdentity, node: NodeIdentity,
        tokenKeys: TokenKeys, custodians: [RegisteredCustodian], admins: [Admin], adminThreshold: Int,
        members: [Member] = [], grants: [BudgetGrant] = [], policy: Policy, changeNote: String
    ) {
        (number, previous) = (1, nil)
        (self.consortium, self.mode, self.madeAt, self.log, self.node) = (consortium, mode, madeAt, log, node)
        (self.tokenKeys, self.custodians, self.admins) = (tokenKeys, custodians, admins)
        (self.adminThreshold, self.members, self.policy) = (adminThreshold, members, policy)
        (self.grants, self.changeNote) = (grants, changeNote)
    }

    package var tokenEpoch: KeyEpoch { tokenKeys.epoch }

    /// Members whose requests are taken at that instant.
    package func activeMembers(at now: Instant) -> [Member] { members.filter { $0.status(at: now) == .active } }

    package func custodian(_ id: CustodianID) -> RegisteredCustodian? { custodians.first { $0.id == id } }
}

/// Limits of a version; together they keep a registry file readable by a person.
enum RegistryLimits {
    static let members = 1000
    static let keysPerMember = 64
    static let custodians = 32
    static let admins = 64
    static let grants = 256
    static let noteBytes = 1000
    static let reasonBytes = 400
    static let versions = 10_000
    static let fileBytes = 64 << 20
    /// How far a version's time may be ahead of a reader's clock.
    static let clockSkewSeconds: Int64 = 120
}
