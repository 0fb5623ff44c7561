import OPRF
import TestSupport
import Testing

@Suite("expand_message_xmd with SHA-512, RFC 9380 appendix K.3")
struct MessageExpansionTests {
    private static let path = "vectors/rfc9380_expand_message_xmd_SHA512_38.json"
    private static let positions = 0..<10

    @Test("the RFC's outputs are reproduced", .enabled(if: Vectors.isPresent, Comment(rawValue: Vectors.note)),
        arguments: positions)
    func reproducesVector(_ position: Int) throws {
        let file = try Vectors.json(Self.path)
        #expect(file["tests"].array.count == Self.positions.count)
        let vector = file["tests"][position]
        let length = try vector["len_in_bytes"].text().dropFirst(2)
        let count = try #require(Int(length, radix: 16))
        let output = try MessageExpansion.expand(
            Array(vector["msg"].text().utf8), tag: Array(file["DST"].text().utf8),
            count: count)
        #expect(output == vector["uniform_bytes"].hex)
    }

    @Test("another tag gives other bytes")
    func separatesDomains() {
        let message: [UInt8] = [1, 2, 3]
        let outputs = [[1], [2], [1, 1]].map { MessageExpansion.expand(message, tag: $0, count: 64) }
        #expect(Set(outputs).count == 3)
    }

    @Test("the length asked for is part of what is hashed", arguments: [1, 63, 64, 65, 127, 128, 129])
    func bindsLength(_ count: Int) {
        let output = MessageExpansion.expand([7], tag: [9], count: count)
        #expect(output.count == count)
        #expect(!MessageExpansion.expand([7], tag: [9], count: count + 1).starts(with: output) || count == 1)
    }
}
