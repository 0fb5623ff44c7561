import Sodium
import TestSupport
import Testing
import Vocabulary

@Suite("Hashes and derived keys")
struct HashingTests {
    @Test("SHA-256 of FIPS 180-4's example, in one call and in pieces")
    func sha256() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(SHA256.hash(Array("abc".utf8)).description == expected)
        var pieces = SHA256()
        pieces.update("a")
        pieces.update([])
        pieces.update(Array("bc".utf8))
        #expect(pieces.finalize().description == expected)
        #expect(
            SHA256.hash([]).description == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test("pieces of every length hash like the whole")
    func pieces() {
        var generator = SeededGenerator(seed: 0x5EED_0020)
        let bytes = generator.bytes(300)
        for cut in stride(from: 0, through: 300, by: 7) {
            var hash = SHA256()
            hash.update(Array(bytes[..<cut]))
            hash.update(Array(bytes[cut...]))
            #expect(hash.finalize() == SHA256.hash(bytes))
        }
        let value = Bytes32 { $0.copyBytes(from: bytes[..<32]) }
        var hash = SHA256()
        hash.update(value)
        #expect(hash.finalize() == SHA256.hash(value.bytes))
    }

    @Test("SHA-512 of FIPS 180-4's example")
    func sha512() {
        let expected =
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        #expect(Hex.encode(SHA512.hash(Array("abc".utf8))) == expected)
    }

    @Test("a keyed hash hangs on every bit of key and message, and refuses other key lengths")
    func keyedHash() throws {
        func hash(_ keyByte: UInt8, _ message: [UInt8]) throws -> Bytes32 {
            try KeyedHash(key: SecretBytes(count: 32) { $0[0] = keyByte; for i in 1..<32 { $0[i] = 9 } }).hash(message)
        }
        #expect(try hash(1, [1]) == hash(1, [1]))
        #expect(try hash(1, [1]) != hash(2, [1]))
        #expect(try hash(1, [1]) != hash(1, [1, 0]))
        for count in [0, 16, 31, 33, 64] {
            #expect(throws: SodiumFailure.wrongLength(expected: 32, actual: count)) {
                try KeyedHash(key: .random(count: count))
            }
        }
    }

    @Test("Wycheproof's HKDF-SHA-512", .enabled(if: Vectors.isPresent, Comment(rawValue: Vectors.note)))
    func hkdf() throws {
        let file = try Vectors.json("vectors/wycheproof_hkdf_sha512_test.json")
        var seen = 0
        for vector in file["testGroups"].array.flatMap({ $0["tests"].array }) {
            let (secret, salt, info) = try (vector["ikm"].bytes(), vector["salt"].bytes(), vector["info"].bytes())
            let count = try vector["size"].number()
            if vector["result"].string == "valid" {
                let output = try HKDF.derive(secret: secret, salt: salt, info: info, count: count)
                #expect(try output == vector["okm"].bytes())
            } else {
                #expect(throws: SodiumFailure.self) {
                    try HKDF.derive(secret: secret, salt: salt, info: info, count: count)
                }
            }
            seen += 1
        }
        #expect(seen == file["numberOfTests"].integer)
    }

    @Test("HKDF gives its longest output, and refuses one byte more")
    func hkdfLimit() throws {
        #expect(try HKDF.derive(secret: [1], info: [], count: 255 * 64).count == 16_320)
        #expect(throws: SodiumFailure.wrongLength(expected: 16_320, actual: 16_321)) {
            try HKDF.derive(secret: [1], info: [], count: 16_321)
        }
    }

    @Test("constant-time equality is equality")
    func equality() {
        #expect(equalInConstantTime([], []))
        #expect(equalInConstantTime([1, 2], [1, 2]))
        #expect(!equalInConstantTime([1, 2], [1, 3]))
        #expect(!equalInConstantTime([1, 2], [1, 2, 3]))
        #expect(!equalInConstantTime([], [0]))
    }
}
