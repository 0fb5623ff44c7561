import Exchange
import Foundation
import NodeService
import Records
import Registry
import Sodium
import Store
import TestSupport
import Vocabulary

/// An invented consortium of five with its node in process: where the real documents come from.
struct SampleExchange: Sendable {
    static let now = Instant(seconds: 1_772_000_000)  // 2026-02-25T06:13:20Z

    let sample: SampleConsortium
    let node: NodeExchange

    init() throws {
        sample = try SampleConsortium.make(now: Self.now, policy: PolicyFile.read(Checkout.file("schemas/policy").path))
        node = try NodeExchange(
            NodeExchange.Configuration(
                registry: RegistryFollower(sample.chain), logKey: sample.logKey, answerKey: sample.answerKey,
                pepper: KeyedHash(key: .random(count: KeyedHash.keyByteCount)),
                references: KeyedHash(key: .random(count: KeyedHash.keyByteCount)),
                rings: KeyedHash(key: .random(count: KeyedHash.keyByteCount)), now: { Self.now }),
            store: MemoryEntryStore())
    }

    /// The member at this place of the registry's list.
    func member(_ place: Int) -> (id: MemberID, key: SigningKey) { sample.members[place] }

    func submission(_ number: Int, by place: Int, records: [SampleRecord]) -> SealedRequest {
        let payload = JSON.object([
            "consortium": "demo", "member": .string(member(place).id.name),
            "submission": .string(Self.id(900 + number)),
            "madeAt": .string(Self.now.description), "records": .array(records.map(\.json)),
        ])
        return sealed(payload, as: .submission, by: place, records.flatMap(\.subjects).flatMap(\.identifiers))
    }

    func check(_ number: Int, of subject: SampleSubject, mode: String = "hard") -> SealedRequest {
        let payload = JSON.object([
            "consortium": "demo", "member": .string(member(0).id.name), "check": .string(Self.id(800 + number)),
            "madeAt": .string(Self.now.description), "purpose": "application", "mode": .string(mode),
            "applicationRef": "A-1", "consent": .string(SHA256.hash([1]).value.base64), "product": "cash-loan",
            "subject": subject.json,
        ])
        return sealed(payload, as: .check, by: 0, subject.identifiers)
    }

    private func sealed(
        _ payload: JSON, as type: PayloadType, by place: Int, _ identifiers: [SampleIdentifier]
    ) -> SealedRequest {
        SealedRequest(
            envelope: .sign(payloadType: type, payload: payload.bytes, key: member(place).key), epoch: KeyEpoch(1),
            openings: identifiers.map(\.opening))
    }

    func submit(_ request: SealedRequest, by place: Int) async throws -> SubmissionOutcome {
        // A receipt waits for the next checkpoint.
        let beat = Task {
            while !Task.isCancelled {
                try await node.publishCheckpoint()
                await Task.yield()
            }
        }
        defer { beat.cancel() }
        return try await session(of: place).submit(request)
    }

    func ask(_ request: SealedRequest) async throws -> Envelope { try await session(of: 0).check(request) }

    private func session(of place: Int) -> some Node {
        let nonce = RecordID(random: SystemRandom.bytes(16)).description
        return node.serving(
            Requester(
                member: member(place).id, keyID: member(place).key.keyID, nonce: nonce,
                expires: Self.now.adding(seconds: 60)))
    }

    static func id(_ number: Int) -> String {
        let digits = String(number)
        return "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
    }
}
