/// How large a policy may be. What lies beyond is refused with its place.
package enum PolicyLimits {
    package static let fileBytes = 65_536
    package static let rules = 200
    /// Tests in all rules' conditions together.
    package static let tests = 2_000
    /// Parentheses and `not` within one another.
    package static let depth = 16
    /// Names in one list in parentheses.
    package static let listedNames = 64
    package static let nameCharacters = 32
    package static let textCharacters = 300
    /// Errors told in one run.
    package static let problems = 20
    package static let warnings = 100
    /// The largest number a policy may name.
    static let number: Int64 = 1_000_000_000_000_000
}
