internal import Exchange
package import Sodium
package import Vocabulary

/// What a kept graph is: of which log, at which size, by which rules. A start uses it where all of it holds.
package struct SnapshotHead: Hashable, Sendable {
    package let logSize: UInt32
    /// Of the log's tree at that size: no other log with as many entries has it.
    package let root: Hash
    /// Of the rules by which people were linked.
    package let rules: Hash

    package init(logSize: UInt32, root: Hash, rules: Hash) {
        (self.logSize, self.root, self.rules) = (logSize, root, rules)
    }

    /// The first piece of a file.
    package var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.put(logSize)
        return writer.bytes + root.bytes + rules.bytes
    }

    package init(decoding bytes: [UInt8]) throws(DecodingFailure) {
        guard bytes.count == 4 + 2 * Bytes32.byteCount else {
            throw .wrongLength(expected: 4 + 2 * Bytes32.byteCount, actual: bytes.count)
        }
        var reader = ByteReader(bytes)
        logSize = try reader.number()
        root = try Hash(bytes: Array(bytes[4..<4 + Bytes32.byteCount]))
        rules = try Hash(bytes: Array(bytes[(4 + Bytes32.byteCount)...]))
    }
}

/// A kept graph's pieces as they lie on the disk: each sealed under the data key of the period it was written in.
///
/// A file is magic ‖ period ‖ 16 random bytes, then frames: flag (1 for the last) ‖ length ‖ sealed piece. Each piece
/// is bound to the consortium, the file, its place in it, and to being the last or not: a file that was cut, put
/// together from two or brought from elsewhere does not open. Who can write to the file can make a start slow, and
/// nothing else.
package struct SnapshotSealing {
    package static let preambleByteCount = magic.count + 8 + identityByteCount
    package static let frameHeadByteCount = 5
    /// Of a sealed piece: those of a graph are about 1 MiB.
    package static let pieceLimit = 16 << 20
    private static let magic = Array("CFLINK1\n".utf8)
    private static let identityByteCount = 16

    private let key: SealingKey
    private let consortium: String
    private let identity: [UInt8]
    private let period: Int64
    private var index: UInt64 = 0

    /// For a file to be written now.
    package init(keys: any DataKeys, consortium: String, now: Instant) throws {
        period = sealingPeriod(of: now)
        (key, self.consortium) = (try keys.sealingKey(ofPeriod: period, making: true), consortium)
        identity = SystemRandom.bytes(Self.identityByteCount)
    }

    /// For a file to be read.
    package init(preamble: [UInt8], keys: any DataKeys, consortium: String) throws {
        guard preamble.count == Self.preambleByteCount, preamble.starts(with: Self.magic) else {
            throw DecodingFailure.malformed("no kept graph")
        }
        var reader = ByteReader(Array(preamble[Self.magic.count...]))
        period = try reader.number()
        (key, self.consortium) = (try keys.sealingKey(ofPeriod: period, making: false), consortium)
        identity = Array(preamble.suffix(Self.identityByteCount))
    }

    package var preamble: [UInt8] {
        var writer = ByteWriter()
        writer.put(period)
        return Self.magic + writer.bytes + identity
    }

    /// The next piece's frame.
    package mutating func seal(_ piece: [UInt8], isLast: Bool) -> [UInt8] {
        let sealed = key.seal(piece, context: context(isLast))
        index += 1
        var head = ByteWriter()
        head.put(isLast)
        head.put(UInt32(sealed.count))
        return head.bytes + sealed
    }

    /// - Returns: whether the next piece is the last, and how many sealed bytes follow.
    package static func frame(_ head: [UInt8]) throws -> (isLast: Bool, byteCount: Int) {
        var reader = ByteReader(head)
        let flag = try reader.number(UInt8.self)
        let count = Int(try reader.number(UInt32.self))
        guard flag < 2, reader.isAtEnd, count <= pieceLimit else { throw DecodingFailure.outOfRange }
        return (flag == 1, count)
    }

    /// The next piece. - Throws: `SodiumFailure.notAuthentic` for what was not sealed for this place.
    package mutating func open(_ sealed: [UInt8], isLast: Bool) throws(SodiumFailure) -> [UInt8] {
        let piece = try key.open(sealed, context: context(isLast))
        index += 1
        return piece
    }

    private func context(_ isLast: Bool) -> [UInt8] {
        var writer = ByteWriter()
        writer.put("counterfoil/node/linkage/v1")
        writer.put(consortium)
        writer.put(period)
        writer.put(index)
        writer.put(isLast)
        return writer.bytes + identity
    }
}
