package import Records
package import Vocabulary

/// Budget grants: looked up by custodians, and changed by admins in a draft version.
extension RegistryVersion {
    package func grant(named name: ListedName) -> BudgetGrant? { grants.first { $0.name == name } }

    /// Gives a grant, or more or longer of one that stands.
    ///
    /// - Parameter replacing: whether a grant of this name may stand already; its member and purpose never change.
    package mutating func give(_ grant: BudgetGrant, replacing: Bool = false) throws(Problem) {
        guard members.contains(where: { $0.id == grant.member }) else {
            throw Problem(
                .unknownMember, "There is no member \(grant.member) in this registry.",
                hint: "`counterfoil member list` shows who is.")
        }
        guard let index = grants.firstIndex(where: { $0.name == grant.name }) else {
            grants.append(grant)
            return
        }
        guard replacing else {
            throw Problem(
                .notAdmissible, "There is a grant \(grant.name) in this registry already.",
                hint: "Give it another name, or --replace it; what was used of it stays used.")
        }
        guard grants[index].member == grant.member, grants[index].purpose == grant.purpose else {
            throw Problem(
                .notAdmissible, "The grant \(grant.name) is another member's or for another purpose.",
                hint: "Give the new one a name of its own.")
        }
        grants[index] = grant
    }

    package mutating func withdrawGrant(named name: ListedName) throws(Problem) {
        guard let index = grants.firstIndex(where: { $0.name == name }) else {
            throw Problem(
                .notFound, "There is no grant \(name) in this registry.",
                hint: "`counterfoil registry grant list` shows those there are.")
        }
        grants.remove(at: index)
    }
}

extension RegistryVersion {
    /// What can be seen of the grants from this version alone.
    func validateGrants() throws(FieldFailure) {
        var names: Set<ListedName> = []
        let known = Set(members.map(\.id))
        for (index, grant) in grants.enumerated() {
            guard names.insert(grant.name).inserted else {
                throw FieldFailure(path: "grants[\(index)].name", rule: .malformed("it stands twice in the list"))
            }
            guard known.contains(grant.member) else {
                throw FieldFailure(path: "grants[\(index)].member", rule: .malformed("no member of this registry"))
            }
        }
    }

    /// A grant keeps its holder and its purpose as long as it stands: what was signed for one is never another's.
    func grantViolation(following previous: RegistryVersion) -> String? {
        for grant in grants {
            guard let before = previous.grant(named: grant.name) else { continue }
            if before.member != grant.member { return "The grant \(grant.name) goes to another member." }
            if before.purpose != grant.purpose { return "The grant \(grant.name) is turned to another purpose." }
        }
        return nil
    }

    func grantDifferences(since previous: RegistryVersion) -> [String] {
        let before = Set(previous.grants)
        return grants.filter { !before.contains($0) }.map(\.description)
            + previous.grants.filter { grant(named: $0.name) == nil }.map { "The grant \($0.name) is withdrawn." }
    }
}
