import Exchange
import ExchangeFakes
import HTTPEdge
import Records
import Testing
import Vocabulary

@testable import Gateway

@Suite("The portfolio that is watched")
struct PortfolioTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture() }

    var node: FakeNode { fixture.consortium.node }

    func change(watch: [String] = [], unwatch: [String] = []) async -> EdgeResponse {
        func list(_ loans: [String]) -> JSON { .array(loans.map { .object(["loanRef": .string($0)]) }) }
        let body = JSON.object(["watch": list(watch), "unwatch": list(unwatch)])
        return await fixture.call("PUT", "/v1/portfolio", body.text)
    }

    func states() async throws -> [String: String] {
        let page = try await fixture.json("GET", "/v1/portfolio")
        let pairs = (page["watches"]?.array ?? []).compactMap { watch in
            watch["loanRef"]?.string.flatMap { loan in watch["state"]?.string.map { (loan, $0) } }
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    @Test("is durable, sent once, and what is asked again changes nothing")
    func begun() async throws {
        #expect(await change(watch: ["loan-1", "loan-2"]).status == 202)
        try fixture.killAndReopen()
        #expect(try await states() == ["loan-1": "starting", "loan-2": "starting"])
        #expect(await fixture.gateway.portfolio.sendNext() == .sent)
        #expect(await fixture.gateway.portfolio.sendNext() == .idle)
        _ = await change(watch: ["loan-1"])
        #expect(await fixture.gateway.portfolio.sendNext() == .idle)
        #expect(node.with { $0.watches.count } == 2)
        #expect(try await states() == ["loan-1": "watched", "loan-2": "watched"])
    }

    @Test("ends for a loan, and can begin for it anew under another id")
    func ended() async throws {
        _ = await change(watch: ["loan-1"])
        _ = await fixture.gateway.portfolio.sendNext()
        let first = node.with { $0.watches }
        _ = await change(unwatch: ["loan-1"])
        #expect(try await states() == ["loan-1": "ending"])
        _ = await fixture.gateway.portfolio.sendNext()
        #expect(node.with { $0.watches.isEmpty })
        #expect(try await states().isEmpty)
        _ = await change(watch: ["loan-1"])
        _ = await fixture.gateway.portfolio.sendNext()
        #expect(node.with { $0.watches.isDisjoint(with: first) && $0.watches.count == 1 })
    }

    @Test("is sent again after the node was away; the obstacle is told")
    func away() async throws {
        _ = await change(watch: ["loan-1"])
        node.with { $0.failures = [Problem(.nodeUnavailable, "Away.")] }
        #expect(await fixture.gateway.portfolio.sendNext() == .failed(.seconds(1)))
        #expect(try await fixture.json("GET", "/v1/portfolio")["obstacle"] == "nodeUnavailable")
        #expect(await fixture.gateway.portfolio.sendNext() == .sent)
        #expect(try await fixture.json("GET", "/v1/portfolio")["obstacle"] == .null)
    }

    @Test("a loan that the node does not know is refused, unless records are still on their way to it")
    func unknownLoan() async throws {
        let loan = try OpaqueReference("loan-1")
        node.with { $0.unknownLoans = [loan] }
        _ = await fixture.call("POST", "/v1/records", Samples.loan(1).text)
        _ = await change(watch: ["loan-1"])
        #expect(await fixture.gateway.portfolio.sendNext() == .waiting(.seconds(30)))
        #expect(try await states() == ["loan-1": "starting"])
        _ = await fixture.gateway.delivery.deliverNext()
        #expect(await fixture.gateway.portfolio.sendNext() == .sent)
        #expect(try await states() == ["loan-1": "refused"])
        node.with { $0.unknownLoans = [] }
        _ = await change(watch: ["loan-1"])
        _ = await fixture.gateway.portfolio.sendNext()
        #expect(try await states() == ["loan-1": "watched"])
    }

    @Test("gives its notices the loan's reference, also after the watch's end")
    func notices() async throws {
        _ = await change(watch: ["loan-1"])
        _ = await fixture.gateway.portfolio.sendNext()
        let watch = try #require(node.with { $0.watches.first })
        _ = await change(unwatch: ["loan-1"])
        _ = await fixture.gateway.portfolio.sendNext()
        node.release("alert", about: ["watch": .string(watch.description)])
        _ = await fixture.gateway.feed.pull(wait: .zero)
        let page = try await fixture.json("GET", "/v1/notices")
        #expect(page["notices"]?.array?.first?["about"]?["loanRef"] == "loan-1")
    }

    @Test("both wishes for one loan, an unknown field and a reference of no form are refused")
    func refusals() async throws {
        #expect(await change(watch: ["loan-1"], unwatch: ["loan-1"]).errorCode == .invalidField)
        #expect(await fixture.call("POST", "/v1/portfolio", "{\"watched\":[]}").errorCode == .unknownField)
        #expect(await fixture.call("POST", "/v1/portfolio", "{\"watch\":[{\"loanRef\":\"\"}]}").status == 400)
        #expect(try await states().isEmpty)
    }

    @Test("the lender's own standing is passed through")
    func furnishing() async throws {
        let standing = try await fixture.json("GET", "/v1/furnishing")
        #expect(standing["member"]?.string == fixture.member.name)
    }
}
