internal import Records
internal import Sodium
package import Vocabulary

/// What admins do to members, each as a change to a draft version.
extension RegistryVersion {
    package mutating func admit(_ member: Member) throws(Problem) {
        guard !members.contains(where: { $0.id == member.id }) else {
            throw Problem(
                .notAdmissible, "The member \(member.id) is in the registry already.",
                hint: "Give it another key with `counterfoil member rotate-key`.")
        }
        guard policy.memberClass(named: member.memberClass) != nil else {
            throw Problem(
                .notAdmissible, "The policy has no member class \(member.memberClass.text).",
                hint: "Its classes are \(policy.memberClasses.map(\.name.text).joined(separator: ", ")).")
        }
        members.append(member)
    }

    /// - Parameter until: the end of the suspension; without it only a quorum may publish the version.
    package mutating func suspend(_ id: MemberID, reason: String, until: Instant?) throws(Problem) {
        let index = try index(of: id, for: "suspended", from: [.active, .suspended])
        members[index].status = .suspended
        members[index].suspension = Member.Suspension(reason: reason, until: until)
    }

    package mutating func resume(_ id: MemberID) throws(Problem) {
        let index = try index(of: id, for: "resumed", from: [.suspended])
        members[index].status = .active
        members[index].suspension = nil
    }

    /// Takes a member out for good. Its keys are retired, the records it furnished stay.
    package mutating func revoke(_ id: MemberID) throws(Problem) {
        let index = try index(of: id, for: "revoked", from: [.active, .suspended])
        members[index].status = .revoked
        members[index].suspension = nil
        for key in members[index].keys.indices where members[index].keys[key].status == .active {
            members[index].keys[key].status = .retired
            members[index].keys[key].since = madeAt
        }
    }

    /// Gives a member a new key and ends its active ones.
    ///
    /// - Parameters:
    ///   - status: what becomes of the active keys.
    ///   - since: until when a superseded or retired key is still taken.
    ///   - sinceIndex: for compromised keys, from which index of the log on their records are disputed.
    package mutating func rotateKey(
        of id: MemberID, to key: MemberKey, ending status: MemberKey.Status, since: Instant, sinceIndex: UInt64? = nil
    ) throws(Problem) {
        precondition(status != .active, "A rotation ends the keys it replaces.")
        let index = try index(of: id, for: "given a key", from: [.active, .suspended])
        guard !members[index].keys.contains(where: { $0.keyID == key.keyID }) else {
            throw Problem(.notAdmissible, "The member \(id) has the key \(key.keyID) already.")
        }
        for old in members[index].keys.indices where members[index].keys[old].status == .active {
            members[index].keys[old].status = status
            members[index].keys[old].since = since
            members[index].keys[old].sinceIndex = status == .compromised ? sinceIndex : nil
        }
        members[index].keys.append(key)
    }

    private func index(
        of id: MemberID, for change: String, from statuses: [Member.Status]
    ) throws(Problem) -> Int {
        guard let index = members.firstIndex(where: { $0.id == id }) else {
            throw Problem(
                .unknownMember, "There is no member \(id) in this registry.",
                hint: "`counterfoil member list` shows who is.")
        }
        guard statuses.contains(members[index].status) else {
            throw Problem(
                .notAdmissible, "The member \(id) is \(members[index].status.rawValue) and cannot be \(change).")
        }
        return index
    }
}
