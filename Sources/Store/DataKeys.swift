package import Sodium
package import Vocabulary

/// The keys that the database is useless without: they live in another folder, on another volume, backed up apart.
package protocol DataKeys: Sendable {
    /// The sealing key of a period (a month since 1970).
    ///
    /// - Parameter making: makes the key, durably, where there is none yet: for what is about to be sealed. What is to
    ///   be opened was sealed under a key that must be there.
    func sealingKey(ofPeriod period: Int64, making: Bool) throws -> SealingKey
    /// The key that tokens are sealed under.
    var tokenKey: SealingKey { get }
    /// Turns a token into its index.
    var pepper: KeyedHash { get }
}

/// The period an instant falls in: months since January 1970, UTC.
package func sealingPeriod(of instant: Instant) -> Int64 {
    let date = CalendarDate(daysSince1970: Int((Double(instant.seconds) / 86_400).rounded(.down)))
    return Int64((date.year - 1970) * 12 + date.month - 1)
}

/// Keys that live as long as the process: for tests and for the memory store.
package final class EphemeralKeys: DataKeys {
    private let sealing = SealingKey.generate()
    package let tokenKey = SealingKey.generate()
    // A fresh key has the right length, the only thing `KeyedHash.init` refuses.
    package let pepper = try! KeyedHash(key: .random(count: KeyedHash.keyByteCount))

    package init() {}
    package func sealingKey(ofPeriod period: Int64, making: Bool) -> SealingKey { sealing }
}
