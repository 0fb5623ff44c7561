package import Sodium
package import Vocabulary

/// One token key divided t of n (Shamir 1979), with the commitments that make the shares verifiable.
///
/// Generation without a dealer, the refresh of shares and the rotation to a new epoch start from this type: a refresh
/// is the sum with a sharing of zero, a rotation publishes `δ = k_new/k_old` (DESIGN §2).
package struct Sharing: Sendable {
    package static let maximumCount = 255
    /// In order of their indices, 1…n.
    package let shares: [KeyShare]
    package let commitments: FeldmanCommitments

    /// Divides a secret so that any `threshold` of `count` shares do what it does, and fewer tell nothing of it.
    ///
    /// - Throws: `wrongThreshold`.
    package static func deal(
        _ secret: SecretScalar, threshold: Int, count: Int, random: () -> SecretScalar = SecretScalar.random
    ) throws(OPRFFailure) -> Sharing {
        guard (1...maximumCount).contains(count), (1...count).contains(threshold) else {
            throw .wrongThreshold(threshold: threshold, count: count)
        }
        let coefficients = [secret] + (1..<threshold).map { _ in random() }
        let shares = try (1...count).map { number throws(OPRFFailure) in
            let index = try ShareIndex(number)
            guard let value = try? SecretScalar.polynomial(coefficients, at: index.scalar) else {
                throw .secretNotUsable
            }
            return KeyShare(index: index, secret: value)
        }
        let commitments = try FeldmanCommitments(coefficients.map { $0.timesGenerator() }, threshold: threshold)
        return Sharing(shares: shares, commitments: commitments)
    }
}

/// What a dealer's key ceremony makes: a fresh key for every key class, each divided among the same custodians.
package struct Dealing: Sendable {
    package let sharings: [KeyClass: Sharing]

    /// - Throws: `wrongThreshold`.
    package static func generate(
        threshold: Int, count: Int, random: () -> SecretScalar = SecretScalar.random
    ) throws(OPRFFailure) -> Dealing {
        var sharings: [KeyClass: Sharing] = [:]
        for keyClass in KeyClass.allCases {
            sharings[keyClass] = try Sharing.deal(random(), threshold: threshold, count: count, random: random)
        }
        return Dealing(sharings: sharings)
    }

    /// What one custodian takes home.
    package func shares(of index: ShareIndex) -> [KeyClass: KeyShare] {
        sharings.compactMapValues { sharing in sharing.shares.first { $0.index == index } }
    }

    /// What the registry publishes.
    package var commitments: [KeyClass: FeldmanCommitments] { sharings.mapValues(\.commitments) }
}
