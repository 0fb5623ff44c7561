import OPRF
import Sodium
import TestSupport
import Testing
import Vocabulary

@Suite("Elements on the wire")
struct ElementBatchTests {
    private let good = GroupElement.generator.value.bytes

    @Test("what was written is read again", arguments: [1, 2, 1024])
    func roundTrip(_ count: Int) throws {
        let bytes = (0..<count).flatMap { _ in good }
        #expect(try ElementBatch(bytes: bytes).bytes == bytes)
    }

    @Test("an empty batch is refused")
    func empty() {
        #expect(throws: OPRFFailure.wrongBatchSize(actual: 0)) { try ElementBatch(bytes: []) }
        #expect(throws: OPRFFailure.wrongBatchSize(actual: 0)) { try ElementBatch([]) }
        #expect(throws: OPRFFailure.wrongBatchSize(actual: 0)) { try BlindedBatch(inputs: []) }
    }

    @Test("1,025 elements are refused before any is decoded")
    func tooMany() {
        let bytes = [UInt8](repeating: 0xFF, count: 1025 * 32)
        #expect(throws: OPRFFailure.wrongBatchSize(actual: 1025)) { try ElementBatch(bytes: bytes) }
        #expect(throws: OPRFFailure.wrongBatchSize(actual: 1025)) {
            try BlindedBatch(inputs: [[UInt8]](repeating: [1], count: 1025))
        }
    }

    @Test("a broken last element is refused", arguments: [1, 31, 33, 63])
    func wrongLength(_ count: Int) {
        #expect(throws: OPRFFailure.self) { try ElementBatch(bytes: [UInt8](repeating: 0, count: count)) }
    }

    @Test("the identity is refused, and its position named")
    func identity() {
        let bytes = good + [UInt8](repeating: 0, count: 32)
        #expect(throws: OPRFFailure.elementIsIdentity(position: 1)) { try ElementBatch(bytes: bytes) }
    }

    @Test("the same element with its highest bit set is refused")
    func highBit() {
        var bytes = good
        bytes[31] |= 0x80
        #expect(throws: OPRFFailure.elementNotCanonical(position: 0)) { try ElementBatch(bytes: bytes) }
    }

    @Test("what RFC 9496 A.3 does not decode is refused",
        .enabled(if: Vectors.isPresent, Comment(rawValue: Vectors.note)))
    func invalidEncodings() throws {
        for vector in try Vectors.json("vectors/rfc9496_ristretto255.json")["invalid_encodings"].array {
            let bytes = try good + good + vector["encoding"].bytes()
            #expect(throws: OPRFFailure.elementNotCanonical(position: 2)) { try ElementBatch(bytes: bytes) }
        }
    }

    @Test("an input longer than the RFC allows is refused")
    func longInput() throws {
        #expect(throws: OPRFFailure.inputTooLong(position: 1)) {
            try BlindedBatch(inputs: [[1], [UInt8](repeating: 7, count: 65_536)])
        }
        #expect(try BlindedBatch(inputs: [[UInt8](repeating: 7, count: 65_535)]).count == 1)
    }
}
