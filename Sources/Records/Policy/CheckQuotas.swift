package import Vocabulary

/// How many checks a member may make in a day at the node, by purpose.
package struct CheckQuotas: Hashable, Sendable {
    package struct Quota: Hashable, Sendable {
        package let checks: Int
        /// Of the checks, so many may be answered with `noRecord`; whoever exceeds it is guessing.
        package let misses: Int

        package init(checks: Int, misses: Int) {
            (self.checks, self.misses) = (checks, misses)
        }
    }

    private let byPurpose: [Purpose: Quota]

    /// Purposes of checks; furnishing is none.
    package static let purposes = Purpose.allCases.filter { $0 != .furnish }

    /// Nothing for what is no purpose of a check.
    package subscript(purpose: Purpose) -> Quota { byPurpose[purpose] ?? Quota(checks: 0, misses: 0) }
}

extension CheckQuotas {
    private static let most = 1_000_000_000

    init(reading reader: consuming ObjectReader) throws(FieldFailure) {
        var byPurpose: [Purpose: Quota] = [:]
        for purpose in Self.purposes {
            var fields = try reader.object(purpose.rawValue)
            let quota = Quota(
                checks: try fields.count("checks", atMost: Self.most, atLeast: 0),
                misses: try fields.count("misses", atMost: Self.most, atLeast: 0))
            try fields.finish()
            guard quota.misses <= quota.checks else {
                throw fields.failure("misses", .malformed("above the number of checks"))
            }
            byPurpose[purpose] = quota
        }
        try reader.finish()
        self.byPurpose = byPurpose
    }

    var json: JSON {
        .object(
            Self.purposes.map { purpose in
                let quota = self[purpose]
                return JSON.Member(
                    purpose.rawValue, .object(["checks": .number(quota.checks), "misses": .number(quota.misses)]))
            })
    }
}
