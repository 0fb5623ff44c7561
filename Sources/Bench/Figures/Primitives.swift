internal import Glibc
internal import Registry
internal import Sodium
package import Vocabulary

/// What the operations cost that everything else is made of, in seconds a call on one core, timed in the same run.
package struct Primitives: Sendable {
    package let verify: Double
    package let sign: Double
    /// ristretto255: variable base, fixed base, decoding with its checks, addition, the map from 64 uniform bytes.
    package let multiply: Double
    package let multiplyBase: Double
    package let pointCheck: Double
    package let add: Double
    package let map: Double
    package let hashKiB: Double
    package let keyedHash: Double
    package let sealKiB: Double
    /// Wall time: 4 KiB written to the end of a file and made durable.
    package let sync: Double

    /// - Parameters:
    ///   - seconds: how long each operation is timed.
    ///   - folder: where the file is written that is synced: the folder of the databases.
    package init(seconds: Double, folder: String) throws(Problem) {
        let key = SigningKey.generate()
        let message = SystemRandom.bytes(256), kilobyte = SystemRandom.bytes(1024)
        let signature = key.sign(message)
        let scalar = Scalar.random()
        // The generator's multiples by 1 to 64 are elements, and no two of them are each other's inverse.
        let points = (1...64).map { try! GroupElement.generator(times: Scalar(UInt32($0))) }
        let uniform = (0..<64).map { _ in SystemRandom.bytes(64) }
        let sealing = SealingKey.generate()
        // A fresh key has the right length, the only thing that is refused.
        let keyed = try! KeyedHash(key: .random(count: KeyedHash.keyByteCount))
        func time(_ body: (Int) -> Void) -> Double { Stopwatch.secondsPerCall(for: seconds, body) }
        verify = time { _ in keep(key.publicKey.isValid(signature, over: message)) }
        sign = time { _ in keep(key.sign(message)) }
        multiply = time { keep(try? points[$0 & 63].times(scalar)) }
        multiplyBase = time { _ in keep(try? GroupElement.generator(times: scalar)) }
        pointCheck = time { keep(try? GroupElement(points[$0 & 63].value)) }
        add = time { keep(try? points[$0 & 63].adding(points[($0 + 1) & 63])) }
        map = time { keep(try? GroupElement.fromUniform(uniform[$0 & 63])) }
        hashKiB = time { _ in keep(SHA256.hash(kilobyte)) }
        keyedHash = time { _ in keep(keyed.hash(Array(kilobyte[..<33]))) }
        sealKiB = time { _ in keep(sealing.seal(kilobyte, context: [])) }
        sync = try Self.timeSync(seconds: seconds, file: "\(folder)/sync.probe")
    }

    private static func timeSync(seconds: Double, file: String) throws(Problem) -> Double {
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Problem(.storageFailed, "\(file) cannot be written.") }
        defer {
            close(descriptor)
            unlink(file)
        }
        let page = [UInt8](repeating: 1, count: 4096)
        return Stopwatch.secondsPerCall(for: seconds, clock: .wall) { _ in
            keep(write(descriptor, page, page.count))
            keep(fdatasync(descriptor))
        }
    }

    package var figures: [Figure] {
        func microseconds(_ name: String, _ seconds: Double) -> Figure {
            Figure("primitives", name, seconds * 1e6, "µs")
        }
        return [
            microseconds("Ed25519 verify, 256 B", verify), microseconds("Ed25519 sign, 256 B", sign),
            microseconds("ristretto255 variable-base multiplication", multiply),
            microseconds("ristretto255 base multiplication", multiplyBase),
            microseconds("ristretto255 point check", pointCheck), microseconds("ristretto255 addition", add),
            microseconds("ristretto255 map to group", map), microseconds("SHA-256, 1 KiB", hashKiB),
            microseconds("keyed hash, 33 B", keyedHash), microseconds("XChaCha20-Poly1305 seal, 1 KiB", sealKiB),
            microseconds("write and fdatasync, 4 KiB", sync),
        ]
    }
}
