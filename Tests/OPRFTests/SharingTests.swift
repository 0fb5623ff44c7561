import OPRF
import Sodium
import TestSupport
import Testing
import Vocabulary

@Suite("Shares of a key")
struct SharingTests {
    private static let seed: UInt64 = 0x5EED_0002

    @Test("every share fits the commitments", arguments: [(1, 1), (1, 3), (2, 3), (3, 5), (5, 5)])
    func sharesFit(_ threshold: Int, _ count: Int) throws {
        var generator = SeededGenerator(seed: Self.seed)
        let custodians = try Custodians(threshold: threshold, count: count, generator: &generator)
        #expect(custodians.sharing.shares.map(\.index.number) == (1...count).map { UInt8($0) })
        #expect(custodians.sharing.commitments.threshold == threshold)
        #expect(custodians.sharing.commitments.publicKey == custodians.secret.timesGenerator())
        for share in custodians.sharing.shares { try custodians.sharing.commitments.verify(share) }
    }

    @Test("a share under another index is refused")
    func wrongIndex() throws {
        var generator = SeededGenerator(seed: Self.seed)
        let sharing = try Custodians(threshold: 2, count: 3, generator: &generator).sharing
        let index = try ShareIndex(2)
        let moved = KeyShare(index: index, secret: sharing.shares[0].secret)
        #expect(throws: OPRFFailure.shareDoesNotMatchCommitments(index)) { try sharing.commitments.verify(moved) }
    }

    @Test("a share of another key is refused")
    func wrongKey() throws {
        var generator = SeededGenerator(seed: Self.seed)
        let first = try Custodians(threshold: 2, count: 3, generator: &generator).sharing
        let second = try Custodians(threshold: 2, count: 3, generator: &generator).sharing
        #expect(throws: OPRFFailure.shareDoesNotMatchCommitments(try ShareIndex(3))) {
            try first.commitments.verify(second.shares[2])
        }
    }

    @Test("commitments that are more or fewer than the threshold are refused", arguments: [1, 3, 4])
    func wrongCommitmentCount(_ threshold: Int) throws {
        var generator = SeededGenerator(seed: Self.seed)
        let elements = try Custodians(threshold: 2, count: 3, generator: &generator).sharing.commitments.elements
        #expect(throws: OPRFFailure.wrongCommitmentCount(expected: threshold, actual: 2)) {
            try FeldmanCommitments(elements, threshold: threshold)
        }
    }

    @Test("no commitments are refused, whatever the threshold", arguments: [0, 1, -1])
    func noCommitments(_ threshold: Int) {
        #expect(throws: OPRFFailure.self) { try FeldmanCommitments([], threshold: threshold) }
    }

    @Test(
        "a threshold that no quorum reaches, or that nobody needs, is refused",
        arguments: [(0, 3), (4, 3), (-1, 3), (1, 0), (2, 256)])
    func wrongThreshold(_ threshold: Int, _ count: Int) {
        #expect(throws: OPRFFailure.wrongThreshold(threshold: threshold, count: count)) {
            try Sharing.deal(.random(), threshold: threshold, count: count)
        }
    }

    @Test("an index of zero, or beyond a byte, is refused", arguments: [0, -1, 256, Int.max])
    func wrongShareIndex(_ number: Int) {
        #expect(throws: OPRFFailure.shareIndexOutOfRange) { try ShareIndex(number) }
    }

    @Test("a custodian that stands twice in a quorum is refused")
    func repeatedIndex() throws {
        let indices = try [1, 2, 1].map { try ShareIndex($0) }
        #expect(throws: OPRFFailure.repeatedCustodian(indices[0])) {
            try ShareIndex.lagrangeCoefficients(for: indices)
        }
    }

    @Test("Lagrange coefficients rebuild any polynomial's value at zero", arguments: [[1], [3, 1], [2, 5, 255]])
    func lagrange(_ numbers: [Int]) throws {
        var generator = SeededGenerator(seed: Self.seed)
        let coefficients = numbers.map { _ in generator.scalar() }
        let indices = try numbers.map { try ShareIndex($0) }
        let values = indices.map { index in coefficients.reversed().reduce(.zero) { $0 * index.scalar + $1 } }
        let weights = try ShareIndex.lagrangeCoefficients(for: indices)
        #expect(zip(weights, values).reduce(.zero) { $0 + $1.0 * $1.1 } == coefficients[0])
    }

    @Test("a share is stored and read again")
    func storage() throws {
        var generator = SeededGenerator(seed: Self.seed)
        let share = try Custodians(threshold: 2, count: 3, generator: &generator).sharing.shares[1]
        var bytes = share.secret.withUnsafeBytes { [UInt8]($0) }
        #expect(try KeyShare(index: share.index, bytes: SecretBytes(wiping: &bytes)).publicShare == share.publicShare)
        #expect(bytes == [UInt8](repeating: 0, count: 32))
    }

    @Test("a stored share that is zero, unreduced or of another length is refused")
    func unusableSecret() throws {
        let refused: [[UInt8]] = [
            [UInt8](repeating: 0, count: 32), [UInt8](repeating: 0xFF, count: 32), [1],
            [UInt8](repeating: 1, count: 33),
        ]
        for var bytes in refused {
            #expect(throws: OPRFFailure.secretNotUsable) {
                try KeyShare(index: ShareIndex(1), bytes: SecretBytes(wiping: &bytes))
            }
        }
    }

    @Test("neither a share nor its secret prints its content")
    func descriptions() throws {
        let share = KeyShare(index: try ShareIndex(7), secret: .random())
        let hex = share.secret.withUnsafeBytes { Hex.encode($0) }
        for text in ["\(share)", "\(share.secret)", String(reflecting: share), String(describing: share.secret)] {
            #expect(!text.contains(hex))
        }
        #expect("\(share)" == "key share 7")
    }

    @Test("a ceremony deals an own key to every class")
    func dealing() throws {
        let dealing = try Dealing.generate(threshold: 2, count: 3)
        #expect(Set(dealing.sharings.keys) == Set(KeyClass.allCases))
        #expect(Set(dealing.commitments.values.map(\.publicKey)).count == KeyClass.allCases.count)
        let shares = dealing.shares(of: try ShareIndex(3))
        #expect(shares.count == KeyClass.allCases.count)
        for (keyClass, share) in shares { try #require(dealing.commitments[keyClass]).verify(share) }
        #expect(dealing.shares(of: try ShareIndex(4)).isEmpty)
    }
}
