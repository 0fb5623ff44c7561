package import Sodium

/// Which share of a key a custodian holds: the point 1…255 at which the sharing polynomial was evaluated for it.
package struct ShareIndex: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let number: UInt8

    /// - Throws: `shareIndexOutOfRange`; zero is where the undivided key stands.
    package init(_ number: Int) throws(OPRFFailure) {
        guard let number = UInt8(exactly: number), number > 0 else { throw .shareIndexOutOfRange }
        self.number = number
    }

    package var scalar: Scalar { Scalar(UInt32(number)) }
    package var description: String { String(number) }
    package static func < (left: ShareIndex, right: ShareIndex) -> Bool { left.number < right.number }

    /// The Lagrange coefficients at zero for this quorum, in its order: `λᵢ = Π j/(j − i)` over the others.
    ///
    /// - Throws: `repeatedCustodian`.
    package static func lagrangeCoefficients(for quorum: [ShareIndex]) throws(OPRFFailure) -> [Scalar] {
        var numerators: [Scalar] = []
        var denominators: [Scalar] = []
        for (position, own) in quorum.enumerated() {
            guard !quorum[..<position].contains(own) else { throw .repeatedCustodian(own) }
            let others = quorum.filter { $0 != own }
            numerators.append(others.reduce(.one) { $0 * $1.scalar })
            denominators.append(others.reduce(.one) { $0 * ($1.scalar - own.scalar) })
        }
        return zip(numerators, Scalar.inverses(of: denominators)).map { $0 * $1 }
    }
}

extension Scalar {
    /// The inverses of many non-zero scalars for the price of one inversion and three products each (Montgomery).
    static func inverses(of scalars: [Scalar]) -> [Scalar] {
        guard !scalars.isEmpty else { return [] }
        var products = scalars
        for index in scalars.indices.dropFirst() { products[index] = products[index - 1] * scalars[index] }
        guard var inverse = try? products[products.count - 1].inverted() else {
            preconditionFailure("A scalar to invert is zero.")
        }
        var inverses = scalars
        for index in scalars.indices.dropFirst().reversed() {
            inverses[index] = inverse * products[index - 1]
            inverse = inverse * scalars[index]
        }
        inverses[0] = inverse
        return inverses
    }
}
