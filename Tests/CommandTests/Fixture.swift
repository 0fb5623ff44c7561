import Foundation
import Records
import Registry
import TestSupport
import Vocabulary

/// What several of these suites start from.
enum Fixture {
    static let now = Instant(seconds: 1_780_000_000)

    static func policy() throws -> Policy { try PolicyFile.read(Checkout.file("schemas/policy").path) }

    static func sample() throws -> SampleConsortium { try SampleConsortium.make(now: now, policy: policy()) }

    /// A folder that is gone afterwards.
    static func withFolder<Value>(_ body: (String) throws -> Value) throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "command-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder.path)
    }

    static func write(_ text: String, to path: String, mode: Int = 0o600) throws {
        try Data(text.utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }
}
