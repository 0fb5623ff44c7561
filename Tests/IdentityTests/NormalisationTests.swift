import Testing
import Vocabulary

@testable import Identity

@Suite("Normalisation vectors")
struct NormalisationTests {
    @Test("the vector files are there and hold more refusals and drops than a few")
    func vectorsAreThere() throws {
        let cases = OwnVectors.cases("normalisation.json")
        #expect(cases.filter { $0.json["refused"] != nil }.count > 80)
        #expect(cases.filter { $0.json["dropped"] != nil }.count > 40)
        let document = try OwnVectors.document("vectors/identity/normalisation.json")
        #expect(document["normaliserVersion"]?.integer == Int64(TokenInput.normaliserVersion))
    }

    @Test(
        "a given text comes to its canonical value or breaks its rule",
        arguments: OwnVectors.cases("normalisation.json"))
    func givenTextIsNormalised(vector: VectorCase) throws {
        let region = try vector.json["region"]?.string.map { try #require(PhoneRegion(rawValue: $0)) }
        let today = try #require(CalendarDate(year: 2026, month: 1, day: 1))
        let normaliser = Normaliser(defaultRegion: region ?? .china, today: today)
        let given = try vector.text("given")
        let outcome = try Self.outcome(
            kind: vector.text("kind"), scheme: vector.json["scheme"]?.string ?? "", given: given, normaliser)
        if let expected = vector.json["normalised"]?.string {
            #expect(outcome == .success(expected))
            // A canonical value is its own canonical value.
            let again = String(expected.drop { $0 != ":" }.dropFirst())
            if let scheme = vector.json["scheme"]?.string {
                let kind = try vector.text("kind")
                #expect(try Self.outcome(kind: kind, scheme: scheme, given: again, normaliser) == outcome)
            }
        } else {
            let rule = try #require(vector.json["refused"]?.string ?? vector.json["dropped"]?.string)
            #expect(outcome == .failure(try #require(NormalisationRule(rawValue: rule))))
        }
    }

    @Test(
        "the bytes of a token input are those of the vectors", arguments: OwnVectors.cases("oprf-inputs.json"))
    func tokenInputBytes(vector: VectorCase) throws {
        let kind = try #require(IdentifierKind(name: vector.text("kind")))
        #expect(vector.json["number"]?.integer == Int64(kind.rawValue))
        let input = IdentifierInput(kind: kind, role: .own, value: try vector.text("value"))
        #expect(
            Hex.encode(input.tokenInput(consortiumID: try vector.text("consortiumID"))) == (try vector.text("input")))
    }

    @Test("the role is no part of a token input, the kind and version are")
    func roleIsNoPart() {
        let own = IdentifierInput(kind: .phone, role: .own, value: "+8613912340987")
        let contact = IdentifierInput(kind: .phone, role: .contact, value: "+8613912340987")
        let staff = IdentifierInput(kind: .staff, role: .staff, value: "+8613912340987")
        #expect(own.tokenInput(consortiumID: "demo") == contact.tokenInput(consortiumID: "demo"))
        #expect(own.tokenInput(consortiumID: "demo") != staff.tokenInput(consortiumID: "demo"))
        let next = TokenInput.bytes(kind: .phone, value: own.value, consortiumID: "demo", normaliserVersion: 2)
        #expect(own.tokenInput(consortiumID: "demo") != next)
    }

    @Test("bytes cannot move between the consortium's id and the value")
    func partsAreKeptApart() {
        let left = TokenInput.bytes(kind: .phone, value: "bc", consortiumID: "a")
        let right = TokenInput.bytes(kind: .phone, value: "c", consortiumID: "ab")
        #expect(left != right)
    }

    private static func outcome(
        kind: String, scheme: String, given: String, _ normaliser: Normaliser
    ) throws -> Result<String, NormalisationRule> {
        do throws(NormalisationRule) {
            switch kind {
            case "birthDate": return .success(try BirthDate(given, today: normaliser.today).exact)
            case "name": return .success(try NameForm(.full(given)).whole ?? "")
            case "address": return .success(try AddressForm(.line(given)).exact ?? "")
            default:
                let claim = IdentifierClaim(try content(kind: kind, scheme: scheme, given: given), path: "")
                return .success(try normaliser.normalise(claim).value)
            }
        } catch { return .failure(error) }
    }

    private static func content(
        kind: String, scheme: String, given: String
    ) throws(NormalisationRule) -> IdentifierClaim.Content {
        switch kind {
        case "nationalID": .nationalID(scheme: scheme, value: given)
        case "phone": .phone(given)
        case "card": .card(given)
        case "email": .email(given)
        case "device": .device(type: scheme, value: given)
        case "employer": .employer(given)
        default: throw .unknownScheme
        }
    }
}
