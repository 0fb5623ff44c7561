package import Vocabulary

/// What the current registry says of the key a request is signed with.
package enum KeyStanding: Hashable, Sendable {
    case unknown
    case active(MemberID)
    case suspended(MemberID, reason: String, until: Instant?)
    case revoked(MemberID)
    /// Registered, but valid from a later instant only.
    case notYetValid(MemberID, from: Instant)
    /// Superseded, retired or compromised.
    case retired(MemberID, MemberKey.Status)

    package var member: MemberID? {
        switch self {
        case .unknown: nil
        case .active(let member), .suspended(let member, _, _), .revoked(let member), .notYetValid(let member, _),
            .retired(let member, _):
            member
        }
    }
}

extension KeyStanding {
    package init(of member: Member, _ key: MemberKey, at now: Instant) {
        switch member.status(at: now) {
        case .revoked: self = .revoked(member.id)
        case .suspended:
            self = .suspended(
                member.id, reason: member.suspension?.reason ?? "not stated", until: member.suspension?.until)
        case .active where key.isAccepted(at: now): self = .active(member.id)
        case .active where key.status == .active: self = .notYetValid(member.id, from: key.validFrom)
        case .active: self = .retired(member.id, key.status)
        }
    }

    /// Why a request under this key is refused; `nil` where it is not.
    package var problem: Problem? {
        switch self {
        case .active: nil
        case .unknown:
            Problem(
                .unknownKey, "No member of this consortium has the key this request is signed with.",
                hint: "Ask an admin to admit the key, or use the key that the registry lists.")
        case .suspended(_, let reason, let until):
            Problem(
                .suspendedMember, "This member is suspended\(until.map { " until \($0)" } ?? ""): \(reason)",
                hint: "The consortium's admins can lift the suspension. What was furnished stays.")
        case .revoked: Problem(.unknownMember, "This member no longer takes part in the consortium.")
        case .notYetValid(_, let from): Problem(.unknownKey, "This key is valid from \(from) on.")
        case .retired(_, let status):
            Problem(
                .unknownKey, "This key is \(status.rawValue) and signs no more requests.",
                hint: "Use the member's current key.")
        }
    }
}
