import Records
import Sodium
import TestSupport
import Testing
import Vocabulary

/// Bytes from outside may be anything: a reader refuses or reads them, and never traps.
@Suite("Damaged input")
struct DamageTests {
    @Test("a flipped bit in an envelope never verifies as another document", arguments: [1, 2, 3] as [UInt64])
    func envelopes(seed: UInt64) throws {
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let key = SigningKey.generate()
        let payload = try Fixture.submission(Fixture.everyKind).json.bytes
        let envelope = Envelope.sign(payloadType: .submission, payload: payload, key: key)
        let bytes = envelope.json.bytes
        for _ in 0..<300 {
            var damaged = bytes
            let position = Int.random(in: 0..<bytes.count, using: &generator)
            damaged[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            guard let read = try? Envelope(parsing: damaged), read != envelope else { continue }
            #expect((try? read.verify(by: key.publicKey, expecting: .submission)) == nil)
        }
    }

    @Test(
        "a damaged payload is refused or read, and what is read says the same again", arguments: [4, 5, 6] as [UInt64])
    func payloads(seed: UInt64) throws {
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let policy = try Fixture.policy()
        let record = Fixture.everyKind[Int(seed) % Fixture.everyKind.count]
        let bytes = try Fixture.submission([record]).json.bytes
        for _ in 0..<1000 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let position = Int.random(in: 0..<damaged.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: damaged[position] = UInt8.random(in: 0...255, using: &generator)
                case 1: damaged.remove(at: position)
                default: damaged.insert(damaged[position], at: position)
                }
            }
            guard let read = try? Submission(parsing: damaged) else { continue }
            #expect(try Submission(parsing: read.json.bytes) == read)
            _ = try? Admission.check(read, policy: policy, now: Fixture.now)
        }
    }

    @Test("a payload cut short at any byte is refused")
    func truncation() throws {
        let bytes = try Fixture.check().json.bytes
        for count in bytes.indices {
            #expect(throws: PayloadFailure.self) { try Check(parsing: Array(bytes.prefix(count))) }
        }
    }
}
