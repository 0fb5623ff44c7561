import Foundation
import Records
import Registry
import Sodium
import TestSupport
import Vocabulary

/// What the tests of this room start from: the published policy, one moment, and consortiums made on the spot.
enum Fixture {
    static let now = Instant(seconds: 1_772_000_000)  // 2026-02-25T06:13:20Z
    static let day: Int64 = 86_400

    static func policy() throws -> Policy { try PolicyFile.read(Checkout.file("schemas/policy").path) }

    static func sample(members: Int = 5, admins: Int = 1, adminThreshold: Int = 1) throws -> SampleConsortium {
        try .make(members: members, admins: admins, adminThreshold: adminThreshold, now: now, policy: policy())
    }

    static func id(_ name: String) throws -> MemberID { try MemberID(name) }

    /// A folder that is gone after the closure.
    static func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "counterfoil-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder.path)
    }

    static func setPermissions(_ mode: Int, of path: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    static func permissions(of path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    static func passphrase(_ text: String = "correct horse battery") -> SecretBytes {
        var bytes = Array(text.utf8)
        return SecretBytes(wiping: &bytes)
    }
}

extension SampleConsortium {
    /// The next version as somebody makes it who asks nobody: what a process must be able to judge.
    func forged(
        at time: Instant = Fixture.now.adding(seconds: 60), signers: [Int] = [0],
        _ change: (inout RegistryVersion) throws -> Void = { _ in }
    ) throws -> Envelope {
        var version = chain.current
        version.number += 1
        version.previous = chain.currentHash
        version.madeAt = time
        version.changeNote = "Forged."
        try change(&version)
        return signed(version.json.bytes, signers: signers)
    }

    func signed(_ payload: [UInt8], signers: [Int], type: PayloadType = .registry) -> Envelope {
        signers.reduce(Envelope(payloadType: type, payload: payload, signatures: [])) { envelope, signer in
            envelope.adding(admins[signer].key.sign(envelope.pae), by: admins[signer].key.keyID)
        }
    }

    func appending(_ envelope: Envelope, now: Instant = Fixture.now.adding(seconds: 400 * Fixture.day)) throws
        -> SampleConsortium
    {
        SampleConsortium(
            chain: try chain.appending(envelope, now: now), admins: admins, members: members, logKey: logKey,
            answerKey: answerKey, shares: shares)
    }
}
