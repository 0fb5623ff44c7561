import Exchange
import ExchangeFakes
import HTTPEdge
import Lending
import Records
import Testing
import Vocabulary

@testable import Gateway

@Suite("Statistics of an answer")
struct AnswerTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture() }

    var node: FakeNode { fixture.consortium.node }

    static func check(_ number: UInt64, mode: String = "hard", _ more: KeyValuePairs<String, JSON?>) -> JSON {
        .object((Samples.check(number, mode: mode).members ?? []) + (JSON.object(more).members ?? []))
    }

    /// The payload of a check as the node got it.
    func asked(_ index: Int) throws -> JSON {
        try JSON(parsing: node.with { $0.checks[index].envelope.payload })
    }

    @Test("stand by their names, each value beside its own")
    func named() async throws {
        let name = "exposure.others.openLenders"
        node.with { $0.values = { Fixture.values([name: "3-4"], $0) } }
        let answer = try await fixture.json("POST", "/v1/checks", Samples.check(1).text)
        let statistics = try #require(answer["statistics"])
        #expect(statistics["profile"] == "summary")
        #expect(statistics["values"] == nil)
        let names = try #require(Catalogue.current.profile(named: "summary")?.names)
        #expect(statistics["cells"]?.members?.map(\.name) == names)
        #expect(statistics["cells"]?[name] == "3-4")
        #expect(answer["knownSize"] == 0)
        #expect(answer["findings"] == [])
    }

    @Test(
        "of another profile, another catalogue or another length are refused, and the answer is not kept",
        arguments: ["profile", "catalogue", "values"])
    func misfit(_ field: String) async throws {
        let names = Catalogue.current.profile(named: "summary")?.names ?? []
        var fields: [String: JSON] = [
            "profile": "summary", "catalogue": .number(Catalogue.current.version),
            "values": .array(names.map { _ in .null }), "newerThanCheckpoint": false,
        ]
        let wrong: [String: JSON] = [
            "profile": "standard", "catalogue": .number(Catalogue.current.version + 1),
            "values": .array(names.dropLast().map { _ in .null }),
        ]
        fields[field] = wrong[field]
        let statistics = JSON.object(fields.map { JSON.Member($0.key, $0.value) })
        node.with { $0.told["statistics"] = statistics }
        #expect(await fixture.call("POST", "/v1/checks", Samples.check(1).text).errorCode == .verificationFailed)
        #expect(await fixture.call("GET", "/v1/answers/\(Samples.id(1))").errorCode == .unknownRecord)
    }

    @Test("may be none, where the node found no one to tell of")
    func none() async throws {
        node.with { $0.told["statistics"] = .null }
        let answer = try await fixture.json("POST", "/v1/checks", Samples.check(1).text)
        #expect(answer["statistics"] == .null)
    }

    @Test("are of the profile that the check asks for, or the configured one")
    func profile() async throws {
        let fixture = try Fixture { $0.profile = "standard" }
        let node = fixture.consortium.node
        let usual = try await fixture.json("POST", "/v1/checks", Samples.check(1).text)
        #expect(usual["statistics"]?["profile"] == "standard")
        let full = try await fixture.json("POST", "/v1/checks", Self.check(2, ["profile": "full"]).text)
        #expect(full["statistics"]?["profile"] == "full")
        let asked = try JSON(parsing: node.with { $0.checks[1].envelope.payload })
        #expect(asked["profile"] == "full")
    }

    @Test("another profile under the same id is another question")
    func otherProfile() async throws {
        _ = try await fixture.json("POST", "/v1/checks", Samples.check(1).text)
        let other = await fixture.call("POST", "/v1/checks", Self.check(1, ["profile": "full"]).text)
        #expect(other.errorCode == .recordConflict)
    }

    @Test("a soft check asks about a past moment, and a hard one must not")
    func asOf() async throws {
        let past = JSON.object(["instant": "2026-01-01T00:00:00.000Z", "basis": "events"])
        let response = await fixture.call("POST", "/v1/checks", Self.check(1, mode: "soft", ["asOf": past]).text)
        #expect(response.status == 200)
        #expect(try asked(0)["asOf"]?["basis"] == "events")
        let hard = await fixture.call("POST", "/v1/checks", Self.check(2, ["asOf": past]).text)
        #expect(hard.errorCode == .invalidField)
        let future = JSON.object(["instant": "2099-01-01T00:00:00.000Z"])
        let later = await fixture.call("POST", "/v1/checks", Self.check(3, mode: "soft", ["asOf": future]).text)
        #expect(later.errorCode == .invalidField)
        #expect(node.with { $0.checks.count } == 1)
    }

    @Test("a profile that there is not is refused here")
    func unknownProfile() async throws {
        let response = await fixture.call("POST", "/v1/checks", Self.check(1, ["profile": "huge"]).text)
        #expect(response.errorCode == .invalidField)
        #expect(node.with { $0.checks.isEmpty })
    }

    @Test("as a table: a header row, and the answer's row with a value under its name")
    func table() async throws {
        let name = "exposure.others.openLenders"
        node.with { $0.values = { Fixture.values([name: "3-4"], $0) } }
        _ = try await fixture.json("POST", "/v1/checks", Self.check(1, ["profile": "full"]).text)
        let response = await fixture.call("GET", "/v1/answers/\(Samples.id(1))?format=csv")
        #expect(response.contentType.hasPrefix("text/csv"))
        let lines = String(decoding: response.body, as: UTF8.self).split(whereSeparator: \.isNewline)
        #expect(lines.count == 2)
        let header = lines[0].split(separator: ",", omittingEmptySubsequences: false)
        let row = lines[1].split(separator: ",", omittingEmptySubsequences: false)
        #expect(header.count == row.count)
        let names = try #require(Catalogue.current.profile(named: "full")?.names)
        #expect(header.suffix(names.count).map { String($0) } == names)
        #expect(row[try #require(header.firstIndex { $0 == name })] == "3-4")
        #expect(await fixture.call("GET", "/v1/answers/\(Samples.id(1))?format=xml").errorCode == .invalidField)
        #expect(await fixture.call("GET", "/v1/answers/\(Samples.id(1))?other=1").errorCode == .unknownField)
    }
}
