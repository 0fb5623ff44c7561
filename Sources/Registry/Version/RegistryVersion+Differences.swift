internal import Records
internal import Sodium
internal import Vocabulary

extension RegistryVersion {
    /// What changed since another version, a sentence each: what an admin reads before signing.
    ///
    /// - Parameter previous: `nil` for the first version, of which all is new.
    package func differences(since previous: RegistryVersion?) -> [String] {
        previous.map { differences(following: $0) } ?? founding
    }

    private var founding: [String] {
        [
            "The \(mode.rawValue) consortium \(consortium) is founded.",
            "The log is \(log.origin) with key \(log.publicKey.keyID).",
            "The node \(node.name) is reached at \(node.url) and signs answers with key \(node.answerKey.keyID).",
            "Any \(tokenKeys.threshold) custodians evaluate tokens of epoch \(tokenEpoch).",
            thresholdSentence,
        ] + custodians.map(\.sentence) + admins.map(\.sentence)
            + members.flatMap { $0.differences(since: nil) } + grants.map(\.description)
    }

    private var thresholdSentence: String { "\(adminThreshold) of \(admins.count) admins must sign a change." }

    private func differences(following previous: RegistryVersion) -> [String] {
        var sentences: [String] = []
        func note(_ changed: Bool, _ sentence: String) {
            if changed { sentences.append(sentence) }
        }
        note(consortium != previous.consortium, "The consortium's name becomes \(consortium).")
        note(mode != previous.mode, "The mode becomes \(mode.rawValue).")
        note(log != previous.log, "The log becomes \(log.origin) with key \(log.publicKey.keyID).")
        note(node.url != previous.node.url, "The node is reached at \(node.url).")
        note(node.name != previous.node.name, "The node is called \(node.name).")
        note(node.answerKey != previous.node.answerKey, "The node signs answers with key \(node.answerKey.keyID).")
        note(tokenKeys != previous.tokenKeys, "The token keys are those of epoch \(tokenEpoch).")
        note(adminThreshold != previous.adminThreshold, thresholdSentence)
        sentences += custodianDifferences(since: previous) + adminDifferences(since: previous)
        sentences += memberDifferences(since: previous) + grantDifferences(since: previous)
        sentences += policyDifferences(since: previous)
        return sentences
    }

    private func custodianDifferences(since previous: RegistryVersion) -> [String] {
        let before = Set(previous.custodians), after = Set(custodians)
        return custodians.filter { !before.contains($0) }.map(\.sentence)
            + previous.custodians.filter { old in !after.contains { $0.id == old.id } }
            .map { "Custodian \($0.id) leaves." }
    }

    private func adminDifferences(since previous: RegistryVersion) -> [String] {
        let before = Set(previous.admins), after = Set(admins)
        return admins.filter { !before.contains($0) }.map(\.sentence)
            + previous.admins.filter { !after.contains($0) }.map { "Admin \($0.name) with key \($0.keyID) leaves." }
    }

    private func memberDifferences(since previous: RegistryVersion) -> [String] {
        let before = Dictionary(uniqueKeysWithValues: previous.members.map { ($0.id, $0) })
        let gone = previous.members.filter { old in !members.contains { $0.id == old.id } }
        return members.flatMap { $0.differences(since: before[$0.id]) } + gone.map { "Member \($0.id) is gone." }
    }

    private func policyDifferences(since previous: RegistryVersion) -> [String] {
        guard policy != previous.policy else { return [] }
        let before = previous.policy.json
        let names = (policy.json.members ?? []).filter { before[$0.name] != $0.value }.map(\.name)
        return ["The policy changes\(names.isEmpty ? "" : " in " + names.joined(separator: ", "))."]
    }
}

extension RegisteredCustodian {
    fileprivate var sentence: String { "Custodian \(id) is at \(url), share \(index)." }
}

extension Admin {
    fileprivate var sentence: String { "Admin \(name) signs with key \(keyID)." }
}

extension Member {
    fileprivate func differences(since previous: Member?) -> [String] {
        guard let previous else {
            let names = keys.map(\.keyID.text).joined(separator: ", ")
            return ["Member \(id) (\(memberClass.text)) is admitted with key \(names)."]
        }
        var sentences: [String] = []
        if memberClass != previous.memberClass { sentences.append("Member \(id) is of class \(memberClass.text).") }
        if status != previous.status || suspension != previous.suspension {
            let until = suspension?.until.map { " until \($0)" } ?? ""
            let reason = suspension.map { ": \($0.reason)" } ?? ""
            sentences.append("Member \(id) is \(status.rawValue)\(until)\(reason)\(reason.isEmpty ? "." : "")")
        }
        for key in keys {
            let old = previous.keys.first { $0.keyID == key.keyID }
            if old == nil {
                sentences.append("Member \(id) gets key \(key.keyID), valid from \(key.validFrom).")
            } else if old != key {
                let since = key.since.map { " from \($0)" } ?? ""
                sentences.append("Key \(key.keyID) of member \(id) is \(key.status.rawValue)\(since).")
            }
        }
        return sentences
    }
}
