internal import OPRF
internal import Records
internal import Sodium
internal import Vocabulary

extension RegistryVersion {
    /// What can be seen from this version alone, apart from the public shares.
    func validate() throws(FieldFailure) {
        guard (number == 1) == (previous == nil) else {
            throw FieldFailure(path: "previous", rule: .malformed("every version but the first names the one before"))
        }
        try requireDistinct(admins.map(\.name), "admins", "a name that stands twice")
        guard adminThreshold <= admins.count else {
            throw FieldFailure(path: "adminThreshold", rule: .malformed("more than there are admins"))
        }
        try requireDistinct(custodians.map(\.id.name), "custodians", "a name that stands twice")
        try requireDistinct(custodians.map(\.index), "custodians", "an index that stands twice")
        guard custodians.count >= tokenKeys.threshold else {
            throw FieldFailure(path: "custodians", rule: .tooFew(minimum: tokenKeys.threshold))
        }
        try requireDistinct(members.map(\.id), "members", "a name that stands twice")
        for (index, member) in members.enumerated() where policy.memberClass(named: member.memberClass) == nil {
            throw FieldFailure(
                path: "members[\(index)].memberClass", rule: .malformed("not one of the policy's member classes"))
        }
        try validateGrants()
        try requireDistinct(
            allKeys.map(\.keyID), "(document)", "one key in two places: every key has one holder and one job")
    }

    /// Whether what is written as the custodians' public shares is what the commitments make of their indices.
    ///
    /// Apart from `validate`, because it costs group operations and only changed keys or custodians need it.
    func validatePublicShares() throws(FieldFailure) {
        for (position, custodian) in custodians.enumerated() {
            guard let expected = try? tokenKeys.publicShares(of: custodian.index),
                expected == custodian.publicShares
            else {
                throw FieldFailure(
                    path: "custodians[\(position)].publicShares", rule: .malformed("not what the commitments say"))
            }
        }
    }

    /// Every signing key of this version, whoever holds it.
    private var allKeys: [PublicKey] {
        admins.map(\.publicKey) + [log.publicKey, node.answerKey] + members.flatMap { $0.keys.map(\.publicKey) }
    }

    private func requireDistinct<Value: Hashable>(
        _ values: [Value], _ path: String, _ rule: String
    ) throws(FieldFailure) {
        guard Set(values).count == values.count else { throw FieldFailure(path: path, rule: .malformed(rule)) }
    }
}
