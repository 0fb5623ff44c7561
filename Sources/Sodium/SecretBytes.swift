internal import CSodium

/// Key material in guarded, locked memory that wipes itself; reachable only through a closure.
package struct SecretBytes: ~Copyable, @unchecked Sendable {
    // Sendable because the memory is written only before `init` returns and read-only from then on.
    private let memory: UnsafeMutablePointer<UInt8>
    package let count: Int

    /// Lets `fill` write the secret, then makes the pages read-only.
    package init<Failure: Error>(
        count: Int, fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        self.init(unwritten: count)
        try fill(UnsafeMutableRawBufferPointer(start: memory, count: count))
        sodium_mprotect_readonly(memory)
    }

    private init(unwritten count: Int) {
        SodiumLibrary.ready
        guard let memory = sodium_malloc(count) else { preconditionFailure("No memory for key material.") }
        self.memory = memory.bindMemory(to: UInt8.self, capacity: count)
        self.count = count
    }

    /// A secret as a C function writes it, which must not keep the pointer.
    package static func filled<Failure: Error>(
        count: Int, by body: (UnsafeMutablePointer<UInt8>) throws(Failure) -> Void
    ) throws(Failure) -> SecretBytes {
        let secret = SecretBytes(unwritten: count)
        try body(secret.memory)
        sodium_mprotect_readonly(secret.memory)
        return secret
    }

    /// Takes over the bytes and wipes the array it was given.
    package init(wiping bytes: inout [UInt8]) {
        self.init(count: bytes.count) { $0.copyBytes(from: bytes) }
        bytes.withUnsafeMutableBytes { sodium_memzero($0.baseAddress, $0.count) }
    }

    package static func random(count: Int) -> SecretBytes {
        filled(count: count) { randombytes_buf($0, count) }
    }

    package borrowing func withUnsafeBytes<Result: ~Copyable, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(start: memory, count: count))
    }

    /// The secret for a C function, which must not keep the pointer; `count` bytes stand there.
    package borrowing func withPointer<Result: ~Copyable, Failure: Error>(
        _ body: (UnsafePointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(memory)
    }

    deinit { sodium_free(memory) }
}
