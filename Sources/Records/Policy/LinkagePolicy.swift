package import Vocabulary

/// How the graph links people: what the roles of an identifier may do, and how far a search goes.
package struct LinkagePolicy: Hashable, Sendable {
    package let roles: [LinkageRole]
    /// Whether a link counts only when it rests on more than one member's word about more than one thing.
    package let needsCorroboration: Bool
    /// A group of fewer subjects is no ring.
    package let minimumRingSubjects: Int
    /// From person to person; each takes two steps of the graph.
    package let searchHops: Int
    package let searchEdges: Int
    /// Whether an answer says that a ring is a candidate; admins are told always.
    package let tellsCandidates: Bool

    /// The permissions of a role, on top of those of its identifier's kind.
    package struct LinkageRole: Hashable, Sendable {
        package let role: IdentifierRole
        package let union: Bool
        package let forward: Bool
        package let weightPerMille: Int
    }

    /// For policies of before linkage: what is a person's own links, a co-borrower's or a guarantor's carries a search.
    static let initial = LinkagePolicy(
        roles: [
            LinkageRole(role: .own, union: true, forward: true, weightPerMille: 1000),
            LinkageRole(role: .contact, union: false, forward: false, weightPerMille: 200),
            LinkageRole(role: .guarantor, union: false, forward: true, weightPerMille: 500),
            LinkageRole(role: .coBorrower, union: false, forward: true, weightPerMille: 500),
            LinkageRole(role: .spouse, union: false, forward: false, weightPerMille: 200),
            LinkageRole(role: .workplace, union: false, forward: false, weightPerMille: 50),
            LinkageRole(role: .agent, union: false, forward: false, weightPerMille: 300),
            LinkageRole(role: .staff, union: false, forward: false, weightPerMille: 0),
        ], needsCorroboration: true, minimumRingSubjects: 3, searchHops: 2, searchEdges: 2000,
        tellsCandidates: false)

    private init(
        roles: [LinkageRole], needsCorroboration: Bool, minimumRingSubjects: Int, searchHops: Int, searchEdges: Int,
        tellsCandidates: Bool
    ) {
        (self.roles, self.needsCorroboration) = (roles, needsCorroboration)
        (self.minimumRingSubjects, self.searchHops, self.searchEdges) = (minimumRingSubjects, searchHops, searchEdges)
        self.tellsCandidates = tellsCandidates
    }

    init(reading reader: consuming ObjectReader) throws(FieldFailure) {
        var roles: [LinkageRole] = []
        for (index, element) in try reader.array("roles", maximum: 16).enumerated() {
            let role = try LinkageRole(element, path: "\(reader.path(of: "roles"))[\(index)]")
            guard !roles.contains(where: { $0.role == role.role }) else {
                throw reader.failure("roles", .malformed("a role stands twice in the list"))
            }
            roles.append(role)
        }
        self.roles = roles
        guard let corroboration = try reader.optionalBool("needsCorroboration") else {
            throw reader.failure("needsCorroboration", .missing)
        }
        needsCorroboration = corroboration
        minimumRingSubjects = Int(try reader.integer("minimumRingSubjects", in: 2...1000))
        searchHops = Int(try reader.integer("searchHops", in: 1...4))
        searchEdges = Int(try reader.integer("searchEdges", in: 10...100_000))
        guard let candidates = try reader.optionalBool("tellsCandidates") else {
            throw reader.failure("tellsCandidates", .missing)
        }
        tellsCandidates = candidates
        try reader.finish()
    }

    var json: JSON {
        .object([
            "roles": .array(roles.map(\.json)),
            "needsCorroboration": .bool(needsCorroboration),
            "minimumRingSubjects": .number(minimumRingSubjects),
            "searchHops": .number(searchHops),
            "searchEdges": .number(searchEdges),
            "tellsCandidates": .bool(tellsCandidates),
        ])
    }
}

extension LinkagePolicy.LinkageRole {
    init(_ json: JSON, path: String) throws(FieldFailure) {
        var reader = try ObjectReader(json, path: path)
        role = try reader.choice("role", CommittedIdentifier.roles)
        guard let union = try reader.optionalBool("union") else { throw reader.failure("union", .missing) }
        guard let forward = try reader.optionalBool("forward") else { throw reader.failure("forward", .missing) }
        (self.union, self.forward) = (union, forward)
        weightPerMille = Int(try reader.integer("weightPerMille", in: 0...1000))
        try reader.finish()
    }

    var json: JSON {
        .object([
            "role": .string(CommittedIdentifier.roles.name(of: role)),
            "union": .bool(union),
            "forward": .bool(forward),
            "weightPerMille": .number(weightPerMille),
        ])
    }
}
