package import Sodium

/// One custodian's share of one token key. The scalar stays in guarded memory and is wiped with it.
package struct KeyShare: Sendable, CustomStringConvertible {
    package let index: ShareIndex
    package let secret: SecretScalar
    /// `secret · G`, which the registry publishes and proofs are checked against.
    package let publicShare: GroupElement

    package init(index: ShareIndex, secret: SecretScalar) {
        (self.index, self.secret) = (index, secret)
        publicShare = secret.timesGenerator()
    }

    /// Reads the 32 bytes that `secret.withUnsafeBytes` wrote.
    ///
    /// - Throws: `secretNotUsable` for what is zero, unreduced or not 32 bytes.
    package init(index: ShareIndex, bytes: consuming SecretBytes) throws(OPRFFailure) {
        guard let secret = try? SecretScalar(bytes) else { throw .secretNotUsable }
        self.init(index: index, secret: secret)
    }

    package var description: String { "key share \(index)" }
}
