package import Linkage
package import Records
internal import Vocabulary

extension LinkageRules {
    package init(_ policy: Policy) {
        // No link outlives the records that it was made from.
        let retained = min(policy.retention.loanEventDays, policy.retention.inquiryDays)
        var kinds: [IdentifierKind: KindRule] = [:]
        for rule in policy.identifierKinds.all {
            kinds[rule.kind] = KindRule(
                weight: Double(rule.weightPerMille) / 1000, cap: rule.cap, union: rule.union, forward: rule.forward,
                corroborates: rule.corroborates, days: min(rule.linkDays ?? .max, retained))
        }
        var roles: [IdentifierRole: RoleRule] = [:]
        for role in policy.linkage.roles {
            roles[role.role] = RoleRule(
                weight: Double(role.weightPerMille) / 1000, union: role.union, forward: role.forward)
        }
        self.init(
            kinds: kinds, roles: roles, needsCorroboration: policy.linkage.needsCorroboration,
            minimumRingSubjects: policy.linkage.minimumRingSubjects)
    }
}
