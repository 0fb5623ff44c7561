/// What every signed request of the exchange has in common: both ends hold to it.
package enum SigningProfile {
    package static let label = "sig1"
    package static let components = ["@method", "@authority", "@path", "@query", "content-digest"]
    package static let algorithm = "ed25519"
    package static let tag = "counterfoil"
    /// How far two clocks may be apart, in seconds.
    package static let clockSkewSeconds: Int64 = 120
    /// How long a signature may be valid, in seconds.
    package static let maximumLifetimeSeconds: Int64 = 300
}
