import Records
import Sodium
import TestSupport
import Testing
import Vocabulary

@Suite("Payloads of batches, reservations, acknowledgements and watches")
struct RequestPayloadTests {
    typealias Change = (path: [String], value: JSON?, field: String)

    static func batch() throws -> CheckBatch<CommittedIdentifier> {
        Fixture.batch([try Fixture.fullCheck(number: 1), try Fixture.fullCheck(number: 2)])
    }

    @Test("each survives its JSON, read from verified bytes")
    func roundTrips() throws {
        let key = SigningKey.generate()
        func verified(_ json: JSON, _ type: PayloadType) throws -> VerifiedPayload {
            try Envelope.sign(payloadType: type, payload: json.bytes, key: key).verify(
                by: key.publicKey, expecting: type)
        }
        let batch = try Self.batch()
        #expect(try CheckBatch(verified(batch.json, .checks)) == batch)
        #expect(batch.identifierCount == 4)
        for action in [nil, Fixture.Reservation.Action.confirm, .release] {
            let reservation = try Fixture.reservation(action)
            #expect(try ReservationRequest(verified(reservation.json, .reservation)) == reservation)
        }
        let acknowledgement = try Fixture.acknowledgement()
        #expect(try Acknowledgement(verified(acknowledgement.json, .acknowledgement)) == acknowledgement)
        let watch = try Fixture.watch()
        #expect(try WatchRequest(verified(watch.json, .watch)) == watch)
    }

    @Test("a batch writes once what its checks share, and each check reads as if it stood alone")
    func sharedHead() throws {
        let batch = try Self.batch()
        let element = try #require(batch.json["checks"]?.array?.first?.members).map(\.name)
        #expect(element == ["check", "applicationRef", "consent", "product", "asOf", "subject"])
        #expect(try CheckBatch(batch.json).checks == batch.checks)
        #expect(try Check(batch.checks[1].json) == batch.checks[1])
    }

    @Test(
        "a batch that is not exactly the format is refused, by path",
        arguments: [
            (["consortium"], nil, "consortium"), (["member"], "North", "member"), (["batch"], nil, "batch"),
            (["batch"], "1", "batch"), (["madeAt"], nil, "madeAt"), (["purpose"], "furnish", "purpose"),
            (["mode"], nil, "mode"), (["profile"], "all", "profile"), (["checks"], nil, "checks"),
            (["checks"], [], "checks"), (["note"], "x", "note"), (["checks", "1"], "x", "checks[1]"),
            (["checks", "1", "check"], nil, "checks[1].check"),
            (["checks", "1", "check"], .string(Fixture.id(1).description), "checks[1].check"),
            (["checks", "1", "purpose"], "application", "checks[1].purpose"),
            (["checks", "1", "mode"], "soft", "checks[1].mode"),
            (["checks", "1", "madeAt"], "2026-02-25T00:00:00Z", "checks[1].madeAt"),
            (["checks", "0", "consent"], "AAAA", "checks[0].consent"),
            (["checks", "0", "applicationRef"], nil, "checks[0].applicationRef"),
            (["checks", "0", "asOf", "instant"], "2026-02-26T00:00:00Z", "checks[0].asOf.instant"),
            (["mode"], "hard", "checks[0].asOf"), (["checks", "0", "subject"], nil, "checks[0].subject"),
            (["checks", "0", "subject", "identifiers"], [], "checks[0].subject.identifiers"),
            (
                ["checks", "1", "subject", "identifiers", "0", "commitment"], "x",
                "checks[1].subject.identifiers[0].commitment"
            ),
        ] as [Change])
    func malformedBatch(_ change: Change) throws {
        let json = try Self.batch().json.replacing(change.path, with: change.value)
        let failure = #expect(throws: FieldFailure.self) { try CheckBatch(json) }
        #expect(failure?.path == change.field)
    }

    @Test("a thousand checks are a batch, one more is none")
    func batchCeiling() throws {
        let check = try Fixture.check()
        let checks = (0..<1001).map { number in
            Check(
                consortium: check.consortium, member: check.member, check: Fixture.id(UInt64(number) + 1),
                madeAt: check.madeAt, purpose: check.purpose, mode: check.mode, applicationRef: check.applicationRef,
                consent: check.consent, product: nil, subject: check.subject)
        }
        #expect(try CheckBatch(Fixture.batch(Array(checks.dropLast())).json).checks.count == 1000)
        #expect(throws: FieldFailure(path: "checks", rule: .tooMany(limit: 1000))) {
            try CheckBatch(Fixture.batch(checks).json)
        }
    }

    @Test(
        "a reservation that is not exactly the format is refused, by path",
        arguments: [
            (["consortium"], nil, "consortium"), (["member"], nil, "member"), (["reservation"], nil, "reservation"),
            (["reservation"], "x", "reservation"), (["madeAt"], "now", "madeAt"), (["action"], nil, "action"),
            (["action"], "hold", "action"), (["applicationRef"], nil, "applicationRef"),
            (["applicationRef"], "Zhang San", "applicationRef"), (["product"], "two words", "product"),
            (["amountBand"], "12345", "amountBand"), (["amountBand"], .integer(12_345), "amountBand"),
            (["seconds"], 0, "seconds"), (["seconds"], "60", "seconds"), (["seconds"], 31_622_401, "seconds"),
            (["subject"], nil, "subject"), (["subject", "identifiers"], [], "subject.identifiers"),
            (["amount"], .integer(12_345), "amount"), (["consent"], "x", "consent"),
        ] as [Change])
    func malformedReservation(_ change: Change) throws {
        let json = try Fixture.reservation().json.replacing(change.path, with: change.value)
        let failure = #expect(throws: FieldFailure.self) { try ReservationRequest(json) }
        #expect(failure?.path == change.field)
    }

    @Test(
        "confirming and releasing name no subject, product, amount or time",
        arguments: ["confirm", "release"], ["subject", "product", "amountBand", "seconds"])
    func termsWithReserveAlone(action: String, field: String) throws {
        let full = try Fixture.reservation().json
        var json = full.replacing(["action"], with: .string(action))
        for other in ["subject", "product", "amountBand", "seconds"] where other != field {
            json = json.replacing([other], with: nil)
        }
        #expect(throws: FieldFailure(path: field, rule: .unknown)) { try ReservationRequest(json) }
    }

    @Test(
        "an acknowledgement that is not exactly the format is refused, by path",
        arguments: [
            (["consortium"], nil, "consortium"), (["member"], "", "member"),
            (["acknowledgement"], nil, "acknowledgement"), (["madeAt"], nil, "madeAt"), (["upTo"], nil, "upTo"),
            (["upTo"], -1, "upTo"), (["upTo"], "17", "upTo"), (["all"], true, "all"),
        ] as [Change])
    func malformedAcknowledgement(_ change: Change) throws {
        let json = try Fixture.acknowledgement().json.replacing(change.path, with: change.value)
        let failure = #expect(throws: FieldFailure.self) { try Acknowledgement(json) }
        #expect(failure?.path == change.field)
    }

    @Test(
        "a watch request that is not exactly the format is refused, by path",
        arguments: [
            (["consortium"], nil, "consortium"), (["member"], nil, "member"), (["request"], nil, "request"),
            (["madeAt"], nil, "madeAt"), (["watch"], nil, "watch"), (["unwatch"], nil, "unwatch"),
            (["watch"], "x", "watch"), (["watch", "0"], "x", "watch[0]"),
            (["watch", "1", "watch"], .string(Fixture.id(92).description), "watch[1].watch"),
            (["watch", "0", "loanRef"], nil, "watch[0].loanRef"), (["watch", "0", "loanRef"], "", "watch[0].loanRef"),
            (["watch", "0", "token"], "x", "watch[0].token"), (["unwatch", "0"], "x", "unwatch[0]"),
            (["unwatch"], "x", "unwatch"), (["subject"], "x", "subject"),
            (["unwatch"], .strings([Fixture.id(92).description]), "unwatch[0]"),
            (["unwatch"], .strings([Fixture.id(1).description, Fixture.id(1).description]), "unwatch[1]"),
        ] as [Change])
    func malformedWatch(_ change: Change) throws {
        let json = try Fixture.watch().json.replacing(change.path, with: change.value)
        let failure = #expect(throws: FieldFailure.self) { try WatchRequest(json) }
        #expect(failure?.path == change.field)
    }

    @Test("a watch request that asks for nothing, or for too much, is refused")
    func watchSizes() throws {
        let json = try Fixture.watch().json
        let empty = json.replacing(["watch"], with: []).replacing(["unwatch"], with: [])
        #expect(throws: FieldFailure(path: "watch", rule: .tooFew(minimum: 1))) { try WatchRequest(empty) }
        #expect(try WatchRequest(json.replacing(["watch"], with: [])).unwatch.count == 1)
        let many = JSON.strings((0...1000).map { Fixture.id(1000 + $0).description })
        #expect(throws: FieldFailure(path: "unwatch", rule: .tooMany(limit: 1000))) {
            try WatchRequest(json.replacing(["unwatch"], with: many))
        }
    }

    @Test("a batch's openings open its checks in document order, and no others")
    func openings() throws {
        let first = Fixture.opening(1), second = Fixture.opening(2)
        let subjects = [first, second].map { opening in
            Subject(
                role: .borrower,
                identifiers: [CommittedIdentifier(kind: .phone, role: .own, commitment: .of(.phone, opening))])
        }
        let batch = Fixture.batch(
            [try Fixture.check(subject: subjects[0], number: 1), try Fixture.check(subject: subjects[1], number: 2)])
        let opened = try batch.opened(with: [first, second])
        #expect(opened.map { $0.subject.identifiers[0].token } == [first.token, second.token])
        #expect(throws: OpeningFailure.mismatch(position: 0)) { try batch.opened(with: [second, first]) }
        #expect(throws: OpeningFailure.tooFew(position: 1)) { try batch.opened(with: [first]) }
        #expect(throws: OpeningFailure.tooMany(expected: 2)) { try batch.opened(with: [first, second, second]) }
    }

    @Test("a reservation's openings open its subject, and none go with confirming")
    func reservationOpenings() throws {
        let openings = [Fixture.opening(1), Fixture.opening(1)]
        #expect(try Fixture.reservation().opened(with: openings).terms?.subject.identifiers.count == 2)
        #expect(throws: OpeningFailure.tooFew(position: 1)) { try Fixture.reservation().opened(with: [openings[0]]) }
        #expect(throws: OpeningFailure.tooMany(expected: 0)) {
            try Fixture.reservation(.confirm).opened(with: openings)
        }
    }

    @Test("the examples published for the node's routes are read")
    func examples() throws {
        let paths = try #require(try JSON(parsing: Checkout.bytes("schemas/openapi/node.json"))["paths"])
        func example(_ path: String) throws -> JSON { try #require(paths[path]?["post"]?["x-payloadExample"]) }
        let batch = try CheckBatch(example("/v1/batches"))
        #expect(batch.json == (try example("/v1/batches")) && batch.checks.count == 2)
        #expect(try ReservationRequest(example("/v1/reservations")).json == example("/v1/reservations"))
        #expect(
            try Acknowledgement(example("/v1/notices/acknowledgements")).json
                == example("/v1/notices/acknowledgements"))
        #expect(try WatchRequest(example("/v1/watches")).json == example("/v1/watches"))
    }
}
