package import Vocabulary

/// What each kind and each role of identifier may do in the graph, as the policy has it.
///
/// An edge has the permission of its kind *and* of its role; its weight is the product of both.
package struct LinkageRules: Hashable, Sendable {
    /// Indexed by the kind's raw value.
    private var kinds: [KindRule]
    /// Indexed by the role's raw value.
    private var roles: [RoleRule]
    /// Whether a link between two subjects counts only when it rests on more than one member's word: both ends seen by
    /// two members, or a second kind shared.
    package var needsCorroboration: Bool
    /// A group of fewer subjects is no ring and gets no name.
    package var minimumRingSubjects: Int

    package init(
        kinds: [IdentifierKind: KindRule], roles: [IdentifierRole: RoleRule], needsCorroboration: Bool = true,
        minimumRingSubjects: Int = 3
    ) {
        self.kinds = Array(repeating: KindRule(), count: 256)
        self.roles = Array(repeating: RoleRule(), count: 16)
        for (kind, rule) in kinds { self.kinds[Int(kind.rawValue)] = rule }
        for (role, rule) in roles { self.roles[Int(role.rawValue)] = rule }
        self.needsCorroboration = needsCorroboration
        self.minimumRingSubjects = minimumRingSubjects
    }

    package subscript(kind: IdentifierKind) -> KindRule {
        get { kinds[Int(kind.rawValue)] }
        set { kinds[Int(kind.rawValue)] = newValue }
    }

    package subscript(role: IdentifierRole) -> RoleRule {
        get { roles[Int(role.rawValue)] }
        set { roles[Int(role.rawValue)] = newValue }
    }
}

/// One kind of identifier in the graph. What the policy does not name links nothing.
package struct KindRule: Hashable, Sendable {
    /// How much sharing one says, 0 to 1; discovery divides it by the degree.
    package var weight: Double
    /// Shared by more distinct subjects it is demoted: it neither unions nor forwards.
    package var cap: Int
    /// May join subjects into one ring.
    package var union: Bool
    /// May carry a search on.
    package var forward: Bool
    /// May be the second kind that corroborates a link, even where it may not union itself.
    package var corroborates: Bool
    /// An edge not seen for so many days has expired; `nil` for never. Phones are recycled.
    package var days: Int?

    package init(
        weight: Double = 0, cap: Int = 0, union: Bool = false, forward: Bool = false, corroborates: Bool = false,
        days: Int? = nil
    ) {
        (self.weight, self.cap, self.union, self.forward) = (weight, cap, union, forward)
        (self.corroborates, self.days) = (corroborates, days)
    }
}

/// One role of an identifier in the graph: only what is a subject's own merges anybody, by default.
package struct RoleRule: Hashable, Sendable {
    package var weight: Double
    package var union: Bool
    package var forward: Bool

    package init(weight: Double = 0, union: Bool = false, forward: Bool = false) {
        (self.weight, self.union, self.forward) = (weight, union, forward)
    }
}
