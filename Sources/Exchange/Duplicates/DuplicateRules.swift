/// From when on shared or conflicting identifiers are worth a finding.
///
/// Families share a device, an account and a contact: the numbers are above what a household has.
package struct DuplicateRules: Hashable, Sendable {
    /// No finding rests on fewer members: one member's slip of the pen is none.
    package var minimumMembers = 2
    /// Distinct national IDs under one device, the applicant's among them.
    package var deviceIDs = 5
    /// Distinct national IDs under one card, the applicant's among them.
    package var cardIDs = 3
    /// Distinct persons, other than the applicant, who gave one phone as a contact's.
    package var contactPersons = 5
    /// What was first seen so many days ago or less is fresh.
    package var freshDays = 30
    /// So many other fresh national IDs behind one of the applicant's contact identifiers are told.
    package var freshIDs = 2
    /// Distinct members asked for a loan within `burstDays`.
    package var burstMembers = 3
    package var burstDays = 7
    /// Of the reasons for a synthetic identity, one of a conflict among them.
    package var syntheticReasons = 3
    /// Distinct borrowers with a known first payment behind one agent or staff member.
    package var collusionLoans = 10
    /// An excess less likely than this by chance is told.
    package var collusionSignificance = 0.001
    /// And without any one member's loans it is still less likely than this.
    package var significanceWithoutOneMember = 0.05
    /// And the share is so many times that of the rest.
    package var collusionLift = 2.0
    /// How many loans of one member are looked at for the share of the rest.
    package var restOfOneMember = 500
    /// How many links of one identifier are followed in each chain: many times every threshold and most caps.
    package var linkLimit = 2000
    /// How many links of another person's ID are followed, to see whether it is fresh: an ID with more is not.
    package var otherLinkLimit = 100

    package init(_ change: (inout DuplicateRules) -> Void = { _ in }) { change(&self) }
}
