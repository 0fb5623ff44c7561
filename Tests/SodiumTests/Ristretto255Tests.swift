import Sodium
import TestSupport
import Testing
import Vocabulary

@Suite("ristretto255, RFC 9496 appendix A")
struct Ristretto255Tests {
    private static let path = "vectors/rfc9496_ristretto255.json"

    @Test("multiples of the generator", .enabled(if: Vectors.isPresent, Comment(rawValue: Vectors.note)))
    func multiples() throws {
        let multiples = try Vectors.json(Self.path)["multiples_of_generator"].array.map { try $0.bytes() }
        #expect(multiples.count == 16)
        var sum = GroupElement.generator
        for (number, bytes) in multiples.enumerated().dropFirst() {
            let scalar = Scalar(UInt32(number))
            #expect(try GroupElement.generator(times: scalar).value.bytes == bytes)
            #expect(try GroupElement.generator.times(scalar).value.bytes == bytes)
            #expect(try SecretScalar(scalar).timesGenerator().value.bytes == bytes)
            #expect(try GroupElement(Bytes32(bytes)) == sum)
            sum = try sum.adding(.generator)
        }
        #expect(throws: SodiumFailure.identityElement) { try GroupElement(Bytes32(multiples[0])) }
    }

    @Test("invalid encodings are refused", .enabled(if: Vectors.isPresent, Comment(rawValue: Vectors.note)))
    func invalidEncodings() throws {
        let vectors = try Vectors.json(Self.path)["invalid_encodings"].array
        #expect(vectors.count > 20)
        for vector in vectors {
            let value = try Bytes32(vector["encoding"].bytes())
            #expect(throws: SodiumFailure.notCanonical) { try GroupElement(value) }
        }
    }

    @Test("a valid encoding with its highest bit set is refused", arguments: 1...16)
    func highBit(_ number: UInt32) throws {
        var bytes = try GroupElement.generator(times: Scalar(number)).value.bytes
        bytes[31] |= 0x80
        #expect(throws: SodiumFailure.notCanonical) { try GroupElement(Bytes32(bytes)) }
    }

    @Test("the one-way map", .enabled(if: Vectors.isPresent, Comment(rawValue: Vectors.note)))
    func derivation() throws {
        let file = try Vectors.json(Self.path)
        for vector in file["element_derivation"].array {
            #expect(try GroupElement.fromUniform(vector["input"].bytes()).value.bytes == vector["output"].bytes())
        }
        let same = file["element_derivation_same_output"]
        #expect(!same["inputs"].array.isEmpty)
        for input in same["inputs"].array {
            #expect(try GroupElement.fromUniform(input.bytes()).value.bytes == same["output"].bytes())
        }
    }

    @Test("what maps to the identity is refused")
    func mapsToIdentity() {
        // Elligator takes zero to the identity on both halves.
        #expect(throws: SodiumFailure.identityElement) {
            try GroupElement.fromUniform([UInt8](repeating: 0, count: 64))
        }
    }

    @Test("results that are the identity are refused")
    func identityResults() throws {
        let element = try GroupElement.generator(times: .random())
        let negative = try element.times(.zero - .one)
        #expect(throws: SodiumFailure.identityElement) { try element.adding(negative) }
        #expect(throws: SodiumFailure.identityElement) { try element.subtracting(element) }
        #expect(throws: SodiumFailure.zeroScalar) { try element.times(.zero) }
        #expect(throws: SodiumFailure.zeroScalar) { try GroupElement.generator(times: .zero) }
    }

    @Test("addition and subtraction undo each other")
    func arithmetic() throws {
        let (a, b) = try (GroupElement.generator(times: .random()), GroupElement.generator(times: .random()))
        #expect(try a.adding(b).subtracting(b) == a)
        #expect(try a.adding(b) == b.adding(a))
        #expect(try a.adding(a) == a.times(Scalar(2)))
    }
}
