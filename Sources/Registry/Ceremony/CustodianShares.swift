package import OPRF
package import Vocabulary

/// What one custodian holds: its share of every class's token key, for one epoch.
package struct CustodianShares: Sendable, CustomStringConvertible {
    package let consortium: String
    package let custodian: CustodianID
    package let epoch: KeyEpoch
    package let index: ShareIndex
    package let shares: [KeyClass: KeyShare]

    package init(
        consortium: String, custodian: CustodianID, epoch: KeyEpoch, index: ShareIndex, shares: [KeyClass: KeyShare]
    ) {
        (self.consortium, self.custodian, self.epoch) = (consortium, custodian, epoch)
        (self.index, self.shares) = (index, shares)
    }

    package var description: String { "shares of \(custodian)" }

    /// Whether these are the shares that the registry has proofs checked against. A custodian asks before it serves.
    package func verify(against version: RegistryVersion) throws(Problem) {
        guard consortium == version.consortium else {
            throw Problem(.wrongConsortium, "The share file belongs to another consortium than the registry.")
        }
        guard let registered = version.custodian(custodian) else {
            throw Problem(
                .configurationInvalid, "The registry has no custodian \(custodian).",
                hint: "Start the custodian with the registry of its own consortium.")
        }
        guard epoch == version.tokenEpoch else {
            throw Problem(
                .wrongEpoch, "The share file is of epoch \(epoch), the registry of epoch \(version.tokenEpoch).",
                hint: "Use the share file of the newest ceremony.")
        }
        for keyClass in KeyClass.allCases {
            guard let share = shares[keyClass], share.index == registered.index,
                share.publicShare == registered.publicShares[keyClass]
            else {
                throw Problem(
                    .verificationFailed, "The \(keyClass.rawValue) share is not the one the registry lists.",
                    hint: "Restore the share file from its backup; do not deal new keys for it.")
            }
        }
    }
}
