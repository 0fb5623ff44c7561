package import Sodium

/// The public side of a sharing (Feldman 1987): every coefficient of the polynomial times the generator.
///
/// It lets a custodian check its share, and anybody compute any custodian's public share. There are exactly as many
/// commitments as the threshold; none is the identity, so that the polynomial's degree is what it seems.
package struct FeldmanCommitments: Equatable, Sendable {
    package let elements: [GroupElement]

    /// - Throws: `wrongCommitmentCount` unless there is one commitment a share needed.
    package init(_ elements: [GroupElement], threshold: Int) throws(OPRFFailure) {
        guard threshold >= 1, elements.count == threshold else {
            throw .wrongCommitmentCount(expected: threshold, actual: elements.count)
        }
        self.elements = elements
    }

    package var threshold: Int { elements.count }
    /// The undivided key's public side. Nobody holds the key itself.
    package var publicKey: GroupElement { elements[0] }

    /// `Σ iʲ · Cⱼ`, by Horner's rule.
    ///
    /// - Throws: `secretNotUsable` where that is the identity, which only made-up commitments lead to.
    package func publicShare(of index: ShareIndex) throws(OPRFFailure) -> GroupElement {
        do throws(SodiumFailure) {
            var sum = elements[elements.count - 1]
            for element in elements.dropLast().reversed() { sum = try sum.times(index.scalar).adding(element) }
            return sum
        } catch {
            throw .secretNotUsable
        }
    }

    /// - Throws: `shareDoesNotMatchCommitments`; a custodian checks before it takes a share into use.
    package func verify(_ share: KeyShare) throws(OPRFFailure) {
        guard try publicShare(of: share.index) == share.publicShare else {
            throw .shareDoesNotMatchCommitments(share.index)
        }
    }
}
