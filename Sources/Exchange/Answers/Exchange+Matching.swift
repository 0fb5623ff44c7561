internal import Records
package import Registry
internal import Vocabulary

extension Exchange {
    /// The first records of the cases that the policy takes for the checked person, by record key.
    ///
    /// For whoever holds both sides already and measures how well match keys meet. No wire interface leads here: an
    /// answer never says which records it rests on.
    package func recordsOfSamePerson(as check: VerifiedCheck, under chain: RegistryChain) -> [LookupKey] {
        let match = Match(check.check.subject, in: LedgerView(ledger), rules: chain.current.policy.identifierKinds)
        return match.hits.filter(\.isSamePerson).map { hit in
            ledger.records.key(of: ledger.cases[Int(hit.caseNumber)].firstRow - 1)
        }
    }
}
