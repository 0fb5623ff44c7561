import Linkage
import Vocabulary

extension LinkageRules {
    /// What the standard policy says, as far as linkage goes.
    static let example = LinkageRules(kinds: exampleKinds, roles: exampleRoles)

    /// The same, believing every member at its word.
    static var credulous: LinkageRules {
        var rules = example
        rules.needsCorroboration = false
        return rules
    }

    private static let exampleKinds: [IdentifierKind: KindRule] = {
        var kinds: [IdentifierKind: KindRule] = [
            .nationalID: KindRule(weight: 1, cap: 50, union: true, forward: true),
            .phone: KindRule(weight: 0.8, cap: 20, union: true, forward: true, corroborates: true, days: 720),
            .card: KindRule(weight: 1, cap: 10, union: true, forward: true, corroborates: true, days: 1440),
            .device: KindRule(weight: 0.9, cap: 20, union: true, forward: true, corroborates: true, days: 720),
            .email: KindRule(weight: 0.8, cap: 20, union: true, forward: true, corroborates: true, days: 1440),
            .address: KindRule(weight: 0.3, cap: 30, forward: true, corroborates: true, days: 1080),
            .employer: KindRule(weight: 0.05, cap: 500),
            .staff: KindRule(weight: 0, cap: 10_000),
        ]
        for kind in IdentifierKind.allCases where kind.isComposite { kinds[kind] = KindRule(weight: 0, cap: 200) }
        return kinds
    }()

    private static let exampleRoles: [IdentifierRole: RoleRule] = [
        .own: RoleRule(weight: 1, union: true, forward: true),
        .guarantor: RoleRule(weight: 0.5, forward: true), .coBorrower: RoleRule(weight: 0.5, forward: true),
        .spouse: RoleRule(weight: 0.2), .contact: RoleRule(weight: 0.2), .workplace: RoleRule(weight: 0.05),
        .agent: RoleRule(weight: 0.3), .staff: RoleRule(weight: 0),
    ]
}
