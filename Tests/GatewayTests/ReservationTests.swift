import Exchange
import ExchangeFakes
import HTTPEdge
import Records
import Registry
import Sodium
import Testing
import Vocabulary

@testable import Gateway

@Suite("Reservations through the gateway")
struct ReservationTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture() }

    var node: FakeNode { fixture.consortium.node }

    static func document(
        _ action: String = "reserve", reference: String = "app-1", applicant: JSON? = Samples.applicant,
        seconds: Int64? = nil
    ) -> JSON {
        .object([
            "reservation": .string(Samples.id(1).description), "action": .string(action),
            "applicationRef": .string(reference), "seconds": seconds.map { .integer($0) },
            "applicant": action == "reserve" ? applicant : nil,
        ])
    }

    @Test("reserved, confirmed and released; each word of the node is kept with its proof")
    func life() async throws {
        var expected: [(String, JSON)] = [("reserve", "held"), ("confirm", "confirmed"), ("release", "released")]
        for (action, status) in expected {
            let answer = try await fixture.json("POST", "/v1/reservations", Self.document(action).text)
            #expect(answer["status"] == status)
            #expect(answer["applicationRef"] == "app-1")
            #expect(answer["others"]?["live"] == "0")
        }
        let file = try await fixture.json("GET", "/v1/reservations/\(Samples.id(1))")
        #expect(file["answers"]?.array?.count == expected.count)
        let envelope = try Envelope(try #require(file["answers"]?.array?.first?["envelope"]))
        #expect(envelope.isSigned(by: fixture.consortium.sample.answerKey.publicKey))
        expected.removeAll()
    }

    @Test("put again it says where it stands now; something else under its id is a conflict")
    func again() async throws {
        _ = try await fixture.json("POST", "/v1/reservations", Self.document().text)
        node.with { $0.reservations[Samples.id(1)]?.status = "expired" }
        try fixture.killAndReopen()
        let again = try await fixture.json("POST", "/v1/reservations", Self.document().text)
        #expect(again["status"] == "expired")
        for other in [
            Self.document(applicant: Samples.person(1)), Self.document(reference: "app-2"),
            Self.document(seconds: 60),
        ] {
            #expect(await fixture.call("POST", "/v1/reservations", other.text).errorCode == .recordConflict)
        }
    }

    @Test("what the node refused is not held against the id: a mistyped reference can be put right")
    func mistyped() async throws {
        _ = try await fixture.json("POST", "/v1/reservations", Self.document().text)
        node.with { $0.failures = [Problem(.recordConflict, "Made for another application.")] }
        let wrong = await fixture.call("POST", "/v1/reservations", Self.document("release", reference: "app-2").text)
        #expect(wrong.errorCode == .recordConflict)
        let right = try await fixture.json("POST", "/v1/reservations", Self.document("release").text)
        #expect(right["status"] == "released")
    }

    @Test(
        "a lying word on it is neither shown nor kept",
        arguments: [
            FakeNode.Lie.answerToAnotherReservation, .heldAlthoughExpired, .answerSignedByAnotherKey,
            .answerForAnotherMember, .answerToAnotherWording,
        ])
    func lies(_ lie: FakeNode.Lie) async throws {
        node.with { $0.lie = lie }
        let response = await fixture.call("POST", "/v1/reservations", Self.document().text)
        #expect(response.errorCode == .verificationFailed)
        #expect(await fixture.call("GET", "/v1/reservations/\(Samples.id(1))").errorCode == .unknownRecord)
    }

    @Test("what can be refused here is: an unknown action, a person where none belongs, too long a time")
    func refusals() async throws {
        let person = (Self.document("confirm").members ?? []) + [JSON.Member("applicant", Samples.applicant)]
        let documents: [(JSON, ErrorCode)] = [
            (Self.document("keep"), .invalidField), (.object(person), .unknownField),
            (Self.document(seconds: 604_801), .invalidField), (Self.document(applicant: nil), .missingField),
            (
                .object((Self.document("release").members ?? []).filter { $0.name != "reservation" }), .missingField
            ),
        ]
        for (document, code) in documents {
            #expect(await fixture.call("POST", "/v1/reservations", document.text).errorCode == code)
        }
        #expect(node.with { $0.reservations.isEmpty })
        #expect(fixture.consortium.custodians.allSatisfy { $0.requests.isEmpty })
    }
}
