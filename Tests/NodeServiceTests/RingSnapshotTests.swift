import ConsortiumSupport
import Exchange
import Foundation
import NodeService
import Records
import Store
import Testing
import Vocabulary

@Suite("The graph kept beside the database")
struct RingSnapshotTests {
    private static func rings(_ rings: inout RingConsortium) async throws -> JSON {
        var list = try await rings.office().rings(after: nil, limit: 100).json
        if case .object(let members) = list { list = .object(members.filter { $0.name != "asOf" }) }
        return list
    }

    @Test("is used at the next start, with what came after it")
    func used() async throws {
        var rings = try RingConsortium()
        try await rings.furnishRing("a")
        try await rings.node.keepSnapshot()
        #expect(rings.reports.events == ["kept 4"])
        try await rings.furnishRing("b")
        let before = try await Self.rings(&rings)
        try rings.stored.restart()
        #expect(rings.reports.events == ["kept 4", "used 4"])
        #expect(try await Self.rings(&rings) == before)
        // Nobody else may read it.
        let attributes = try FileManager.default.attributesOfItem(atPath: rings.snapshotPath)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(!FileManager.default.fileExists(atPath: rings.snapshotPath + ".new"))
    }

    @Test("an earlier graph never takes the place of a later one")
    func order() async throws {
        var rings = try RingConsortium()
        try await rings.furnishRing("a")
        try await rings.node.keepSnapshot()
        try await rings.node.keepSnapshot()
        #expect(rings.reports.events == ["kept 4"])
        try await rings.furnishRing("b")
        try await rings.node.keepSnapshot()
        #expect(rings.reports.events == ["kept 4", "kept 8"])
    }

    @Test("one whose bytes were changed, cut or put together anew is left aside, and the graph is the same")
    func damaged() async throws {
        var rings = try RingConsortium()
        try await rings.furnishRing("a")
        try await rings.node.keepSnapshot()
        let whole = try Data(contentsOf: URL(filePath: rings.snapshotPath))
        let before = try await Self.rings(&rings)
        var bad: [Data] = [Data(), whole.dropLast(), whole.prefix(40), whole + whole, whole + [0]]
        // Every part of the file: preamble, frames, and what is sealed.
        for position in stride(from: 0, to: whole.count, by: max(1, whole.count / 40)) {
            var copy = whole
            copy[position] ^= 1
            bad.append(copy)
        }
        for (number, bytes) in bad.enumerated() {
            try bytes.write(to: URL(filePath: rings.snapshotPath))
            try rings.stored.restart()
            let told = try #require(rings.reports.events.last)
            #expect(told.hasPrefix("not used: "), "\(number)")
            #expect(try await Self.rings(&rings) == before, "\(number)")
        }
    }

    @Test("one of another log, of a longer log or of other rules is left aside")
    func foreign() async throws {
        var rings = try RingConsortium()
        try await rings.furnishRing("a")
        try await rings.node.keepSnapshot()
        let kept = try Data(contentsOf: URL(filePath: rings.snapshotPath))
        // A database that was put back to nothing, with the same keys: first shorter, then as long and another.
        rings.consortium.stop()
        for file in try rings.stored.folder.files() where !file.name.hasSuffix(".linkage") {
            try FileManager.default.removeItem(atPath: rings.stored.folder.path(file.name))
        }
        try rings.stored.start()
        #expect(rings.reports.events.last?.contains("longer log") == true)
        try await rings.furnishRing("other")
        try rings.stored.restart()
        #expect(rings.reports.events.last?.contains("another log") == true)
        #expect(try await rings.office().rings(after: nil, limit: 9).rings.count == 1)
        #expect(try Data(contentsOf: URL(filePath: rings.snapshotPath)) == kept)
    }

    @Test("one made by other rules of linking is left aside")
    func otherRules() async throws {
        var rings = try RingConsortium()
        try await rings.furnishRing("a", people: 3)
        try await rings.node.keepSnapshot()
        try rings.consortium.changePolicy("linkage") { $0.replacing(["minimumRingSubjects": .number(4)]) }
        try rings.stored.restart()
        #expect(rings.reports.events.last?.contains("other rules") == true)
        #expect(try await rings.office().rings(after: nil, limit: 9).rings.isEmpty)
    }

    @Test("a file that cannot be written is told of and changes nothing")
    func unwritable() async throws {
        var rings = try RingConsortium()
        try await rings.furnishRing("a")
        try FileManager.default.createDirectory(atPath: rings.snapshotPath + ".new", withIntermediateDirectories: true)
        try await rings.node.keepSnapshot()
        #expect(rings.reports.events.last?.hasPrefix("not kept: ") == true)
        #expect(!FileManager.default.fileExists(atPath: rings.snapshotPath))
        #expect(try await rings.office().rings(after: nil, limit: 9).rings.count == 1)
    }
}

@Suite("The seal of a kept graph")
struct SnapshotSealingTests {
    private static let pieces: [[UInt8]] = [[1, 2, 3], [], [UInt8](repeating: 7, count: 5000)]

    /// The preamble, and each piece as it is sealed.
    private static func sealed(_ keys: EphemeralKeys) throws -> (preamble: [UInt8], pieces: [[UInt8]]) {
        var sealing = try SnapshotSealing(keys: keys, consortium: "demo", now: TestClock.start)
        let frames = pieces.indices.map { sealing.seal(pieces[$0], isLast: $0 == 2) }
        return (sealing.preamble, frames.map { Array($0.dropFirst(SnapshotSealing.frameHeadByteCount)) })
    }

    @Test("opens in its place, and in no other: moved, left out, said to be the last, of another file or consortium")
    func places() throws {
        let keys = EphemeralKeys()
        let (preamble, sealed) = try Self.sealed(keys)
        let other = try Self.sealed(keys)
        var opening = try SnapshotSealing(preamble: preamble, keys: keys, consortium: "demo")
        for index in 0..<3 { #expect(try opening.open(sealed[index], isLast: index == 2) == Self.pieces[index]) }
        let wrong: [(consortium: String, piece: [UInt8], isLast: Bool)] = [
            ("demo", sealed[1], false), ("demo", sealed[2], true), ("demo", sealed[0], true),
            ("elsewhere", sealed[0], false), ("demo", other.pieces[0], false), ("demo", [], false),
        ]
        for (consortium, piece, isLast) in wrong {
            var opening = try SnapshotSealing(preamble: preamble, keys: keys, consortium: consortium)
            #expect(throws: (any Error).self) { try opening.open(piece, isLast: isLast) }
        }
        var stranger = try SnapshotSealing(preamble: preamble, keys: EphemeralKeys(), consortium: "demo")
        #expect(throws: (any Error).self) { try stranger.open(sealed[0], isLast: false) }
    }

    @Test("a preamble of another kind and a frame that is no frame are refused")
    func frames() throws {
        let keys = EphemeralKeys()
        let (preamble, _) = try Self.sealed(keys)
        for bad in [[], Array(preamble.dropLast()), preamble + [0], [UInt8](repeating: 0, count: preamble.count)] {
            #expect(throws: (any Error).self) {
                try SnapshotSealing(preamble: bad, keys: keys, consortium: "demo")
            }
        }
        for bad in [[], [0, 0, 0, 0], [2, 1, 0, 0, 0], [0, 255, 255, 255, 255], [0, 1, 0, 0, 0, 0]] as [[UInt8]] {
            #expect(throws: (any Error).self) { try SnapshotSealing.frame(bad) }
        }
    }
}
