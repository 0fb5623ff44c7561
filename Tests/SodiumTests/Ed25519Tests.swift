import Sodium
import TestSupport
import Testing
import Vocabulary

@Suite("Ed25519")
struct Ed25519Tests {
    @Test("Wycheproof's verdicts are ours", .enabled(if: Vectors.isPresent, Comment(rawValue: Vectors.note)))
    func wycheproof() throws {
        let file = try Vectors.json("vectors/wycheproof_ed25519_test.json")
        var seen = 0
        for group in file["testGroups"].array {
            let key = try PublicKey(Bytes32(group["publicKey"]["pk"].bytes()))
            for vector in group["tests"].array {
                let (signature, message) = try (vector["sig"].bytes(), vector["msg"].bytes())
                let isValid = (try? Signature(signature)).map { key.isValid($0, over: message) } ?? false
                let number = try vector["tcId"].number()
                #expect(isValid == (vector["result"].string == "valid"), "test \(number)")
                seen += 1
            }
        }
        #expect(seen == file["numberOfTests"].integer)
    }

    @Test("RFC 8032 §7.1, test 2, is reproduced")
    func rfc8032() throws {
        var seed = try Hex.decode("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
        let key = try SigningKey(seed: SecretBytes(wiping: &seed))
        #expect(key.publicKey.value.hex == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
        let signature = key.sign([0x72])
        #expect(
            Hex.encode(signature.bytes)
                == "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")
        #expect(key.publicKey.isValid(signature, over: [0x72]))
    }

    @Test(
        "public keys of small order are refused, canonical or not",
        arguments: [
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000080",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000080",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        ])
    func smallOrder(_ hex: String) throws {
        let value = try Bytes32(hex: hex)
        #expect(throws: SodiumFailure.smallOrderKey) { try PublicKey(value) }
        #expect(throws: DecodingFailure.notCanonical) { try PublicKey(base64: value.base64) }
    }

    @Test("a public key that is off the curve is refused")
    func offCurve() throws {
        let value = Bytes32 { $0[0] = 2 }
        #expect(throws: SodiumFailure.self) { try PublicKey(value) }
    }

    @Test("a changed message, signature or key is refused")
    func changes() throws {
        let (key, other) = (SigningKey.generate(), SigningKey.generate())
        let message = Array("a submission".utf8)
        let signature = key.sign(message)
        #expect(key.publicKey.isValid(signature, over: message))
        #expect(!key.publicKey.isValid(signature, over: message + [0]))
        #expect(!key.publicKey.isValid(signature, over: []))
        #expect(!other.publicKey.isValid(signature, over: message))
        for bit in stride(from: 0, to: 512, by: 11) {
            var bytes = signature.bytes
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(try !key.publicKey.isValid(Signature(bytes), over: message))
        }
    }

    @Test("a signature or seed of another length is refused", arguments: [0, 31, 33, 63, 65])
    func wrongLength(_ count: Int) {
        #expect(throws: DecodingFailure.wrongLength(expected: 64, actual: count)) {
            try Signature([UInt8](repeating: 0, count: count))
        }
        #expect(throws: SodiumFailure.wrongLength(expected: 32, actual: count)) {
            try SigningKey(seed: .random(count: count))
        }
    }

    @Test("the seed that is stored gives the key again, and the key's name is the hash of its public side")
    func seedRoundTrip() throws {
        let key = SigningKey.generate()
        var seed = key.withSeed { [UInt8]($0) }
        #expect(try SigningKey(seed: SecretBytes(wiping: &seed)).publicKey == key.publicKey)
        #expect(key.keyID.text == Hex.encode(SHA256.hash(key.publicKey.value.bytes).bytes.prefix(16)))
        #expect("\(key.publicKey)" == "ed25519:\(key.keyID)")
    }
}
