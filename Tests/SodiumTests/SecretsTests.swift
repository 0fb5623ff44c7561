import Sodium
import TestSupport
import Testing
import Vocabulary

@Suite("Secrets at rest and in memory")
struct SecretsTests {
    private let context = Array("row 7".utf8)

    private func contents(_ secret: borrowing SecretBytes) -> [UInt8] { secret.withUnsafeBytes { [UInt8]($0) } }

    @Test("what is sealed opens under its key and context", arguments: [0, 1, 64, 100_000])
    func seals(_ count: Int) throws {
        let key = SealingKey.generate()
        let plaintext = SystemRandom.bytes(count)
        let sealed = key.seal(plaintext, context: context)
        #expect(sealed.count == count + SealingKey.overheadByteCount)
        #expect(try key.open(sealed, context: context) == plaintext)
    }

    @Test("another key, another context or any changed byte is refused")
    func tampering() throws {
        let key = SealingKey.generate()
        let sealed = key.seal([1, 2, 3, 4], context: context)
        #expect(throws: SodiumFailure.notAuthentic) { try SealingKey.generate().open(sealed, context: context) }
        #expect(throws: SodiumFailure.notAuthentic) { try key.open(sealed, context: []) }
        #expect(throws: SodiumFailure.notAuthentic) { try key.open(sealed, context: context + [0]) }
        for position in sealed.indices {
            var changed = sealed
            changed[position] ^= 1
            #expect(throws: SodiumFailure.notAuthentic) { try key.open(changed, context: context) }
        }
    }

    @Test("a sealed value cut short is refused, at every length")
    func truncated() {
        let key = SealingKey.generate()
        let sealed = key.seal([1, 2, 3, 4], context: context)
        for count in 0..<sealed.count {
            #expect(throws: SodiumFailure.notAuthentic) { try key.open(Array(sealed.prefix(count)), context: context) }
        }
    }

    @Test("the same plaintext is never sealed alike")
    func freshNonces() {
        let key = SealingKey.generate()
        #expect(Set((0..<100).map { _ in key.seal([1], context: []) }).count == 100)
    }

    @Test("a sealing key of another length is refused", arguments: [0, 16, 31, 33])
    func sealingKeyLength(_ count: Int) {
        #expect(throws: SodiumFailure.wrongLength(expected: 32, actual: count)) {
            try SealingKey(.random(count: count))
        }
    }

    @Test("a key written to its file opens what it sealed")
    func sealingKeyRoundTrip() throws {
        let key = SealingKey.generate()
        var bytes = key.withKey { [UInt8]($0) }
        let again = try SealingKey(SecretBytes(wiping: &bytes))
        #expect(try again.open(key.seal([5], context: context), context: context) == [5])
    }

    @Test("taking a secret over wipes the array it came in")
    func wiping() {
        var bytes: [UInt8] = [1, 2, 3]
        let secret = SecretBytes(wiping: &bytes)
        #expect(bytes == [0, 0, 0])
        let taken = contents(secret)
        #expect(taken == [1, 2, 3])
        var none: [UInt8] = []
        let empty = SecretBytes(wiping: &none)
        let count = empty.count
        #expect(count == 0)
    }

    @Test("Argon2id is repeatable, and hangs on passphrase, salt and cost")
    func argon2id() throws {
        let small = Argon2id.Cost(passes: 1, memoryBytes: 1 << 20)
        func derive(_ passphrase: String, _ salt: UInt8, _ cost: Argon2id.Cost) throws -> [UInt8] {
            var bytes = Array(passphrase.utf8)
            let derived = try Argon2id.derive(
                passphrase: SecretBytes(wiping: &bytes), salt: [UInt8](repeating: salt, count: 16), cost: cost,
                count: 32)
            return contents(derived)
        }
        let expected = try derive("correct horse", 1, small)
        #expect(expected.count == 32)
        #expect(try derive("correct horse", 1, small) == expected)
        #expect(try derive("correct horsf", 1, small) != expected)
        #expect(try derive("correct horse", 2, small) != expected)
        #expect(try derive("correct horse", 1, Argon2id.Cost(passes: 2, memoryBytes: 1 << 20)) != expected)
        #expect(try derive("", 1, small) != expected)
    }

    @Test("an Argon2id salt of another length is refused", arguments: [0, 8, 15, 17])
    func saltLength(_ count: Int) {
        #expect(throws: SodiumFailure.wrongLength(expected: 16, actual: count)) {
            let derived = try Argon2id.derive(
                passphrase: .random(count: 8), salt: [UInt8](repeating: 0, count: count), cost: .interactive, count: 32)
            _ = derived.count
        }
    }

    @Test("random bytes have the length asked for and do not repeat")
    func random() {
        #expect(SystemRandom.bytes(0).isEmpty)
        #expect(SystemRandom.bytes(33).count == 33)
        #expect(Set((0..<100).map { _ in SystemRandom.bytes32() }).count == 100)
    }
}
