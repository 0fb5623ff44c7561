import ConsortiumSupport
import Exchange
import NodeService
import Records
import Registry
import Vocabulary

// What members do beside furnishing and single checks, and what they read back, once the node's signature holds.
extension NodeConsortium {
    func open(_ envelope: Envelope, _ type: PayloadType) throws -> JSON {
        try JSON(parsing: envelope.verify(by: registry.current.node.answerKey, expecting: type).bytes)
    }

    @discardableResult
    mutating func reserve(_ name: String, _ person: Person, by member: Int) async throws -> JSON {
        let request = lenders.reservation(name, of: person, by: member, at: now)
        return try open(try await session(of: member).reserve(request), .reservationAnswer)
    }

    mutating func confirm(_ name: String, by member: Int, releases: Bool = false) async throws -> JSON {
        let request = lenders.reservation(name, of: nil, by: member, at: now, releases: releases)
        return try open(try await session(of: member).reserve(request), .reservationAnswer)
    }

    mutating func askBatch(
        about people: [Person], by member: Int, name: String, mode: CheckMode = .hard, profile: String? = nil
    ) async throws -> JSON {
        let request = lenders.batch(of: people, by: member, at: now, name: name, mode: mode, profile: profile)
        return try open(try await session(of: member).check(batch: request), .batchAnswer)
    }

    mutating func notices(
        of member: Int, after cursor: UInt64 = 0, wait: Duration = .zero, limit: Int = 500
    ) async throws -> JSON {
        let session = session(of: member)
        return try open(try await session.notices(after: cursor, wait: wait, limit: limit), .notices)
    }

    mutating func acknowledge(upTo cursor: UInt64, by member: Int) async throws -> AcknowledgementOutcome {
        let request = lenders.acknowledgement(upTo: cursor, by: member, at: now)
        return try await session(of: member).acknowledge(request)
    }
}

extension JSON {
    /// Of a page of notices.
    var noticeKinds: [String] { self["notices"]?.array?.compactMap { $0["kind"]?.string } ?? [] }
    var cursor: UInt64? { self["cursor"]?.integer.map { UInt64($0) } }
}
