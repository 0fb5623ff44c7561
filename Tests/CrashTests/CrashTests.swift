import Bench
import Foundation
import Registry
import TestSupport
import Testing
import Vocabulary

/// The short form of `scripts/crash-test`: real processes, killed with SIGKILL.
@Suite("Killed under load", .serialized, .timeLimit(.minutes(3)))
struct CrashTests {
    /// The binary that SwiftPM builds beside the tests' own.
    private static let executable = URL(filePath: ChildProcess.ownExecutable)
        .deletingLastPathComponent().appending(path: "counterfoil").path

    private static let isBuilt = FileManager.default.isExecutableFile(atPath: executable)

    private func withFolder<Outcome>(_ body: (String) async throws -> Outcome) async throws -> Outcome {
        let folder = FileManager.default.temporaryDirectory.appending(path: "counterfoil-crash-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder.path)
    }

    @Test(
        "a node killed four times keeps every receipt provable and no record twice",
        .enabled(if: isBuilt, "needs the counterfoil binary beside the tests"))
    func node() async throws {
        let seed = UInt64.random(in: 0...999_999_999)
        let policy = try PolicyFile.read(Checkout.file("schemas/policy").path)
        let summary = try await withFolder { folder in
            var test = try CrashTest(seed: seed, folder: folder, policy: policy, executable: Self.executable) { _ in }
            return try await test.run(rounds: 4)
        }
        #expect(summary.violations == [], "seed \(seed)")
        #expect(summary.rounds == 4)
        #expect(summary.submissions > 0 && summary.reservations > 0)
    }

    @Test(
        "a gateway killed three times delivers every record it accepted exactly once",
        .enabled(if: isBuilt, "needs the counterfoil binary beside the tests"))
    func gateway() async throws {
        let seed = UInt64.random(in: 0...999_999_999)
        let policy = try PolicyFile.read(Checkout.file("schemas/policy").path)
        let summary = try await withFolder { folder in
            var test = try GatewayCrashTest(
                seed: seed, folder: folder, policy: policy, executable: Self.executable) { _ in }
            return try await test.run(rounds: 3)
        }
        #expect(summary.violations == [], "seed \(seed)")
        #expect(summary.rounds == 3)
    }
}
