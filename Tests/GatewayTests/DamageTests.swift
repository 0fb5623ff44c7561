import Exchange
import ExchangeFakes
import Foundation
import HTTPEdge
import Records
import Registry
import SQLite
import Testing
import Vocabulary

@testable import Gateway

@Suite("A damaged row is one record's matter")
struct DamageTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture() }

    var node: FakeNode { fixture.consortium.node }

    func status(_ number: UInt64) async throws -> String? {
        try await fixture.json("GET", "/v1/records/\(Samples.id(number))")["status"]?.string
    }

    func post(_ numbers: [UInt64]) async {
        for number in numbers { _ = await fixture.call("POST", "/v1/records", Samples.loan(number).text) }
    }

    /// Changes the file behind the gateway's back, as a bad disk or a visitor would.
    func damage(_ statement: String) throws {
        let connection = try Connection(path: fixture.outboxFile, mode: .writer)
        try connection.run(statement)
        #expect(connection.changes == 1)
    }

    @Test("a queued record that does not open is refused, and the others go on")
    func record() async throws {
        await post([1, 2, 3])
        try damage("UPDATE record SET clear = zeroblob(80) WHERE position = 2")
        #expect(await fixture.gateway.delivery.drain() == nil)
        let refused = try await fixture.json("GET", "/v1/records/\(Samples.id(2))")
        #expect(refused["status"] == "refused")
        #expect(refused["problem"]?["code"] == "storageFailed")
        #expect(node.with { $0.order } == [Samples.id(1), Samples.id(3)])
        await post([4])
        #expect(await fixture.gateway.delivery.drain() == nil)
        #expect(try await status(4) == "delivered")
        #expect(await fixture.gateway.delivery.obstacle == nil)
    }

    @Test("where all that waits is damaged, all of it is refused and nothing is sent")
    func allRecords() async throws {
        await post([1])
        try damage("UPDATE record SET clear = zeroblob(80) WHERE position = 1")
        #expect(await fixture.gateway.delivery.drain() == nil)
        #expect(try await status(1) == "refused")
        #expect(node.with { $0.submissions.isEmpty })
    }

    @Test("a signed submission that does not open is made anew, and what the node took of it is recognised")
    func submission() async throws {
        await post([1, 2])
        node.with { $0.lost = [Problem(.nodeUnavailable, "The answer was lost.")] }
        _ = await fixture.gateway.delivery.deliverNext()
        try damage("UPDATE submission SET request = zeroblob(80) WHERE state = 1")
        fixture.consortium.clock.advance(seconds: 60)
        #expect(await fixture.gateway.delivery.drain() == nil)
        for number in [1, 2] as [UInt64] { #expect(try await status(number) == "delivered") }
        #expect(node.with { $0.order } == [Samples.id(1), Samples.id(2)])
    }

    @Test("an answer and a receipt that do not open are told as such to who asks for them, and to nobody else")
    func files() async throws {
        await post([1, 2])
        #expect(await fixture.gateway.delivery.drain() == nil)
        _ = await fixture.call("POST", "/v1/checks", Samples.check(1).text)
        try damage("UPDATE receipt SET sealed = zeroblob(80)")
        try damage("UPDATE answer SET sealed = zeroblob(80)")
        #expect(await fixture.call("GET", "/v1/records/\(Samples.id(1))").errorCode == .storageFailed)
        #expect(await fixture.call("GET", "/v1/answers/\(Samples.id(1))").errorCode == .storageFailed)
        #expect(await fixture.call("POST", "/v1/records", Samples.loan(1).text).errorCode == .storageFailed)
        #expect(await fixture.call("POST", "/v1/records", Samples.loan(3).text).status == 202)
        #expect(await fixture.gateway.delivery.drain() == nil)
        #expect(try await status(3) == "delivered")
    }

    @Test("a registry that cannot be written is in force all the same, and written at a later look")
    func registryFile() async throws {
        let path = "\(fixture.folder)/registry.json"
        try FileSystem.makeFolder(path)
        let changed = try fixture.consortium.changed {
            (version: inout RegistryVersion) throws(Problem) in
            try version.suspend(version.members[1].id, reason: "An audit.", until: nil)
        }
        fixture.consortium.publish(changed)
        #expect(await fixture.gateway.watch.look())
        #expect(fixture.gateway.watch.chain.current.number == 2)
        #expect(fixture.lines.text.contains("registry not written to its file"))
        try FileManager.default.removeItem(atPath: path)
        #expect(await !fixture.gateway.watch.look())
        let kept = try RegistryChain.read(path, now: fixture.consortium.clock.now)
        #expect(kept.current.number == 2)
    }
}
