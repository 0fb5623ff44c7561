internal import CSodium

/// Key material in guarded, locked memory that wipes itself; reachable only through a closure.
package struct SecretBytes: ~Copyable, @unchecked Sendable {
    // Sendable because the memory is written only before `init` returns and read-only from then on.
    private let memory: UnsafeMutableRawPointer
    package let count: Int

    /// Lets `fill` write the secret, then makes the pages read-only.
    package init<Failure: Error>(
        count: Int, fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        SodiumLibrary.ready
        guard let memory = sodium_malloc(count) else { preconditionFailure("No memory for key material.") }
        self.memory = memory
        self.count = count
        try fill(UnsafeMutableRawBufferPointer(start: memory, count: count))
        sodium_mprotect_readonly(memory)
    }

    /// Takes over the bytes and wipes the array it was given.
    package init(wiping bytes: inout [UInt8]) {
        self.init(count: bytes.count) { $0.copyBytes(from: bytes) }
        bytes.withUnsafeMutableBytes { sodium_memzero($0.baseAddress, $0.count) }
    }

    package static func random(count: Int) -> SecretBytes {
        SecretBytes(count: count) { randombytes_buf($0.baseAddress!, $0.count) }
    }

    package borrowing func withUnsafeBytes<Result: ~Copyable, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(start: memory, count: count))
    }

    deinit { sodium_free(memory) }
}
