internal import Records
internal import Sodium
internal import Vocabulary

/// What a version may not do to the one before it, whoever signs. Nothing that was ever verified with the registry may
/// become unverifiable, and nothing that was ended may silently come back.
extension RegistryVersion {
    /// The first rule that this version breaks as the successor of another, as a sentence; `nil` where none.
    func violation(following previous: RegistryVersion) -> String? {
        if consortium != previous.consortium { return "The consortium's name changes." }
        if mode == .demo, previous.mode == .production { return "A production consortium turns into a demo." }
        if log.origin != previous.log.origin { return "The log's origin changes." }
        if policy != previous.policy, policy.version <= previous.policy.version {
            return "The policy changes and its version does not rise."
        }
        return tokenKeyViolation(following: previous) ?? memberViolation(following: previous)
            ?? grantViolation(following: previous)
    }

    /// Keys change with their epoch, and an epoch is never used again.
    private func tokenKeyViolation(following previous: RegistryVersion) -> String? {
        if tokenEpoch < previous.tokenEpoch { return "The token epoch goes back." }
        if tokenEpoch == previous.tokenEpoch, tokenKeys != previous.tokenKeys {
            return "The token keys change within their epoch."
        }
        return nil
    }

    private func memberViolation(following previous: RegistryVersion) -> String? {
        let successors = Dictionary(uniqueKeysWithValues: members.map { ($0.id, $0) })
        for member in previous.members {
            guard let successor = successors[member.id] else { return "The member \(member.id) is gone." }
            if successor.admittedAt != member.admittedAt { return "The member \(member.id) is admitted anew." }
            if member.status == .revoked, successor.status != .revoked {
                return "The member \(member.id) was revoked and comes back."
            }
            if let violation = Self.keyViolation(of: successor, following: member) { return violation }
        }
        return nil
    }

    private static func keyViolation(of member: Member, following previous: Member) -> String? {
        for key in previous.keys {
            guard let successor = member.keys.first(where: { $0.keyID == key.keyID }) else {
                return "The key \(key.keyID) of \(member.id) is gone."
            }
            if successor.validFrom != key.validFrom { return "The key \(key.keyID) of \(member.id) starts anew." }
            if key.status != .active, successor.status == .active {
                return "The key \(key.keyID) of \(member.id) was \(key.status.rawValue) and comes back."
            }
            if key.status == .compromised, successor != key {
                return "The key \(key.keyID) of \(member.id) was compromised and is no longer so, or from elsewhere on."
            }
        }
        return nil
    }
}

extension RegistryVersion {
    /// The longest that one admin alone may suspend a member.
    static let longestLoneSuspensionSeconds: Int64 = 30 * 86_400

    /// Whether this version does nothing but suspend one active member for at most 30 days, which one admin may do.
    ///
    /// It is compared with the previous version to which just that was done, so that no field can be forgotten here.
    func onlySuspends(since previous: RegistryVersion) -> Bool {
        let changed = previous.members.indices.filter {
            members.indices.contains($0) && members[$0] != previous.members[$0]
        }
        guard changed.count == 1, previous.members[changed[0]].status == .active,
            let suspension = members[changed[0]].suspension, let until = suspension.until,
            until <= madeAt.adding(seconds: Self.longestLoneSuspensionSeconds)
        else { return false }
        var expected = previous
        (expected.number, expected.previous) = (number, self.previous)
        (expected.madeAt, expected.changeNote) = (madeAt, changeNote)
        expected.members[changed[0]].status = .suspended
        expected.members[changed[0]].suspension = suspension
        return self == expected
    }
}
