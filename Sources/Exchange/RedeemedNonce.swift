package import Vocabulary

/// A request's nonce that was spent: its digest with the key that signed, and when it may be forgotten.
package struct RedeemedNonce: Hashable, Sendable {
    package let digest: LookupKey
    package let expires: Instant

    package init(digest: LookupKey, expires: Instant) {
        (self.digest, self.expires) = (digest, expires)
    }

    /// 24 bytes each: digest, expiry in milliseconds.
    package static func encode(_ nonces: [RedeemedNonce]) -> [UInt8] {
        var writer = ByteWriter()
        for nonce in nonces {
            writer.put(nonce.digest)
            writer.put(nonce.expires)
        }
        return writer.bytes
    }

    package static func decode(_ bytes: [UInt8]) -> [RedeemedNonce] {
        var reader = ByteReader(bytes)
        var nonces: [RedeemedNonce] = []
        while let digest = try? reader.key(), let expires = try? reader.instant() {
            nonces.append(RedeemedNonce(digest: digest, expires: expires))
        }
        return nonces
    }
}

/// The nonces that would be replays now. The decision is one step: `redeem` says yes once.
package struct NonceLedger: Sendable {
    private var expiries: [LookupKey: Instant] = [:]
    private var nextSweep = Instant(milliseconds: .min)

    package init(_ nonces: [RedeemedNonce] = []) {
        for nonce in nonces { expiries[nonce.digest] = nonce.expires }
    }

    package var count: Int { expiries.count }

    /// Whether the nonce was unspent; from then on it is spent until it expires. One that has expired may have been
    /// forgotten, so it is refused.
    package mutating func redeem(_ nonce: RedeemedNonce, at now: Instant) -> Bool {
        guard nonce.expires >= now, expiries[nonce.digest] == nil else { return false }
        expiries[nonce.digest] = nonce.expires
        return true
    }

    /// Drops what has expired, at most every ten seconds.
    package mutating func sweep(at now: Instant) {
        guard now >= nextSweep else { return }
        nextSweep = now.adding(seconds: 10)
        expiries = expiries.filter { $0.value >= now }
    }
}
