import Sodium
import TestSupport
import Testing
import Vocabulary

@Suite("Scalars")
struct ScalarTests {
    private static let order = "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010"
    private static let seed: UInt64 = 0x5EED_0010

    @Test("the order less one is the largest scalar")
    func largest() throws {
        var bytes = try Hex.decode(Self.order)
        bytes[0] -= 1
        #expect(try Scalar(Bytes32(bytes)) + .one == .zero)
    }

    @Test(
        "what is not below the order is refused",
        arguments: [
            order,
            "eed3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010",
            "0000000000000000000000000000000000000000000000000000000000000011",
            "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000090",
            "0100000000000000000000000000000000000000000000000000000000000080",
            "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        ])
    func unreduced(_ hex: String) throws {
        let value = try Bytes32(hex: hex)
        #expect(throws: SodiumFailure.notCanonical) { try Scalar(value) }
        var bytes = value.bytes
        #expect(throws: SodiumFailure.notCanonical) { try SecretScalar(SecretBytes(wiping: &bytes)) }
    }

    @Test("every inverse undoes its scalar, and zero has none")
    func inverses() throws {
        var generator = SeededGenerator(seed: Self.seed)
        for _ in 0..<20 {
            let scalar = Scalar.reducing(generator.bytes(64))
            #expect(try scalar.inverted() * scalar == .one)
        }
        #expect(throws: SodiumFailure.zeroScalar) { try Scalar.zero.inverted() }
    }

    @Test("sums and products follow the rules of a field")
    func arithmetic() {
        var generator = SeededGenerator(seed: Self.seed)
        let (a, b, c) = (
            Scalar.reducing(generator.bytes(64)), Scalar.reducing(generator.bytes(64)),
            Scalar.reducing(generator.bytes(64))
        )
        #expect(a * (b + c) == a * b + a * c)
        #expect(a - b + b == a)
        #expect(Scalar(3) * Scalar(5) == Scalar(15))
        #expect(Scalar(UInt32.max) + .one == Scalar(1 << 16) * Scalar(1 << 16))
    }

    @Test("a secret scalar does what its open twin does")
    func secretTwin() throws {
        var generator = SeededGenerator(seed: Self.seed)
        let scalars = (0..<3).map { _ in Scalar.reducing(generator.bytes(64)) }
        let secrets = try scalars.map { try SecretScalar($0) }
        let element = try GroupElement.fromUniform(generator.bytes(64))
        #expect(try secrets[0].times(element) == element.times(scalars[0]))
        #expect(try secrets[0].timesGenerator() == GroupElement.generator(times: scalars[0]))
        #expect(secrets[0].subtracting(scalars[1], times: secrets[2]) == scalars[0] - scalars[1] * scalars[2])
        let value = try SecretScalar.polynomial(secrets, at: Scalar(7))
        let expected = scalars[0] + Scalar(7) * scalars[1] + Scalar(49) * scalars[2]
        #expect(value.withUnsafeBytes { [UInt8]($0) } == expected.value.bytes)
    }

    @Test("a secret scalar is never zero, nor of another length")
    func unusableSecret() {
        #expect(throws: SodiumFailure.zeroScalar) { try SecretScalar(.zero) }
        #expect(throws: SodiumFailure.wrongLength(expected: 32, actual: 31)) {
            try SecretScalar(SecretBytes(count: 31) { $0[0] = 1 })
        }
        #expect(throws: SodiumFailure.zeroScalar) { try SecretScalar.polynomial([], at: .one) }
    }

    @Test("no scalar prints its content")
    func descriptions() {
        #expect("\(Scalar.random())" == "scalar")
        #expect("\(SecretScalar.random())" == "secret scalar")
    }
}
