internal import CSodium
package import Vocabulary

/// libsodium's one-time set-up. Every wrapper that needs randomness or allocation goes through `ready`.
package enum SodiumLibrary {
    /// Set up once per process; libsodium's own doc: `sodium_init` is safe to call from any thread, once it returned.
    package static let ready: Void = {
        precondition(sodium_init() >= 0, "libsodium could not be initialised.")
    }()
}

/// What a cryptographic operation refuses. It never says anything of the key or the content.
package enum SodiumFailure: Error, Equatable, Sendable {
    case wrongLength(expected: Int, actual: Int)
    case notCanonical
    case identityElement
    case zeroScalar
    case smallOrderKey
    case notAuthentic
    case outOfMemory
}

/// Bytes of the operating system's generator.
package enum SystemRandom {
    package static func bytes(_ count: Int) -> [UInt8] {
        SodiumLibrary.ready
        return .filled(count: count) { randombytes_buf($0, count) }
    }

    package static func bytes32() -> Bytes32 {
        SodiumLibrary.ready
        return .filled { randombytes_buf($0, Bytes32.byteCount) }
    }
}

extension [UInt8] {
    /// So many bytes as a C function writes them, which must write them all and not keep the pointer.
    static func filled(count: Int, by body: (UnsafeMutablePointer<UInt8>) -> Void) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { target, filled in
            guard let start = target.baseAddress else { preconditionFailure("An array's storage has an address.") }
            body(start)
            filled = count
        }
    }
}

/// Compares in time that depends on the lengths alone.
package func equalInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && (left.isEmpty || sodium_memcmp(left, right, left.count) == 0)
}
