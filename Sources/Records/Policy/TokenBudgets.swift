package import Vocabulary

/// How many tokens a member may have evaluated in a day, by key class and purpose. What is not listed is nothing.
package struct TokenBudgets: Hashable, Sendable {
    private let perDay: [KeyClass: [Purpose: Int]]

    /// Custodians fail closed: a class or purpose that the policy leaves out has no budget.
    package func tokensPerDay(_ keyClass: KeyClass, _ purpose: Purpose) -> Int { perDay[keyClass]?[purpose] ?? 0 }
}

extension TokenBudgets {
    init(_ json: JSON, path: String) throws(FieldFailure) {
        var reader = try ObjectReader(json, path: path)
        var perDay: [KeyClass: [Purpose: Int]] = [:]
        for keyClass in KeyClass.allCases {
            guard var purposes = try reader.optionalObject(keyClass.rawValue) else { continue }
            for purpose in Purpose.allCases {
                guard let tokens = try purposes.optionalInteger(purpose.rawValue, in: 1...1_000_000_000_000) else {
                    continue
                }
                perDay[keyClass, default: [:]][purpose] = Int(tokens)
            }
            try purposes.finish()
        }
        try reader.finish()
        self.perDay = perDay
    }

    var json: JSON {
        .object(
            KeyClass.allCases.compactMap { keyClass in
                perDay[keyClass].map { purposes in
                    JSON.Member(
                        keyClass.rawValue,
                        .object(
                            Purpose.allCases.compactMap { purpose in
                                purposes[purpose].map { JSON.Member(purpose.rawValue, .number($0)) }
                            }))
                }
            })
    }
}
