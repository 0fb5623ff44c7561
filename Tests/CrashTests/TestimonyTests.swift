@testable import Bench
import Exchange
import Records
import Sodium
import Testing
import TransparencyLog
import Vocabulary

/// A crash test that cannot fail shows nothing: what it must notice, it notices.
@Suite("What a node is held to")
struct TestimonyTests {
    private let testimony = Testimony()

    private func opening(_ number: UInt8) throws -> LeafOpening {
        let key = SigningKey.generate()
        return LeafOpening(
            random: Bytes32(), envelopeHash: SHA256.hash([number]), keyID: key.keyID, signature: key.sign([number]))
    }

    @Test("two roots for one size are a violation, the same root twice is none")
    func roots() {
        testimony.saw(size: 7, root: SHA256.hash([1]))
        testimony.saw(size: 7, root: SHA256.hash([1]))
        testimony.saw(size: 8, root: SHA256.hash([2]))
        #expect(testimony.violations == [])
        testimony.saw(size: 7, root: SHA256.hash([3]))
        #expect(testimony.violations.count == 1)
    }

    @Test("a receipt that moves to another place of the log is a violation")
    func movedReceipt() throws {
        let request = SealedRequest(
            envelope: .sign(payloadType: .submission, payload: [], key: .generate()), epoch: KeyEpoch(1), openings: [])
        testimony.sent(
            Testimony.Furnished(
                number: 1, id: RecordID(high: 1, low: 2), records: [], request: request, logIndex: nil, opening: nil))
        testimony.acknowledged(1, at: 5, try opening(1))
        testimony.acknowledged(1, at: 5, try opening(1))
        #expect(testimony.violations == [])
        testimony.acknowledged(1, at: 6, try opening(1))
        #expect(testimony.violations.count == 1)
    }

    @Test("the plan of kills repeats with its seed")
    func seeds() {
        var first = SeededRandom(seed: 11), second = SeededRandom(seed: 11), other = SeededRandom(seed: 12)
        let numbers = (0..<8).map { _ in first.next() }
        #expect(numbers == (0..<8).map { _ in second.next() })
        #expect(numbers != (0..<8).map { _ in other.next() })
    }
}
